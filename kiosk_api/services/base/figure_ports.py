"""The store's port for the operator's figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from kiosk_api.domain.figures import Due, Queue


class Figures(Protocol):
    """Counts, none of which names a person, a unit or a case."""

    def queues(self) -> list[Queue]: ...

    def waiting_messages(self, most: int) -> list[tuple[str, str]]:
        """(id, topic), those that have waited from the start first."""
        ...

    def due(self, today: date) -> list[Due]: ...

    def notices(self, now: datetime) -> dict[str, int]:
        """`waiting`, `late` (by an hour) and `untold` (reached nobody, still open)."""
        ...

    def attempts(self) -> dict[str, int]:
        """Open tries to tell a petitioner, by channel."""
        ...

    def drafts(self) -> int: ...

    def callbacks(self, now: datetime) -> dict[str, int]:
        """`open` and `late`."""
        ...

    def size(self) -> int:
        """Bytes of the store."""
        ...
