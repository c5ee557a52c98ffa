"""The store's port for clocks: the projection of every case, and what the sweep asks of it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Protocol

from kiosk_api.domain.projection import ClockRow, Projection
from kiosk_api.services.base.records import CaseRecord


class Clocks(Protocol):
    """Every row follows from the events of its case and can be made anew."""

    def put(self, case: CaseRecord, made: Projection) -> bool:
        """Store the projection of a case; whether anything was different."""
        ...

    def holds(self, case: CaseRecord, made: Projection) -> bool:
        """Whether this is what is stored."""
        ...

    def of_case(self, case_id: str) -> list[ClockRow]: ...

    def hold(self, case_id: str) -> None:
        """Let no other transaction change this case before this one ends."""
        ...

    def to_recheck(self, today: date, limit: int) -> list[str]: ...

    def not_yet(self, most: int) -> int:
        """How many cases have no projection yet, counted up to `most`."""
        ...

    def has_passed(self, today: date, soon: date) -> bool:
        """Whether the sweep would find anything."""
        ...

    def sweep(self, today: date, soon: date, at: datetime, limit: int) -> tuple[int, Counter[tuple[str, str]]]:
        """How many clocks were looked at, and how often (clock, stage) was noted for the first time."""
        ...

    def warned(self, case_id: str) -> set[tuple[str, int, str]]: ...
