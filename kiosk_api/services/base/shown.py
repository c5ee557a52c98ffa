"""What several rooms show of a case: its deadlines, its receipt, a code to read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk_api.domain.workflow import Status
from kiosk_api.services.base.route import ReasonParts


@dataclass(frozen=True)
class DeadlineShown:
    """A date by which somebody must act, with its article."""

    key: str
    label: str
    article: str
    article_label: str
    starts_on: date
    due_on: date
    state: str
    provisional: bool


@dataclass(frozen=True)
class Receipt:
    """Everything a receipt shows, on paper and on a page.

    `request` and `facts` are None once they are no longer shown.
    """

    case_number: str
    registered_at: datetime
    status: Status
    status_label: str
    window: str
    window_label: str
    reason: str
    reason_parts: ReasonParts | None
    article_labels: tuple[str, ...]
    request: str | None
    facts: str | None
    by_proxy: bool
    deadlines: list[DeadlineShown]
    url: str
    verify_code: str
    verify_url: str
    qr_svg: str
    qr_png: str
    where_to_turn: list[str]
    office: str | None


@dataclass(frozen=True)
class CodeGiven:
    """A code to read aloud, and for how many minutes it can be used."""

    code: str
    minutes: int
