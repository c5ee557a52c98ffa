"""The store's port for what goes on beside the handling: contacts, supervisions, advice."""

from __future__ import annotations

from typing import Protocol

from kiosk_api.domain.oversight import Beside


class Oversight(Protocol):
    """Rows that follow from the events of their case and can be made anew."""

    def put(self, case_id: str, made: Beside) -> bool:
        """Store what goes on beside the handling of a case; whether anything was different."""
        ...

    def holds(self, case_id: str, made: Beside) -> bool:
        """Whether this is what is stored."""
        ...

    def of_case(self, case_id: str) -> Beside: ...
