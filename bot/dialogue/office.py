"""The ways to a person: the hall, the office's phone and hours, a call back."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.api_answers import Office
from bot.dialogue.ports import ApiDown, KioskApi, Refused
from bot.dialogue.replies import Link, Option, Reply, reply
from bot.dialogue.texts_zh import TEXT, say

CALL_STAFF: Link = {"label": TEXT["call_staff"], "href": "#staff"}  # pages open their dialog 找工作人员


def a_person(api: KioskApi, *, options: Iterable[str | Option] = ()) -> Reply:
    """Where a person is found."""
    return with_office(api, TEXT["human"], options=options)


def with_office(api: KioskApi, text: str, *, options: Iterable[str | Option] = ()) -> Reply:
    """`text` with the office's phone and hours; a phone number also as a link that rings it."""
    office = _reached(api)
    phone, hours = (office.get(name) or TEXT["to_be_announced"] for name in ("phone", "hours"))
    links = [CALL_STAFF]
    if number := office.get("phone"):
        links.append({"label": say("ring_office", phone=number), "href": f"tel:{dialled(number)}"})
    return reply(text + say("office_reached", phone=phone, hours=hours), options=options, links=links)


def dialled(phone: str) -> str:
    """The digits of a phone number, for a link that rings it."""
    return "".join(sign for sign in phone if sign in "+0123456789")


def _reached(api: KioskApi) -> Office:
    try:
        return api.office()
    except (ApiDown, Refused):
        return {}
