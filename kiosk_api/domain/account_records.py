"""What is kept about accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk_api.domain.workflow_types import Role


@dataclass(frozen=True)
class Account:
    """An account as an administrator sees it. `must_change`: the password is not yet the officer's own."""

    id: str
    username: str
    display_name: str
    role: Role
    unit: str | None
    is_active: bool
    must_change: bool
    unit_name: str | None = None
    sessions: int = 0


@dataclass(frozen=True)
class Totp:
    """An authenticator app: its secret, and the step of the last code that was used (0 before the first)."""

    secret: str
    last_step: int

    @property
    def is_on(self) -> bool:
        """Only once it has shown a right code."""
        return self.last_step > 0


@dataclass(frozen=True)
class DeskSession:
    """A sign-in that lasts; `id` says nothing about its token."""

    id: str
    opened_at: datetime
    seen_at: datetime | None
    expires_at: datetime
    is_this: bool = False


@dataclass(frozen=True)
class RoleHeld:
    """An office that an officer held; `since` is unknown for accounts older than the record."""

    role: Role
    unit: str | None
    since: datetime | None
    until: datetime | None
    unit_name: str | None = None


@dataclass(frozen=True)
class Reading:
    """One reading of a case: when, who, what of it, and why where the office asks."""

    at: datetime
    officer: str
    username: str
    role: Role
    action: str
    reason: str
