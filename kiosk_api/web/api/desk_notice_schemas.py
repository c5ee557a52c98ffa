"""Notices to petitioners in the staff API's answers."""

from __future__ import annotations

from pydantic import BaseModel


class AttemptOnDesk(BaseModel):
    """One way that was tried, how far it is, and when it went out."""

    channel_label: str
    state: str
    state_label: str
    sent_at: str | None


class NoticeOnDesk(BaseModel):
    """A notice with its state of delivery."""

    at: str
    kind: str
    kind_label: str
    article: str
    state: str
    state_label: str
    reason_label: str
    attempts: list[AttemptOnDesk]
