"""The petition's fields and limits for the pages' scripts: one JSON document, read by core/facts.js."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.petition import MOST_OTHERS
from kiosk_api.domain.petition_fields import FIELDS, FORM_FIELDS
from kiosk_api.domain.routing_questions import ACCUSES

bp = Blueprint("page_facts", __name__)


@bp.app_context_processor
def _facts() -> dict[str, Any]:
    return {"petition_fields": FORM_FIELDS, "accuses": ACCUSES, "page_facts": page_facts}


def page_facts() -> dict[str, Any]:
    """`fields` in the order of the form; `limits` in characters and people."""
    return {
        "fields": [
            {
                "name": field.name,
                "path": field.path,
                "label": field.label,
                "missing": field.missing,
                "masked": field.masked,
                "on_form": field in FORM_FIELDS,
                "of_person": field.of_person,
                "asked_as": field.asked_as or field.name,
                "chat_label": field.chat_label,
                "rows": field.rows,
                "keys": field.keys,
            }
            for field in (*FORM_FIELDS, *(one for one in FIELDS.values() if one not in FORM_FIELDS))
        ],
        "limits": {
            "text": TEXT_MAX,
            "representatives": MOST_OTHERS,
        },
    }
