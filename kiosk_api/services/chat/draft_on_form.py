"""What was told in a conversation, as the petition form takes it: nothing told is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kiosk_api.domain import accusations
from kiosk_api.domain.petition_fields import FIELDS
from kiosk_api.services.base.as_json import JsonObject

_SAID = (accusations.SAID_YES, accusations.SAID_NO)  # all else that is noted is a guess
_MOBILE = re.compile(r"\+86(1\d{10})")


def form_of_draft(draft: Mapping[str, Any], unsent: str = "") -> JsonObject:
    """A body as the form reads it, `told` set; `unsent` is what stood in the box.

    What the form has no field for goes to the end of the account. Values are as they were noted and are checked
    when the form is sent.
    """
    petitioner: dict[str, str] = {}
    body: JsonObject = {"told": True, "petitioner": petitioner}
    account = [_text(draft.get("facts")) or _text(draft.get("opening"))]
    for field in FIELDS.values():
        value = _text(draft.get(field.asked_as or field.name))
        if not value or field.name == "facts":
            continue
        if field.of_person:
            petitioner[field.name] = _MOBILE.sub(r"\1", value) if field.keys == "phone" else value
        elif field.question:
            body[field.name] = value
        elif value not in account[0]:
            account.append(f"{field.label}：{value}")
    account.append(unsent.strip())
    body["facts"] = "\n".join(part for part in account if part)
    if people := draft.get("representatives"):
        body["representatives"] = [
            {"name": _text(one.get("name")), "phone": _text(one.get("phone"))}
            for one in people
            if isinstance(one, dict)
        ]
    if draft.get("confidential"):
        body["confidential"] = True
    if kind := draft.get("accusation"):
        body["route_answers"] = {accusations.KEY: kind if kind in _SAID else accusations.NOT_SURE}
    if draft.get("proxy"):
        body["proxy"] = {}
    return body


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
