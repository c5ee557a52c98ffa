"""Staff API: who of its unit has a case, and who is away."""

from __future__ import annotations

from flask import g

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.staff import people as unit_people
from kiosk_api.services.staff.entrust import entrust
from kiosk_api.web.api.desk_accounts import bp
from kiosk_api.web.api.desk_people_schemas import AbsenceBody, BackBody, EntrustBody, People
from kiosk_api.web.api.desk_schemas import CaseInFull, CasePath, case_in_full
from kiosk_api.web.api.publishing import OFFICER, answers
from kiosk_api.web.request import ctx


@bp.post(
    "/cases/<number>/person",
    summary="Take a case, or hand it over to a colleague of the unit",
    responses=answers(CaseInFull, 200, 404, 409),
    security=OFFICER,
)
def person(path: CasePath, body: EntrustBody) -> JsonObject:
    """{officer?, seen?} → the case afterwards."""
    return case_in_full(entrust(ctx(), g.officer, path.number, body.officer, body.seen))


@bp.get("/people", summary="The people of one's unit", responses=answers(People), security=OFFICER)
def people() -> JsonObject:
    """To whom the unit can give a case, and when they are away from today on."""
    return as_json({"items": unit_people.people(ctx(), g.officer)})


@bp.post("/people/absences", summary="Somebody is away", responses=answers(People, 201), security=OFFICER)
def be_away(body: AbsenceBody) -> tuple[JsonObject, int]:
    """{officer?, deputy, from_on, to_on} → everybody; the deputy has the cases on their list meanwhile."""
    found = unit_people.be_away(ctx(), g.officer, body.officer, body.deputy, body.from_on, body.to_on)
    return as_json({"items": found}), 201


@bp.post("/people/back", summary="Somebody is back", responses=answers(People, 200, 409), security=OFFICER)
def be_back(body: BackBody) -> JsonObject:
    """{officer?} → everybody."""
    return as_json({"items": unit_people.be_back(ctx(), g.officer, body.officer)})


__all__ = ["bp"]
