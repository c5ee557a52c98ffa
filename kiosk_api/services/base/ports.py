"""Ports of the use cases, as protocols."""

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
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.account_ports import Accounts
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.base.budget_ports import Allowances
from kiosk_api.services.base.callback_ports import Callbacks, Dangers, HallCalls
from kiosk_api.services.base.care_ports import Care
from kiosk_api.services.base.case_ports import Attachments, Cases
from kiosk_api.services.base.channel_ports import CaseLinks, ChannelMessages, ChannelUsers, PlatformTokens
from kiosk_api.services.base.clock_ports import Clocks
from kiosk_api.services.base.document_ports import Documents
from kiosk_api.services.base.draft_ports import DraftRecords
from kiosk_api.services.base.erasure_ports import Erasures
from kiosk_api.services.base.handover_ports import AssistCodes, Handovers
from kiosk_api.services.base.notice_ports import Notices
from kiosk_api.services.base.oversight_ports import Oversight
from kiosk_api.services.base.people_ports import People
from kiosk_api.services.base.petitioner_notice_ports import PetitionerNotices
from kiosk_api.services.base.records import (
    Officer,
    OutboxMessage,
    SavedAnswer,
)
from kiosk_api.services.base.store_errors import OutcomeUnknown as OutcomeUnknown
from kiosk_api.services.base.store_errors import StoreBusy as StoreBusy
from kiosk_api.services.base.store_errors import StoreFull as StoreFull
from kiosk_api.services.base.unit_ports import Units
from kiosk_api.services.base.wall_ports import Walls


class AssistantUnavailable(Exception):
    """The assistant did not answer; the caller offers the form instead."""


class PasswordsBusy(Exception):
    """Too many passwords are being checked at once; the caller says when to try again."""


class Clock(Protocol):
    """Where "now" comes from."""

    def now(self) -> datetime: ...


class Passwords(Protocol):
    """Slow password hashes, few at a time; these raise PasswordsBusy when too many wait. `is_common`: it is tried first."""

    def hash(self, password: str) -> str: ...

    def matches(self, encoded: str, password: str) -> bool: ...

    def is_common(self, password: str) -> bool: ...


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
    """HMACs for look-ups."""

    def mark(self, what: str, value: str) -> Mark:
        """`what` names the kind of value, so that equal values of two kinds have different marks."""
        ...


class Assistant(Protocol):
    """The assistant behind POST /chat."""

    def say(self, session_id: str, text: str) -> list[JsonObject]: ...

    def forget(self, session_id: str) -> None:
        """Delete a conversation at once. Never raises: an assistant that is away keeps none."""
        ...

    def is_up(self) -> bool: ...

    def watch(self) -> None:
        """Check in the background whether it answers, so that no citizen has to wait to find out."""
        ...


class Understanding(Protocol):
    """The trained classifier of matters, and one spelling for what people type."""

    def read(self, text: str) -> Reading | None:
        """None when the classifier is away or too busy; it never raises."""
        ...

    def simplified(self, text: str) -> str: ...


class Nearness(Protocol):
    """Sentence vectors: which known example questions have nearly the same meaning."""

    def near(self, digest: str, phrases: Sequence[str], parts: Sequence[str]) -> Mapping[int, float] | None:
        """Position → cosine; None while the bot is away or learning. Never raises."""
        ...

    def begin(self, digest: str, phrases: Sequence[str]) -> None:
        """Learn an edition in the background, once the bot is up."""
        ...


class Handbook(Protocol):
    """The current handbook on disk."""

    pictures: Path

    def index(self) -> HandbookIndex: ...

    def english(self) -> tuple[Section, ...]: ...


class Tally(Protocol):
    """Counts questions that the handbook did not answer, without delaying the answer."""

    def add(self, day: date, outcome: str, topic: str) -> None: ...

    def flush(self) -> None: ...


class Records(Care, DraftRecords, Protocol):
    """All records that one transaction can read and write."""

    @property
    def accounts(self) -> Accounts: ...

    @property
    def allowances(self) -> Allowances: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def clocks(self) -> Clocks: ...

    @property
    def attachments(self) -> Attachments: ...

    @property
    def handovers(self) -> Handovers: ...

    @property
    def assist_codes(self) -> AssistCodes: ...

    @property
    def callbacks(self) -> Callbacks: ...

    @property
    def hall_calls(self) -> HallCalls: ...

    @property
    def dangers(self) -> Dangers: ...

    @property
    def units(self) -> Units: ...

    @property
    def documents(self) -> Documents: ...

    @property
    def walls(self) -> Walls: ...

    @property
    def erasures(self) -> Erasures: ...

    @property
    def notices(self) -> Notices: ...

    @property
    def petitioner_notices(self) -> PetitionerNotices: ...

    @property
    def people(self) -> People: ...

    @property
    def oversight(self) -> Oversight: ...

    @property
    def channel_messages(self) -> ChannelMessages: ...

    @property
    def channel_users(self) -> ChannelUsers: ...

    @property
    def case_links(self) -> CaseLinks: ...

    @property
    def platform_tokens(self) -> PlatformTokens: ...

    def saved_answer(self, key_mark: str) -> SavedAnswer | None: ...

    def save_answer(self, key_mark: str, answer: SavedAnswer, at: datetime) -> None: ...

    def send(self, topic: str, case_id: str | None, payload: Mapping[str, Any]) -> None: ...

    def has_messages(self, now: datetime, topic: str = "", but: str = "") -> bool: ...

    def claim_messages(
        self, now: datetime, lease_s: int, limit: int, topic: str = "", but: str = ""
    ) -> list[OutboxMessage]: ...

    def message_done(self, message_id: str, at: datetime) -> None: ...

    def message_failed(self, message_id: str, retry_at: datetime, reason: str) -> None: ...

    def officer_by_name(self, username: str) -> tuple[Officer, str] | None: ...

    def add_officer(self, officer: Officer, password_hash: str) -> None: ...

    def open_session(self, token_mark: str, officer_id: str, at: datetime, expires_at: datetime) -> None: ...

    def officer_by_session(self, token_mark: str, now: datetime) -> Officer | None: ...

    def last_seen(self, token_mark: str) -> datetime | None: ...

    def note_seen(self, token_mark: str, now: datetime) -> None:
        """Note an officer's page."""
        ...

    def somebody_seen(self, roles: Sequence[Role], since: datetime, now: datetime) -> bool: ...

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
    """Transactions. `write` commits when its block ends without an exception; `commits` is how many of this thread's
    were stored, or may have been."""

    def read(self) -> AbstractContextManager[Records]: ...

    def write(self) -> AbstractContextManager[Records]: ...

    def commits(self) -> int: ...

    def check(self) -> str: ...

    def close(self) -> None: ...
