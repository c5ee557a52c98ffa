"""What the budgets against guessing need of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kiosk_api.domain.budgets import Spent


class Allowances(Protocol):
    """What has been used of each budget, by a keyed mark of whom or what it is for."""

    def read(self, marks: Sequence[str]) -> list[Spent]:
        """In the order of `marks`; nothing spent where nothing is kept."""
        ...

    def hold(self, marks: Sequence[str]) -> list[Spent]:
        """The same, and nobody else changes them before this transaction ends."""
        ...

    def put(self, mark: str, spent: Spent, expires_at: datetime) -> None: ...

    def forgive(self, mark: str) -> None:
        """Start the total again."""
        ...
