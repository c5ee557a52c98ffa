"""The store's ports for requests to be called back, for calls from the hall and for dangers told there."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kiosk_api.domain.keys import Mark
from kiosk_api.services.base.records import (
    Callback,
    CallbackLine,
    CallbackMarks,
    DangerSignal,
    HallCall,
    StoredMarks,
)


class Callbacks(Protocol):
    """Requests to be called back."""

    def add(self, one: Callback, marks: CallbackMarks) -> None: ...

    def by_code(self, code_mark: Mark) -> StoredMarks | None: ...

    def by_id(self, callback_id: str) -> Callback | None:
        """Raises Unreadable. On databases with row locks the row is held until the transaction ends."""
        ...

    def save(self, one: Callback, expires_at: datetime | None) -> None: ...

    def page(self, *, closed: bool, limit: int, offset: int) -> list[CallbackLine]:
        """Open: waiting before answered, by due time. Closed: the latest first."""
        ...

    def waiting(self, due_before: datetime | None = None) -> int: ...

    def ids(self, after: str, limit: int) -> list[str]: ...

    def set_marks(self, callback_id: str, marks: CallbackMarks) -> None: ...


class HallCalls(Protocol):
    """Calls from terminals in the hall, each for a quarter of an hour."""

    def add(self, one: HallCall, source_mark: Mark) -> None: ...

    def by_id(self, call_id: str) -> HallCall | None: ...

    def open_from(self, source_mark: Mark, now: datetime) -> HallCall | None:
        """The call of this terminal that has neither been taken nor run out."""
        ...

    def waiting(self, now: datetime, limit: int) -> list[HallCall]:
        """The oldest first."""
        ...

    def take(self, call_id: str, officer_id: str, now: datetime, expires_at: datetime) -> bool:
        """False when somebody else was faster or it has run out; a taken one is kept until `expires_at`,
        so that the terminal learns of it."""
        ...


class Dangers(Protocol):
    """Dangers told at terminals in the hall: where, when and what kind, never words."""

    def add(self, one: DangerSignal, source_mark: Mark, expires_at: datetime) -> None: ...

    def by_id(self, signal_id: str) -> DangerSignal | None:
        """On databases with row locks the row is held until the transaction ends."""
        ...

    def unseen_from(self, source_mark: Mark, kind: str, now: datetime) -> DangerSignal | None: ...

    def open(self, now: datetime, limit: int) -> list[DangerSignal]:
        """Those nobody has seen first, then the oldest first."""
        ...

    def save(self, one: DangerSignal, expires_at: datetime) -> None: ...
