"""The store's port for maintenance: keys, quarantine and the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk_api.domain.keys import Key, KeyNote
from kiosk_api.services.base.records import LookupMarks


@dataclass(frozen=True)
class Broken:
    """An unreadable record: place, reason (a code), time. Never content."""

    place: str  # table.column
    row_id: str
    case_id: str | None
    case_number: str | None
    reason: str
    at: datetime
    is_message: bool = False  # waits to be delivered; the case itself can be read without it


class Care(Protocol):
    """The part of Records for worker and operators."""

    def key_notes(self) -> list[KeyNote]: ...

    def note_keys(self, keys: Sequence[Key], at: datetime) -> None: ...

    def keys_backed_up(self, ids: Sequence[str], at: datetime) -> None: ...

    def key_emptied(self, key_id: str, at: datetime) -> None: ...

    def sealed_kinds(self) -> int:
        """How many kinds of sealed values there are; `stale` and `reseal` count them from 0."""
        ...

    def stale(self, kind: int, after: str) -> bool: ...

    def reseal(self, kind: int, after: str, at: datetime) -> tuple[str, int]: ...

    def case_marks(self, after: str, limit: int) -> list[tuple[str, str]]: ...

    def set_case_marks(self, case_id: str, marks: LookupMarks) -> None: ...

    def quarantine(self, reason: str, place: tuple[str, str, str], case_id: str | None, at: datetime) -> bool: ...

    def quarantine_case(self, case_id: str, reason: str, at: datetime) -> bool:
        """Quarantine a case that can be decrypted but not processed; True the first time."""
        ...

    def quarantined(self) -> list[Broken]: ...

    def quarantine_size(self) -> int: ...

    def opens(self, one: Broken) -> bool: ...

    def release(self, one: Broken) -> None: ...
