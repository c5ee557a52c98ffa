"""The store's port for the record of changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from kiosk_api.domain.audit import Entry, Head, Macs, Row


class Audit(Protocol):
    """Chains of entries beside the rows that they are about."""

    def as_stored(self) -> AbstractContextManager[None]:
        """Inside it, damaged texts are read as they are instead of failing."""
        ...

    def streams(self, after: str, limit: int) -> list[str]: ...

    def heads(self, streams: Sequence[str]) -> dict[str, Head]: ...

    def entries(self, streams: Sequence[str]) -> Iterator[Entry]:
        """Chain by chain, each in order."""
        ...

    def rows(self, streams: Sequence[str]) -> dict[str, list[Row]]: ...

    def strays(self, limit: int) -> list[Row]:
        """Rows of cases that do not exist."""
        ...

    def actions_of(self, case_id: str) -> dict[str, str]:
        """Event id → action, of the events of a case."""
        ...

    def guard_is_open(self) -> bool: ...

    def has_begun(self) -> bool: ...

    def adopt(self, macs: Macs, streams: Sequence[str], at: datetime) -> int:
        """First entries for rows without any; how many."""
        ...

    def begin(self, macs: Macs, at: datetime) -> None: ...

    def snapshot(self) -> None:
        """Before anything else of a transaction: all its queries see one moment."""
        ...

    def totals(self) -> tuple[int, int]:
        """(chains, entries)."""
        ...

    def unanchored(self, after: str, limit: int) -> list[Head]: ...

    def set_anchored(self, places: Sequence[tuple[str, int]]) -> None: ...

    def hash_of(self, stream: str, seq: int) -> bytes | None: ...
