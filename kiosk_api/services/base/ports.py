"""What the use cases need of the outside, said as protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.handbook import Section
from kiosk_api.domain.keys import Mark
from kiosk_api.domain.retrieval import Index as HandbookIndex
from kiosk_api.domain.routing import Reading
from kiosk_api.domain.workflow import Action, Event
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.base.budget_ports import Allowances
from kiosk_api.services.base.care_ports import Care
from kiosk_api.services.base.records import (
    AttachmentRow,
    Bundle,
    CaseMarks,
    CaseRecord,
    CaseRow,
    CleanPicture,
    Draft,
    Officer,
    OutboxMessage,
    SavedAnswer,
)

Filter = tuple[str, Any]
"""One condition of a list of cases, by name; all of a list must hold."""


class StoreBusy(Exception):
    """The store could not be reached or written to in time; nothing was changed."""


class StoreFull(StoreBusy):
    """No room is left where the store is; nothing was changed."""


class AssistantUnavailable(Exception):
    """The assistant did not answer; the caller offers the form instead."""


class PasswordsBusy(Exception):
    """Too many passwords are being checked at once; the caller says when to try again."""


class Clock(Protocol):
    """Where "now" comes from."""

    def now(self) -> datetime: ...


class Passwords(Protocol):
    """Slow password hashes, few at a time; both raise PasswordsBusy when too many wait."""

    def hash(self, password: str) -> str: ...

    def matches(self, encoded: str, password: str) -> bool: ...


class Signer(Protocol):
    """Receipt signatures."""

    def sign(self, case_number: str, registered_on: str) -> str: ...

    def is_genuine(self, code_mac: str, case_number: str, registered_on: str) -> bool: ...


class Pictures(Protocol):
    """QR pictures."""

    def svg(self, text: str) -> str: ...

    def png_data_uri(self, text: str) -> str: ...


class Cipher(Protocol):
    """Encryption at rest, bound to (table, column, row id)."""

    def seal(self, place: tuple[str, str, str], value: Mapping[str, Any]) -> bytes: ...

    def open(self, place: tuple[str, str, str], sealed: bytes) -> JsonObject: ...

    def seal_bytes(self, place: tuple[str, str, str], value: bytes) -> bytes: ...

    def open_bytes(self, place: tuple[str, str, str], sealed: bytes) -> bytes: ...

    def prefix(self) -> bytes: ...

    def reseal(self, place: tuple[str, str, str], sealed: bytes) -> bytes: ...


class Index(Protocol):
    """Keyed one-way marks for look-ups."""

    def mark(self, column: str, value: str) -> Mark: ...


class Assistant(Protocol):
    """The conversation partner behind POST /chat."""

    def say(self, session_id: str, text: str) -> list[JsonObject]: ...

    def forget(self, session_id: str) -> None:
        """Drop a conversation at once. Never raises: an assistant that is away remembers none."""
        ...

    def is_up(self) -> bool: ...

    def watch(self) -> None:
        """Keep finding out by itself whether it answers, so that nobody has to wait for that."""
        ...


class Understanding(Protocol):
    """The trained classifier of matters, and one spelling for what people type."""

    def read(self, text: str) -> Reading | None:
        """None when the classifier is away or too busy; it never raises."""
        ...

    def simplified(self, text: str) -> str: ...


class Nearness(Protocol):
    """Sentence vectors: which known ways of asking mean nearly the same."""

    def near(self, digest: str, phrases: Sequence[str], parts: Sequence[str]) -> Mapping[int, float] | None:
        """Position → cosine; None while the bot is away or learning. Never raises."""
        ...

    def begin(self, digest: str, phrases: Sequence[str]) -> None:
        """Learn an edition in the background, once the bot is up."""
        ...


class Handbook(Protocol):
    """The handbook as it stands on disk now."""

    pictures: Path

    def index(self) -> HandbookIndex: ...

    def english(self) -> tuple[Section, ...]: ...


class Tally(Protocol):
    """Counts what the handbook did not answer; never makes the asker wait."""

    def add(self, day: date, outcome: str, topic: str) -> None: ...

    def flush(self) -> None: ...


class Cases(Protocol):
    """Registered cases; every write must be followed by commit of its unit of work."""

    def add(self, case: CaseRecord, token_mark: str, marks: Mapping[str, str]) -> None: ...

    def by_token(self, token_mark: str) -> CaseRecord | None: ...

    def by_number(self, case_number: str) -> CaseRecord | None: ...

    def save(self, case: CaseRecord, new_events: Sequence[Event]) -> None: ...

    def set_next_due(self, case_id: str, due_on: date | None) -> None: ...

    def page(self, filters: Sequence[Filter], limit: int, offset: int) -> list[CaseRow]: ...

    def count(self, filters: Sequence[Filter]) -> int: ...

    def open_ids(self, after: str, limit: int) -> list[str]: ...

    def with_action(self, action: Action, after: str, limit: int) -> list[str]: ...

    def by_id(self, case_id: str) -> CaseRecord | None: ...

    def registered_on(self, case_number: str) -> datetime | None: ...

    def marks_by_number(self, case_number: str) -> CaseMarks | None: ...

    def marks_by_token(self, token_mark: str) -> CaseMarks | None: ...

    def replace_token(self, case_id: str, token_mark: str) -> None: ...


class Attachments(Protocol):
    """Pictures: in a bundle until a petition is registered, then with their case."""

    def open_bundle(self, mark: str, at: datetime, expires_at: datetime) -> None: ...

    def bundle(self, mark: str, now: datetime) -> Bundle | None: ...

    def bundle_by(self, column: str, mark: str, now: datetime) -> Bundle | None: ...

    def update_bundle(self, mark: str, **values: Any) -> None: ...

    def drop_bundle(self, mark: str) -> None: ...

    def add(self, mark: str, picture: CleanPicture, at: datetime) -> AttachmentRow: ...

    def in_bundle(self, mark: str) -> list[AttachmentRow]: ...

    def of_case(self, case_id: str) -> list[AttachmentRow]: ...

    def content(self, row_id: str) -> bytes: ...

    def remove(self, mark: str, row_id: str) -> bool: ...

    def give_to_case(self, mark: str, case_id: str) -> int: ...

    def waiting_bytes(self) -> int: ...


class Records(Care, Protocol):
    """Everything one transaction can reach."""

    @property
    def allowances(self) -> Allowances: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def attachments(self) -> Attachments: ...

    def saved_answer(self, key_mark: str) -> SavedAnswer | None: ...

    def save_answer(self, key_mark: str, answer: SavedAnswer, at: datetime) -> None: ...

    def send(self, topic: str, case_id: str | None, payload: Mapping[str, Any]) -> None: ...

    def has_messages(self, now: datetime) -> bool: ...

    def claim_messages(self, now: datetime, lease_s: int, limit: int) -> list[OutboxMessage]: ...

    def message_done(self, message_id: str, at: datetime) -> None: ...

    def message_failed(self, message_id: str, retry_at: datetime, reason: str) -> None: ...

    def warn_once(self, case_id: str, clock: str, stage: str, at: datetime) -> bool: ...

    def save_draft(
        self, session_mark: str, resume_mark: str, values: Mapping[str, Any],
        at: datetime, expires_at: datetime,
    ) -> None: ...  # fmt: skip

    def draft(self, column: str, mark: str, now: datetime) -> Draft | None: ...

    def drop_draft(self, session_mark: str) -> None: ...

    def officer_by_name(self, username: str) -> tuple[Officer, str] | None: ...

    def add_officer(self, officer: Officer, password_hash: str) -> None: ...

    def open_session(self, token_mark: str, officer_id: str, at: datetime, expires_at: datetime) -> None: ...

    def officer_by_session(self, token_mark: str, now: datetime) -> Officer | None: ...

    def close_session(self, token_mark: str) -> None: ...

    def calendar(self) -> WorkCalendar: ...

    def set_calendar_day(self, day: date, kind: str, source: str) -> None: ...

    def confirm_year(self, year: int, source: str, at: datetime) -> None: ...

    def count_gaps(self, day: date, times: Mapping[tuple[str, str], int]) -> None: ...

    def gaps_since(self, day: date) -> list[tuple[str, str, int]]: ...

    def beat(self, name: str, at: datetime) -> None: ...

    def last_beat(self, name: str) -> datetime | None: ...

    def purge(self, now: datetime) -> None: ...


class Store(Protocol):
    """Transactions. `write` commits when its block ends without an exception."""

    def read(self) -> AbstractContextManager[Records]: ...

    def write(self) -> AbstractContextManager[Records]: ...

    def check(self) -> str: ...

    def close(self) -> None: ...
