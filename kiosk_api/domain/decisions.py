"""What the Regulations owe the petitioner in words: which fields of which action are told (Art. 23, 32-36).

Only fields named here leave the office. Who acted, who approved, notes, and what one office writes to
another stay inside. An action without an entry fails a test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines, due_on
from kiosk_api.domain.history import WRITTEN_IN, has_review_right, last
from kiosk_api.domain.standing import Standing, standings
from kiosk_api.domain.workflow_review import FAILED
from kiosk_api.domain.workflow_rows import RETURNED
from kiosk_api.domain.workflow_table import RULE_OF
from kiosk_api.domain.workflow_types import Action as A
from kiosk_api.domain.workflow_types import Event


@dataclass(frozen=True)
class Told:
    """What is told of an action: `parts` are fields of its data in reading order, `outcome` the field that
    names the result. `by` are clocks of which the first that runs says when the next word is due, `right` is
    the one that says how long the petitioner may ask for the next instance."""

    kind: str
    parts: tuple[str, ...] = ()
    outcome: str = ""
    by: tuple[str, ...] = ()
    right: str = ""


_FOUR_PARTS = ("request", "facts_and_reasons", "finding", "legal_basis")
_REQUESTS = {"review": A.REQUEST_REVIEW, "reexamination": A.REQUEST_REEXAMINATION}
_ENDS_A_REVIEW = (A.DECIDE_REVIEW, A.DECIDE_REEXAMINATION, A.SETTLE)
_DECIDED_AGAIN = ("opinion", "new_outcome", "new_result", "unit")

TOLD: dict[A, Told | None] = {
    A.REGISTER: None,
    A.FORWARD: Told("forwarding", ("unit",), by=("notice", "next_word")),
    A.ASSIGN: Told("forwarding", ("unit",), by=("notice", "next_word")),
    A.REPORT_FOR_DECISION: Told("report", outcome="reported_to", by=("next_word",)),
    A.TRANSFER: Told("transfer", ("unit", "reason"), by=("next_word",)),
    A.GUIDE: Told("guidance", ("organ", "reason", "bring")),
    A.DECIDE_REPEAT: None,
    A.DECLINE_REPEAT: Told("non_acceptance", ("reason", "where_to_go"), outcome="cause"),
    A.OBJECT: None,
    A.UPHOLD_OBJECTION: None,
    A.REJECT_OBJECTION: None,
    A.DECIDE_COMPETENCE: Told("forwarding", ("unit",), by=("notice", "next_word")),
    A.RECALL: None,
    A.GIVE_WORD: Told("word", ("word",), by=("next_word",)),
    A.ACCEPT: Told(
        "acceptance",
        ("organ", "own_limit"),
        outcome="procedure",
        by=("conclude", "own_limit", "next_word"),
    ),
    A.DECLINE: Told("non_acceptance", ("reason", "where_to_go"), outcome="cause"),
    A.REQUEST_EXTENSION: None,
    A.REFUSE_EXTENSION: None,
    A.EXTEND: Told("extension", ("reason", "days"), by=("conclude",)),
    A.HOLD_HEARING: None,
    A.END_HEARING: None,
    A.CONCLUDE: Told(
        "opinion",
        (*_FOUR_PARTS, "examined_anew", "remedy", "remedy_at", "remedy_by"),
        outcome="outcome",
        by=("execution",),
        right="ask_review",
    ),  # fmt: skip
    A.ANSWER_SUGGESTION: Told("reply", ("reason",), outcome="outcome"),
    A.REPORT_OUTCOME: Told("outcome", ("result",)),
    A.REPORT_EXECUTION: Told("execution", ("how",), outcome="carried_out", by=("execution",)),
    A.CLOSING_REPORT: None,
    A.DELIVER: None,
    A.MEDIATE: None,
    A.SETTLE: Told("settlement", ("agreement",), by=("execution",)),
    A.REQUEST_REVIEW: None,
    A.DECIDE_REVIEW: Told(
        "review",
        _DECIDED_AGAIN,
        outcome="decision",
        by=("conclude", "execution"),
        right="ask_reexamination",
    ),  # fmt: skip
    A.REQUEST_REEXAMINATION: None,
    A.DECIDE_REEXAMINATION: Told(
        "reexamination",
        _DECIDED_AGAIN,
        outcome="decision",
        by=("conclude", "execution"),
    ),  # fmt: skip
    A.WITHDRAW: None,
    A.CLOSE: None,
    A.RATE: None,
    A.URGE: None,
    A.ADD_MATERIAL: None,
    A.RENEW_CODE: None,
    A.SUPERVISE: Told("supervision", outcome="cause", by=("supervision",)),
    A.ANSWER_SUPERVISION: Told("supervision_answer", ("feedback",)),
    A.ADVISE: None,
    A.ANSWER_ADVICE: None,
    A.NOTIFY_ORGANISATION: None,
    A.STEP_ASIDE: None,
    A.ENTRUST: None,
    A.REPORT_URGENT: None,
    A.CORRECT_ROUTE: None,
    A.NAME_ACCUSED: None,
    A.CLEAR_ACCUSED: None,
    A.DECIDE_ACCUSATION: None,
    A.CONTACT: None,
    A.NOTE: None,
}


@dataclass(frozen=True)
class Promise:
    """The date of the next word that a decision promises, with the clock's key and label."""

    clock: str
    label: str
    day: date


