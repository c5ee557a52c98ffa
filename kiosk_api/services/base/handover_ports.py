"""The store's ports for handovers and for codes of officers who help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from kiosk_api.services.base.records import Handover, Helper


class Handovers(Protocol):
    """Unfinished petitions left for an officer, each under the mark of its code."""

    def leave(self, code_mark: str, draft: Mapping[str, Any], at: datetime, expires_at: datetime) -> None: ...

    def find(self, code_mark: str, now: datetime) -> Handover | None:
        """None once it has expired, and when it does not open."""
        ...

    def take(self, code_mark: str, officer_id: str) -> None:
        """Assign it to this officer; nobody else can open it from now on."""
        ...

    def drop(self, code_mark: str) -> None: ...


class AssistCodes(Protocol):
    """Codes that mark a petition as filed with an officer's help."""

    def open(self, code_mark: str, officer_id: str, handover_mark: str | None, expires_at: datetime) -> None: ...

    def helper(self, code_mark: str, now: datetime) -> Helper | None:
        """None once it has expired."""
        ...
