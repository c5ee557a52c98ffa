"""Staff API: supervisions and advice that wait for an answer, and how advice was adopted."""

from __future__ import annotations

from flask import g

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.staff.oversight import oversight as found
from kiosk_api.web.api.desk_oversight_schemas import Oversight, OversightQuery
from kiosk_api.web.api.desk_people import bp
from kiosk_api.web.api.publishing import OFFICER, answers
from kiosk_api.web.request import ctx


@bp.get(
    "/oversight",
    summary="Supervisions and advice that wait for an answer, and how advice was adopted",
    responses=answers(Oversight),
    security=OFFICER,
)
def oversight(query: OversightQuery) -> JsonObject:
    """For the petition office; of one unit or of all."""
    return as_json(found(ctx(), g.officer, query.unit))


__all__ = ["bp"]
