"""The store's port for what a unit has to be told of a case."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kiosk_api.domain.notices import Notice, ReadBy
from kiosk_api.domain.wall import Outsider


class Notices(Protocol):
    """One row for each thing to be told."""

    def tell(self, notice_id: str, unit: str, case_id: str, kind: str, at: datetime) -> None:
        """Keep a notice for a unit; the same one again changes nothing."""
        ...

    def unseen(self, unit: str, who: Outsider) -> list[Notice]:
        """The notices of a unit that nobody has marked as seen, the latest first; none of a case that this officer
        stands outside of."""
        ...

    def mark_seen(self, notice_id: str, unit: str, who: Outsider, at: datetime) -> None:
        """Mark a notice of this unit as seen; the first to do so is kept."""
        ...

    def read_by(self, notice: Notice, but_unit: str, limit: int) -> list[ReadBy]:
        """Who of the units that handle cases had read the case before the notice, the latest first; `but_unit` is left out."""
        ...
