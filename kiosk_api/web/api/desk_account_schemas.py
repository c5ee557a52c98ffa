"""Models of the staff API about accounts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from kiosk_api.domain.accounts import ACCOUNT_ROLES, PASSWORD_MAX
from kiosk_api.domain.limits import CODE_MAX, NAME_MAX
from kiosk_api.domain.workflow import Role
from kiosk_api.web.api.desk_schemas import NeededText
from kiosk_api.web.checked import Sent

Id = Annotated[str, Field(min_length=1, max_length=CODE_MAX)]


class AccountPath(Sent):
    officer_id: Id


class SessionPath(AccountPath):
    session_id: Id


class OfficeBody(Sent):
    """`POST /accounts/{officer_id}/office`."""

    role: Literal[tuple(one.value for one in ACCOUNT_ROLES)]  # type: ignore[valid-type]
    unit: Annotated[str, Field(max_length=NAME_MAX)] = ""


class NewAccountBody(OfficeBody):
    """`POST /accounts`."""

    username: Annotated[NeededText, Field(max_length=NAME_MAX)]
    display_name: Annotated[NeededText, Field(max_length=NAME_MAX)]


class PasswordBody(Sent):
    """`POST /password`."""

    current: Annotated[NeededText, Field(max_length=PASSWORD_MAX)]
    new: Annotated[NeededText, Field(max_length=PASSWORD_MAX)]


class AppCodeBody(Sent):
    """`POST /authenticator/confirm` and `/authenticator/end`."""

    code: Annotated[NeededText, Field(max_length=CODE_MAX)]


class NewApp(BaseModel):
    """What an authenticator app has to be told; shown once."""

    secret: str
    qr_svg: str


class Account(BaseModel):
    """`sessions`: how many last. `must_change`: the password is not the officer's own yet."""

    id: str
    username: str
    display_name: str
    role: Role
    unit: str | None
    is_active: bool
    must_change: bool
    unit_name: str | None
    sessions: int


class AccountList(BaseModel):
    items: list[Account]


class DeskSession(BaseModel):
    """A sign-in that lasts."""

    id: str
    opened_at: str
    seen_at: str | None
    expires_at: str
    is_this: bool


class SessionList(BaseModel):
    items: list[DeskSession]


class RoleHeld(BaseModel):
    """An office held; `since` is null where it is older than the record, `until` while it is held."""

    role: Role
    unit: str | None
    since: str | None
    until: str | None
    unit_name: str | None


class AccountInFull(BaseModel):
    account: Account
    sessions: list[DeskSession]
    offices: list[RoleHeld]


class FirstPassword(BaseModel):
    """Shown once; it has to be changed at the first sign-in."""

    officer_id: str
    password: str


class Reading(BaseModel):
    """One reading of a case."""

    at: str
    officer: str
    username: str
    role: Role
    action: str
    reason: str


class Readings(BaseModel):
    items: list[Reading]
