"""The store's port for units."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from kiosk_api.domain.units import Unit


class Units(Protocol):
    """The tree of units."""

    def by_id(self, unit_id: str) -> Unit | None: ...

    def by_name(self, name: str) -> Unit | None:
        """The unit with exactly this name, a working one first."""
        ...

    def all(self) -> list[Unit]: ...

    def search(self, words: str, day: date, limit: int) -> list[Unit]:
        """Units at work on this day by name, other name, initials or abbreviation, the best first."""
        ...

    def name_of(self, unit_id: str | None) -> str | None:
        """The name of a unit; what is no id, as older events hold, stays as it is."""
        ...

    def names_of(self, unit_ids: Collection[str]) -> dict[str, str]:
        """The names of several units at once."""
        ...

    def superior_of(self, unit_id: str) -> str | None:
        """The unit that reviews its work: its superior if one is named, else its parent (Art. 35)."""
        ...

    def superiors(self, unit_id: str) -> list[str]:
        """Its superior, the superior's superior, and so on."""
        ...

    def is_within(self, unit_id: str, ancestor: str) -> bool:
        """Whether it is this unit or one below it in the tree."""
        ...

    def below(self, unit_id: str) -> frozenset[str]:
        """The ids of a unit and of everything below it in the tree."""
        ...

    def put(self, units: Sequence[Unit], initials: Mapping[str, Sequence[Sequence[str]]]) -> None:
        """Add units, or replace those of the same id; `initials` by id, for each name."""
        ...

    def hand_over(self, from_id: str, to_id: str) -> int:
        """Give the cases and accounts of a unit to another one; returns the number of cases."""
        ...

    def open_cases(self, unit_id: str) -> int:
        """How many cases it still has to handle."""
        ...
