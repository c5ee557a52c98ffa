"""The store's port for accounts: who may sign in, which office they held when, and what they read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from kiosk_api.domain.account_records import Account, DeskSession, Reading, RoleHeld, Totp
from kiosk_api.domain.workflow import Role


class Authenticator(Protocol):
    """The codes that an authenticator app shows."""

    def new_secret(self) -> str: ...

    def step_of(self, secret: str, typed: str, now: datetime, last: int) -> int | None:
        """The step that a code is of; None when it is wrong, too old, or not after the last one used."""
        ...

    def address_of(self, secret: str, username: str, issuer: str) -> str:
        """What the QR code says to an app."""
        ...


class Accounts(Protocol):
    """Accounts, sessions, offices held and readings."""

    def all(self, now: datetime) -> list[Account]: ...

    def by_id(self, officer_id: str) -> Account | None: ...

    def active(self, role: Role) -> Sequence[str]:
        """The ids of the accounts of a role that can sign in."""
        ...

    def set_password(self, officer_id: str, password_hash: str, *, must_change: bool) -> None: ...

    def set_active(self, officer_id: str, is_active: bool) -> None: ...

    def totp(self, officer_id: str) -> Totp | None: ...

    def set_totp(self, officer_id: str, secret: str | None) -> None:
        """A new secret, not yet in use; None removes it."""
        ...

    def use_totp_step(self, officer_id: str, step: int) -> None: ...

    def take_office(self, officer_id: str, role: Role, unit: str | None, at: datetime) -> None:
        """The officer holds this office from now on; the one held before has ended."""
        ...

    def follow_unit(self, from_id: str, to_id: str, day: date) -> None:
        """Officers of a unit that has ended hold their office at its successor from this day on."""
        ...

    def offices(self, officer_id: str) -> list[RoleHeld]: ...

    def sessions(self, officer_id: str, now: datetime, this_mark: str = "") -> list[DeskSession]: ...

    def end_sessions(self, officer_id: str, *, but_mark: str = "") -> None:
        """End them all at once, but for one."""
        ...

    def end_session(self, officer_id: str, session_id: str) -> bool: ...

    def note_reading(self, officer_id: str, case_id: str, action: str, reason_id: str | None, at: datetime) -> None: ...

    def give_reason(self, officer_id: str, case_id: str, reason: str, at: datetime) -> None:
        """Why this officer reads a case from now on."""
        ...

    def reason_given(self, officer_id: str, case_id: str, since: datetime) -> str | None:
        """The id of the latest reason that the officer has given for this case since then."""
        ...

    def readings(self, case_id: str, limit: int) -> list[Reading]:
        """The latest first."""
        ...
