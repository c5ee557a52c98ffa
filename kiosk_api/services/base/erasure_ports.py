"""Ports of erasing: the store's part, and the list outside the store that outlives a restored backup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from kiosk_api.domain.erasure import Cause, Erased, Obstacle


class Erasures(Protocol):
    """Which cases may be erased, and erasing them; within a transaction."""

    def due(self, before: datetime, today: date, limit: int) -> list[str]: ...

    def obstacles(self, case_id: str, before: datetime, today: date) -> list[Obstacle]: ...

    def counts(self, before: datetime, today: date) -> dict[Obstacle | None, int]:
        """How many cases each obstacle keeps; None: those that are due."""
        ...

    def erase(self, case_id: str, at: datetime, cause: Cause) -> None: ...

    def is_erased(self, case_id: str) -> bool: ...

    def id_of(self, case_number: str) -> str | None: ...

    def knows(self, case_id: str) -> bool: ...

    def drop_messengers(self, case_id: str) -> int: ...

    def hold(self, case_id: str, officer_id: str, at: datetime, reason: str) -> None: ...

    def release_hold(self, case_id: str, officer_id: str, at: datetime) -> int: ...

    def note_request(
        self, case_id: str, what: str, granted: bool, officer_id: str, at: datetime, reason: str
    ) -> None: ...

    def requests_of(self, case_id: str) -> Sequence[tuple[str, bool, str]]: ...


class ErasureList(Protocol):
    """The list outside the store. It names rows, dates and codes, and nobody."""

    def add(self, lines: Iterable[Erased]) -> None:
        """Append, flushed to the disk before it returns. Raises OSError."""
        ...

    def all(self) -> list[Erased]: ...


class NoList:
    """For a context that erases nothing."""

    def add(self, lines: Iterable[Erased]) -> None:
        raise OSError("no list of erasures")

    def all(self) -> list[Erased]:
        return []
