"""Models of the staff API's requests and answers about the people of a unit."""

from __future__ import annotations

from pydantic import BaseModel

from kiosk_api.web.checked import Sent


class EntrustBody(Sent):
    """`POST /cases/{number}/person`: the name at sign-in of who gets the case, nobody for oneself; `seen` is the case's
    `steps` as they were read."""

    officer: str = ""
    seen: int | None = None


class AbsenceBody(Sent):
    """`POST /people/absences`: `officer` is oneself when empty. The service checks every field."""

    officer: str = ""
    deputy: str = ""
    from_on: str = ""
    to_on: str = ""


class BackBody(Sent):
    """`POST /people/back`: `officer` is oneself when empty."""

    officer: str = ""


class Away(BaseModel):
    """Both days included; `deputy` is the name of who stands in."""

    from_on: str
    to_on: str
    deputy: str


class Colleague(BaseModel):
    username: str
    name: str
    role_label: str
    away: list[Away]
    is_self: bool


class People(BaseModel):
    items: list[Colleague]


class PersonChoice(BaseModel):
    username: str
    name: str


class InCharge(BaseModel):
    """Who of its unit has the case, empty while nobody has; `colleagues` are those to whom this officer may give it."""

    username: str
    name: str
    since: str | None
    stand_in: str
    may_take: bool
    must_take: bool
    colleagues: list[PersonChoice]
