"""What the Regulations owe the petitioner in words: which fields of which action are told (Art. 23, 32-36).

Only fields named here leave the office. Who acted, who approved, notes, and what one office writes to
another stay inside. An action without an entry fails a test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.standing import Standing, standings
from kiosk_api.domain.workflow_table import RULE_OF
from kiosk_api.domain.workflow_types import Action as A
from kiosk_api.domain.workflow_types import Event


@dataclass(frozen=True)
class Told:
    """What is told of an action: `parts` are fields of its data in reading order, `outcome` the field that
    names the result. `by` is the clock that says when the next word is due, `right` the one that says how
    long the petitioner may ask for the next instance."""

    kind: str
    parts: tuple[str, ...] = ()
    outcome: str = ""
    by: str = ""
    right: str = ""


_FOUR_PARTS = ("request", "facts_and_reasons", "finding", "legal_basis")

TOLD: dict[A, Told | None] = {
    A.REGISTER: None,
    A.FORWARD: Told("forwarding", ("unit",), by="notice"),
    A.ASSIGN: Told("forwarding", ("unit",), by="notice"),
    A.REPORT_FOR_DECISION: Told("report", outcome="reported_to", by="next_word"),
    A.TRANSFER: Told("transfer", ("unit", "reason"), by="next_word"),
    A.GUIDE: Told("guidance", ("organ", "reason", "bring")),
    A.DECIDE_REPEAT: None,
    A.DECLINE_REPEAT: Told("non_acceptance", ("reason", "where_to_go"), outcome="cause"),
    A.OBJECT: None,
    A.UPHOLD_OBJECTION: None,
    A.REJECT_OBJECTION: None,
    A.DECIDE_COMPETENCE: Told("forwarding", ("unit",), by="notice"),
    A.RECALL: None,
    A.GIVE_WORD: Told("word", ("word",), by="next_word"),
    A.ACCEPT: Told("acceptance", ("organ", "own_limit"), outcome="procedure", by="conclude"),
    A.DECLINE: Told("non_acceptance", ("reason", "where_to_go")),
    A.REQUEST_EXTENSION: None,
    A.REFUSE_EXTENSION: None,
    A.EXTEND: Told("extension", ("reason", "days"), by="conclude"),
    A.HOLD_HEARING: None,
    A.END_HEARING: None,
    A.CONCLUDE: Told("opinion", (*_FOUR_PARTS, "remedy_at", "remedy_by"), outcome="outcome", right="ask_review"),
    A.ANSWER_SUGGESTION: Told("reply", ("reason",), outcome="outcome"),
    A.REPORT_OUTCOME: Told("outcome", ("result",)),
    A.REPORT_EXECUTION: Told("execution", ("how",), outcome="carried_out"),
    A.CLOSING_REPORT: None,
    A.DELIVER: None,
    A.MEDIATE: None,
    A.SETTLE: Told("settlement", ("agreement",)),
    A.REQUEST_REVIEW: None,
    A.DECIDE_REVIEW: Told("review", ("opinion", "new_result", "unit"), outcome="decision", right="ask_reexamination"),
    A.REQUEST_REEXAMINATION: None,
    A.DECIDE_REEXAMINATION: Told("reexamination", ("opinion", "new_result", "unit"), outcome="decision"),
    A.WITHDRAW: None,
    A.CLOSE: None,
    A.RATE: None,
    A.URGE: None,
    A.ADD_MATERIAL: None,
    A.RENEW_CODE: None,
    A.SUPERVISE: Told("supervision", outcome="cause"),
    A.ANSWER_SUPERVISION: Told("supervision_answer", ("feedback",)),
    A.ADVISE: None,
    A.ANSWER_ADVICE: None,
    A.NOTIFY_ORGANISATION: None,
    A.STEP_ASIDE: None,
    A.REPORT_URGENT: None,
    A.CORRECT_ROUTE: None,
    A.DECIDE_ACCUSATION: None,
    A.NOTE: None,
}


@dataclass(frozen=True)
class Decision:
    """One decision that is owed to the petitioner; `place` is that of its event in the case's history.

    `text` holds what was stated, by field in reading order. `by` is the date of the next word that it
    promises, `last_day` until when the petitioner may ask for the next instance.
    """

    place: int
    kind: str
    action: A
    at: datetime
    article: str
    outcome: str
    text: Mapping[str, str]
    standing: Standing
    by: date | None
    last_day: date | None


def decisions(events: Sequence[Event], calendar: WorkCalendar, now: datetime) -> list[Decision]:
    """Every decision of a case, oldest first."""
    found = []
    for place, (event, standing) in enumerate(zip(events, standings(events), strict=True)):
        told = TOLD[event.action]
        if told is None:
            continue
        until = _next_of_kind(events, place)
        found.append(Decision(
            place=place, kind=told.kind, action=event.action, at=event.at, article=RULE_OF[event.action].article,
            outcome=event.data.get(told.outcome, ""),
            text={name: event.data[name] for name in told.parts if event.data.get(name)},
            standing=standing,
            by=_due(events[: place + 1], told.by, calendar, event.at, since=None),
            last_day=_due(events[:until], told.right, calendar, now, since=event.at.date()),
        ))  # fmt: skip
    return found


def _next_of_kind(events: Sequence[Event], place: int) -> int:
    """Where the next decision of the same action stands, else the end."""
    action = events[place].action
    return next((n for n in range(place + 1, len(events)) if events[n].action is action), len(events))


def _due(
    events: Sequence[Event], clock: str, calendar: WorkCalendar, now: datetime, *, since: date | None
) -> date | None:
    """The last day of the newest clock of this name, not of one that began before `since`."""
    if not clock:
        return None
    days = [one.due_on for one in deadlines(events, calendar, now)
            if one.key == clock and (since is None or one.starts_on >= since)]  # fmt: skip
    return days[-1] if days else None
