"""The store's ports for cases and pictures of papers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from kiosk_api.domain.petition import Petition
from kiosk_api.domain.registration import Channel
from kiosk_api.domain.workflow import Action, Event
from kiosk_api.services.base.records import (
    AttachmentRow,
    Bundle,
    CaseFilter,
    CaseMarks,
    CaseRecord,
    CaseRow,
    CleanPicture,
    LookupMarks,
)


class Cases(Protocol):
    """Registered cases; every write must be followed by commit of its unit of work."""

    def add(self, case: CaseRecord, token_mark: str, marks: LookupMarks) -> None: ...

    def by_token(self, token_mark: str) -> CaseRecord | None: ...

    def by_number(self, case_number: str, within: CaseFilter | None = None) -> CaseRecord | None:
        """A case by its number, if it matches `within`."""
        ...

    def save(self, case: CaseRecord, new_events: Sequence[Event]) -> None: ...

    def page(self, wanted: CaseFilter, limit: int, offset: int) -> list[CaseRow]: ...

    def count(self, wanted: CaseFilter, most: int | None = None) -> int:
        """How many cases match; counting ends at `most`."""
        ...

    def petitions(self, ids: Collection[str]) -> dict[str, Petition]:
        """What was stated in these cases, by id; one that does not open is left out."""
        ...

    def restore(self, case: CaseRecord, urged: int) -> bool:
        """Store the columns that follow from the events, without an event; whether any was different."""
        ...

    def mend_words(self) -> int:
        """Give cases whose stored state or channel is none of ours the first one, so that they can be read."""
        ...

    def ids(self, after: str, limit: int) -> list[str]: ...

    def open_ids(self, after: str, limit: int) -> list[str]: ...

    def with_action(self, action: Action, after: str, limit: int) -> list[str]: ...

    def by_id(self, case_id: str) -> CaseRecord | None: ...

    def earlier_of(
        self, case_id: str, until: datetime, marks: LookupMarks, limit: int, within: CaseFilter
    ) -> list[str]:
        """Ids of the latest cases with the same phone or ID number, registered until then, that match `within`; without
        `case_id`."""
        ...

    def by_channel(self, first: date, last: date, within: CaseFilter) -> dict[Channel, int]:
        """How many that match `within` were registered by each channel from the day `first` to the day `last`."""
        ...

    def registered_on(self, case_number: str) -> datetime | None: ...

    def marks_by_number(self, case_number: str) -> CaseMarks | None: ...

    def marks_by_token(self, token_mark: str) -> CaseMarks | None: ...

    def replace_token(self, case_id: str, token_mark: str) -> None: ...


class Attachments(Protocol):
    """Pictures: in a bundle until a petition is registered, then with their case."""

    def open_bundle(self, mark: str, at: datetime, expires_at: datetime) -> None: ...

    def bundle(self, mark: str, now: datetime) -> Bundle | None: ...

    def bundle_of_link(self, link_mark: str, now: datetime) -> Bundle | None: ...

    def bundle_of_visit(self, visit_mark: str, now: datetime) -> Bundle | None: ...

    def extend_bundle(self, mark: str, expires_at: datetime) -> None: ...

    def open_link(self, mark: str, link_mark: str, expires_at: datetime) -> None:
        """A new code for one phone; the former code and the phone that used it stop working."""
        ...

    def let_in(self, mark: str, visit_mark: str) -> None:
        """Record that a phone has used the code; this closes the code."""
        ...

    def close_link(self, mark: str) -> None: ...

    def drop_bundle(self, mark: str) -> None: ...

    def add(self, mark: str, picture: CleanPicture, at: datetime) -> AttachmentRow: ...

    def in_bundle(self, mark: str) -> list[AttachmentRow]: ...

    def of_case(self, case_id: str) -> list[AttachmentRow]: ...

    def content(self, row_id: str) -> bytes: ...

    def remove(self, mark: str, row_id: str) -> bool: ...

    def join(self, mark: str, into: str) -> None:
        """Move the pictures of one bundle behind those of another, and delete the emptied one."""
        ...

    def give_to_case(self, mark: str, case_id: str) -> int: ...

    def waiting_bytes(self) -> int: ...
