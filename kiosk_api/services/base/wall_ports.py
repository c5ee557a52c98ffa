"""The store's port for the wall around an accusation."""

from __future__ import annotations

from typing import Protocol

from kiosk_api.domain.wall import Place, Wall


class Walls(Protocol):
    """Every row follows from the events of its case and can be made anew."""

    def tree(self) -> dict[str, Place]:
        """Every unit's place, by id."""
        ...

    def of_case(self, case_id: str) -> Wall: ...

    def put(self, case_id: str, wall: Wall) -> bool:
        """Store the wall of a case; whether anything was different."""
        ...

    def holds(self, case_id: str, wall: Wall) -> bool:
        """Whether this is what is stored."""
        ...
