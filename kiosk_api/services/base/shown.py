"""Answers of several packages: a case's deadlines and receipt, a code to read aloud, the windows of the hall."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk_api.domain.workflow import Status
from kiosk_api.services.base.as_json import OPTIONAL
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
class Part:
    """A field that a decision states, what it is called, and whether its text is a date."""

    name: str
    label: str
    is_date: bool


@dataclass(frozen=True)
class PromiseShown:
    """What a decision promises next, and by when."""

    clock: str
    label: str
    day: date


@dataclass(frozen=True)
class DocumentShown:
    """An approved document: `day` is that of its approval."""

    id: str
    title: str
    number: str
    day: date


@dataclass(frozen=True)
class DecisionShown:
    """One decision. `parts` lists the fields that were stated in reading order; `reason` and `where_to_go` are
    members of their own, the others are in `text` by name. `by` is the next word that it promises; `asks` what
    the petitioner may ask for next ("review", "reexamination", another "remedy" or nothing), `last_day` until
    when; `received_on` is when it was received in writing, or refused (`received_how`).
    """

    kind: str
    label: str
    at: datetime
    outcome: str
    outcome_label: str
    text: dict[str, str]
    parts: list[Part]
    article: str
    article_label: str
    standing: str
    standing_label: str
    in_force: bool
    by: PromiseShown | None
    asks: str
    reason: str = field(default="", metadata=OPTIONAL)
    where_to_go: str = field(default="", metadata=OPTIONAL)
    last_day: date | None = field(default=None, metadata=OPTIONAL)
    received_on: date | None = field(default=None, metadata=OPTIONAL)
    received_how: str = field(default="", metadata=OPTIONAL)
    document: DocumentShown | None = field(default=None, metadata=OPTIONAL)


@dataclass(frozen=True)
class StepShown:
    """One step of a case. `on`: the day it was done; `by`: the last day for what goes on now; `days`: those that the
    Regulations allow for it once the step before is done."""

    key: str
    label: str
    state: str
    on: date | None
    by: date | None
    days: int | None
    article: str
    article_label: str


@dataclass(frozen=True)
class CallbackOnReceipt:
    """A call back that is still waited for: the code to look it up with, and until when the office rings."""

    code: str
    due_by: datetime


@dataclass(frozen=True)
class Receipt:
    """Everything a receipt shows, on paper and on a page.

    `request` and `facts` are None once they are no longer shown; `callback` is there when the same
    visit asked to be called back.
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
    decisions: list[DecisionShown]
    steps: list[StepShown]
    url: str
    verify_code: str
    verify_url: str
    qr_svg: str
    qr_png: str
    where_to_turn: list[str]
    office: str | None
    callback: CallbackOnReceipt | None


@dataclass(frozen=True)
class CodeGiven:
    """A code to read aloud, and for how many minutes it can be used."""

    code: str
    minutes: int


def decision_line(one: DecisionShown) -> str:
    """A decision in one line of paper: day, what it is, its outcome, where to go."""
    outcome = f"：{one.outcome_label}" if one.outcome_label else ""
    where = f"，请到{one.where_to_go}" if one.where_to_go else ""
    return f"{one.at.year}年{one.at.month}月{one.at.day}日 {one.label}{outcome}{where}。"
