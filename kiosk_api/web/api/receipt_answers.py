"""Answers about receipts: what one shows, and whether one is genuine."""

from __future__ import annotations

from pydantic import BaseModel

from kiosk_api.domain.workflow import Status
from kiosk_api.web.api.answers import Deadline, OpeningNow, ReasonParts
from kiosk_api.web.api.told_answers import CaseStep, Decision


class CallbackOnReceipt(BaseModel):
    """A call back that the same visit has asked for."""

    code: str
    due_by: str


class Receipt(BaseModel):
    """Everything that a receipt shows."""

    case_number: str
    registered_at: str
    status: Status
    status_label: str
    window: str
    window_label: str
    reason: str
    reason_parts: ReasonParts | None
    article_labels: list[str]
    request: str | None
    facts: str | None
    by_proxy: bool
    deadlines: list[Deadline]
    decisions: list[Decision]
    steps: list[CaseStep]
    url: str
    verify_code: str
    verify_url: str
    qr_svg: str
    qr_png: str
    where_to_turn: list[str]
    office: str | None
    callback: CallbackOnReceipt | None
    opening: OpeningNow | None


class Verified(BaseModel):
    """Whether a printed receipt is genuine."""

    valid: bool
    case_number: str | None
    registered_at: str | None
