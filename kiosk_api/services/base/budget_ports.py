"""The store's port for budgets against guessing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kiosk_api.domain.budgets import Spent


class Allowances(Protocol):
    """The use of each budget, by an HMAC of its source or subject."""

    def read(self, marks: Sequence[str]) -> list[Spent]:
        """The use of each budget in the order of `marks`; zero where nothing is stored."""
        ...

    def hold(self, marks: Sequence[str]) -> list[Spent]:
        """The same, locked until this transaction ends."""
        ...

    def put(self, mark: str, spent: Spent, expires_at: datetime) -> None: ...

    def reset_total(self, mark: str) -> None:
        """Reset the total."""
        ...
