"""The store's ports for requests to be called back and for calls from the hall."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kiosk_api.domain.keys import Mark
from kiosk_api.services.base.records import Callback, CallbackLine, CallbackMarks, HallCall, StoredMarks


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