@dataclass(frozen=True)
class Decision:
    """One decision that is owed to the petitioner; `place` is that of its event in the case's history.

    `text` holds what was stated, by field in reading order. `asks` names what the petitioner may ask for
    next ("review", "reexamination" or another "remedy"), `last_day` until when; it is None while the 30 days
    have not begun. What was asked for is not asked for again; while that is looked into, `asked` names it.
    `received_on` is when the written decision reached the petitioner or was refused, and `received_how` the way.
    """

    place: int
    kind: str
    action: A
    at: datetime
    article: str
    outcome: str
    text: Mapping[str, str]
    standing: Standing
    by: Promise | None
    asks: str
    asked: str
    last_day: date | None
    received_on: date | None
    received_how: str


def decisions(events: Sequence[Event], calendar: WorkCalendar, now: datetime) -> list[Decision]:
    """Every decision of a case, oldest first."""
    found = []
    for place, (event, standing) in enumerate(zip(events, standings(events), strict=True)):
        told = TOLD[event.action]
        if told is None:
            continue
        received, how = _received(events, place)
        asks, asked = _asked(_asks(events[: place + 1]), events[place + 1 :])
        found.append(Decision(
            place=place, kind=told.kind, action=event.action, at=event.at, article=RULE_OF[event.action].article,
            outcome=event.data.get(told.outcome, ""),
            text={name: event.data[name] for name in told.parts if event.data.get(name)},
            standing=standing,
            by=_promise(events[: place + 1], told.by, calendar),
            asks=asks,
            asked=asked,
            last_day=_last_day(event, asks, told.right, received, calendar),
            received_on=received,
            received_how=how,
        ))  # fmt: skip
    return found


def _promise(events: Sequence[Event], clocks: Sequence[str], calendar: WorkCalendar) -> Promise | None:
    """What the last event promises: the first of these clocks that runs after it."""
    if not clocks:
        return None
    running = {one.key: one for one in deadlines(events, calendar, events[-1].at)
               if one.state in ("running", "overdue")}  # fmt: skip
    key = next((one for one in clocks if one in running), None)
    return Promise(key, running[key].label, running[key].due_on) if key else None


def _asks(events: Sequence[Event]) -> str:
    """What the petitioner may ask for after the last event."""
    event = events[-1]
    if event.action is A.CONCLUDE:
        return "remedy" if "remedy_by" in event.data else "review" if has_review_right(events) else ""
    upheld_or_changed = event.action is A.DECIDE_REVIEW and event.data.get("decision") != RETURNED
    return "reexamination" if upheld_or_changed else ""


def _asked(asks: str, since: Sequence[Event]) -> tuple[str, str]:
    """What may still be asked for, and what was asked for and is being looked into."""
    request = _REQUESTS.get(asks)
    if request is None or all(one.action is not request for one in since):
        return asks, ""
    latest = last(since, request, *_ENDS_A_REVIEW)
    return "", asks if latest is not None and latest.action is request else ""


def _last_day(event: Event, asks: str, right: str, received: date | None, calendar: WorkCalendar) -> date | None:
    """The day that the decision names for another remedy, or the end of the period that its receipt began."""
    if asks == "remedy":
        return date.fromisoformat(event.data["remedy_by"])
    return due_on(right, received, calendar) if asks and received else None


def _received(events: Sequence[Event], place: int) -> tuple[date | None, str]:
    """When and how the written decision of the event at `place` was received, or refused."""
    document = WRITTEN_IN.get(events[place].action)
    for event in events[place + 1 :]:
        if document is None or WRITTEN_IN.get(event.action) == document:
            break
        delivered = event.action is A.DELIVER and event.data["document"] == document
        if delivered and event.data["method"] != FAILED:
            return date.fromisoformat(event.data["received_on"]), event.data["method"]
    return None, ""
