"""Models of the staff API's answer about supervisions and advice."""

from __future__ import annotations

from pydantic import BaseModel

from kiosk_api.web.checked import Sent


class OversightQuery(Sent):
    """`GET /desk/oversight`: the id of a unit, or nothing for all."""

    unit: str = ""


class Waiting(BaseModel):
    """`what` is the cause of a supervision, or the kind of advice."""

    case_number: str
    unit: str | None
    what: str
    due_on: str | None
    overdue: bool


class Adoption(BaseModel):
    unit: str
    kind: str
    adopted: int
    partly: int
    not_adopted: int
    waiting: int


class Oversight(BaseModel):
    """At most 200 of each list, the nearest dates first; adoption is of advice given since the first day of the year."""

    supervisions: list[Waiting]
    advice: list[Waiting]
    since: str
    adoption: list[Adoption]
