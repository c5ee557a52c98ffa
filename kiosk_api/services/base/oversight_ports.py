"""The store's port for what goes on beside the handling: contacts, supervisions, advice."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from kiosk_api.domain.oversight import Adoption, Beside, Waiting
from kiosk_api.services.base.records import CaseFilter


class Oversight(Protocol):
    """Rows that follow from the events of their case and can be made anew."""

    def put(self, case_id: str, made: Beside) -> bool:
        """Store what goes on beside the handling of a case; whether anything was different."""
        ...

    def holds(self, case_id: str, made: Beside) -> bool:
        """Whether this is what is stored."""
        ...

    def of_case(self, case_id: str) -> Beside: ...

    def open_supervisions(self, within: CaseFilter, unit: str | None, limit: int) -> list[Waiting]:
        """Those in cases that match `within`, the nearest date first; of one unit, or of all."""
        ...

    def waiting_advice(self, within: CaseFilter, unit: str | None, limit: int) -> list[Waiting]:
        """The same of advice."""
        ...

    def adoption(self, within: CaseFilter, first: date, last: date) -> list[Adoption]:
        """Advice given from the day `first` to the day `last`, counted by unit, kind and what became of it."""
        ...
