"""The store's ports and records for requests to be called back and for calls from the hall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk_api.domain.callbacks import Progress, State, Step
from kiosk_api.domain.keys import Mark


@dataclass(frozen=True)
class CallbackEvent:
    """One step; the officer is empty for the citizen's own, `note` is the office's alone."""

    at: datetime
    step: Step
    officer_id: str = ""
    officer: str = ""
    note: str = ""


@dataclass(frozen=True)
class Callback:
    """A request to be called back, decrypted; `phone` is in the E.164 form, `code` without its hyphen."""

    id: str
    code: str
    phone: str
    best_time: str
    about: str
    progress: Progress
    requested_at: datetime
    due_by: datetime
    closed_at: datetime | None
    answered_by: str | None
    events: tuple[CallbackEvent, ...]


@dataclass(frozen=True)
class CallbackLine:
    """A line of the desk's list; `best_time` is empty for a row that does not open."""

    id: str
    state: State
    tries: int
    is_closed: bool
    requested_at: datetime
    due_by: datetime
    best_time: str
    unreadable: bool


@dataclass(frozen=True)
class CallbackMarks:
    """HMACs of a code, and of code and phone together: two requests of one phone share none."""

    code: Mark
    tail: Mark
    phone: Mark


@dataclass(frozen=True)
class StoredMarks:
    """What the row of a code holds to compare a phone with."""

    id: str
    tail: str
    phone: str


@dataclass(frozen=True)
class HallCall:
    """Somebody at a terminal asks for an officer; `place` is the terminal's name, which may be empty."""

    id: str
    place: str
    called_at: datetime
    expires_at: datetime
    taken_by: str | None = None


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
