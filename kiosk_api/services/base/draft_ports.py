"""The store's port for drafts of conversations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from kiosk_api.services.base.records import Draft


class DraftRecords(Protocol):
    """One draft a conversation, found by the session or by a resume code."""

    def save_draft(
        self, session_mark: str, resume_mark: str, values: Mapping[str, Any],
        at: datetime, expires_at: datetime,
    ) -> None: ...  # fmt: skip

    def draft_of_session(self, session_mark: str, now: datetime) -> Draft | None: ...

    def draft_by_code(self, resume_mark: str, now: datetime) -> Draft | None: ...

    def drop_draft(self, session_mark: str) -> None: ...
