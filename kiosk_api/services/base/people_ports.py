"""The store's port for the people of a unit: who has which case, and who is away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from kiosk_api.domain.assignments import Absence, Assignment
from kiosk_api.services.base.records import Officer


class People(Protocol):
    """Assignments follow from the events of their case and can be made anew; absences are what people stated."""

    def put(self, case_id: str, made: Sequence[Assignment]) -> bool:
        """Store the assignments of a case; whether anything was different."""
        ...

    def holds(self, case_id: str, made: Sequence[Assignment]) -> bool:
        """Whether this is what is stored."""
        ...

    def of_case(self, case_id: str) -> list[Assignment]: ...

    def holders(self, case_ids: Collection[str]) -> dict[str, str]:
        """The names of the people who have these cases now, by case."""
        ...

    def by_id(self, officer_id: str) -> Officer | None:
        """An officer by the account's id, unless the account was disabled."""
        ...

    def of_unit(self, unit: str) -> list[Officer]:
        """The people of a unit to whom it can give a case, by name."""
        ...

    def absences(self, unit: str, first: date, last: date | None = None) -> list[Absence]:
        """When people of a unit are away, of the absences that touch these days; the soonest first."""
        ...

    def add_absence(self, absence: Absence, set_by: str, at: datetime) -> None: ...

    def end_absences(self, officer_id: str, today: date) -> int:
        """Somebody is back: absences end yesterday, later ones are taken out. Returns how many there were."""
        ...
