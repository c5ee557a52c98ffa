"""What the petitioner is told: every decision whole, who has the case, what comes next, and what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import INTERNAL, RIGHTS, Deadline, deadlines
from kiosk_api.domain.decisions import TOLD, Decision, decisions
from kiosk_api.domain.labels_told_zh import (
    ASKED_LABELS,
    DECISION_LABELS,
    PART_LABELS,
    REVIEWERS,
    STANDING_LABELS,
    STEP_LABELS,
    YOU,
)
from kiosk_api.domain.labels_zh import ROLE_LABELS
from kiosk_api.domain.policy import RECEIPT_WORDS_FOR
from kiosk_api.domain.statute import cite
from kiosk_api.domain.steps import steps_of
from kiosk_api.domain.workflow import RULE_OF, Action, Status
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.office import filled_in
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.base.shown import DecisionShown, DocumentShown, Part, PromiseShown, StepShown
from kiosk_api.services.documents.compose import body_above

_APART = ("reason", "where_to_go")  # members of their own
_WHERE = {Action.GUIDE: "organ", Action.CONCLUDE: "remedy_at"}  # elsewhere the field has the member's name
_AT_THE_OFFICE = frozenset({Status.REGISTERED, Status.REPORTED, Status.OBJECTED, Status.GUIDED})
_FOR_THE_CITIZEN = frozenset({"ask_review", "ask_reexamination"})
_OF_THE_OFFICE = frozenset({"route"})
_REVIEWED = {Status.UNDER_REVIEW: Action.CONCLUDE, Status.UNDER_REEXAMINATION: Action.DECIDE_REVIEW}
_OF_REVIEWERS = frozenset({"review", "reexamination"})
_BETWEEN_OFFICES = frozenset({"report", "supervision"})
"""Owed to the petition office, not to the petitioner: named where nothing else runs."""


@dataclass(frozen=True)
class Holder:
    """Who has the case now; `phone` where one is known."""

    unit: str
    phone: str | None


@dataclass(frozen=True)
class NextStep:
    """What comes next: the clock and its label, its date, and who has to act."""

    clock: str
    what: str
    by: date
    who: str


@dataclass(frozen=True)
class Overdue:
    """The clock that ran out first, and the first day on which it was late."""

    since: date
    clock: str
    label: str


@dataclass(frozen=True)
class OwnWords:
    """What the petitioner said, as it was registered."""

    facts: str
    request: str


@dataclass(frozen=True)
class Told:
    """The part of a case's answer that says what was decided and what comes."""

    holder: Holder
    next: NextStep | None
    overdue: Overdue | None
    decisions: list[DecisionShown]


def reviewer_of(records: Records, case: CaseRecord) -> str:
    """Who reviews or re-examines a case now: the unit above the one that decided (Art. 35, 36), by its name where the tree
    knows it; empty when nobody does."""
    decided = _REVIEWED.get(case.status)
    if decided is None:
        return ""
    place = max((place for place, event in enumerate(case.events) if event.action is decided), default=None)
    return (body_above(records, case, place) if place is not None else "") or REVIEWERS[case.status.value]


def told(
    ctx: Context, case: CaseRecord, calendar: WorkCalendar, documents: Mapping[int, DocumentShown], reviewer: str = ""
) -> Told:
    """What is owed to the petitioner of this case now; `documents` by the place of the decision that each tells, `reviewer`
    who has it while it is under review."""
    now = ctx.clock.now()
    clocks = [one for one in deadlines(case.events, calendar, now) if one.key not in INTERNAL]
    return Told(
        holder=_holder(ctx, case, reviewer),
        next=_next(ctx, case, clocks, reviewer),
        overdue=_overdue(clocks),
        decisions=decisions_told(ctx, case, calendar, documents),
    )


def decisions_told(
    ctx: Context,
    case: CaseRecord,
    calendar: WorkCalendar,
    documents: Mapping[int, DocumentShown] = MappingProxyType({}),
) -> list[DecisionShown]:
    """Every decision that is owed to the petitioner, oldest first."""
    return [_shown(one, documents.get(one.place)) for one in decisions(case.events, calendar, ctx.clock.now())]


def steps_told(ctx: Context, case: CaseRecord, calendar: WorkCalendar) -> list[StepShown]:
    """The steps of a case, with what they are called."""
    return [
        StepShown(
            key=one.key, label=STEP_LABELS[one.key], state=one.state, on=one.on, by=one.by, days=one.days,
            article=one.article, article_label=cite(one.article) if one.article else "",
        )
        for one in steps_of(case.kind, case.status, case.events, calendar, ctx.clock.now())
    ]  # fmt: skip


def own_words(ctx: Context, case: CaseRecord) -> OwnWords | None:
    """The petition's own words, for whoever holds the token; None once RECEIPT_WORDS_FOR has passed:
    somebody who finds the QR code later must not be able to read them."""
    if ctx.clock.now() - case.registered_at > RECEIPT_WORDS_FOR:
        return None
    return OwnWords(case.petition.facts, case.petition.request)


def _shown(one: Decision, document: DocumentShown | None) -> DecisionShown:
    rule = RULE_OF[one.action]
    fields = {part.name: part for part in rule.fields}
    text = {name: dict(fields[name].choices).get(said, said) for name, said in one.text.items() if name not in _APART}
    return DecisionShown(
        kind=one.kind,
        label=DECISION_LABELS[one.kind],
        at=one.at,
        outcome=one.outcome or (rule.to.value if rule.to else one.kind),
        outcome_label=_choice_label(one),
        text=text,
        parts=[Part(name, PART_LABELS[name], fields[name].kind == "date") for name in one.text],
        article=one.article,
        article_label=cite(one.article) if one.article else "",
        standing=one.standing,
        standing_label=ASKED_LABELS.get(one.asked) or STANDING_LABELS[one.standing],
        in_force=one.standing == "in_force",
        by=PromiseShown(one.by.clock, one.by.label, one.by.day) if one.by else None,
        asks=one.asks,
        reason=one.text.get("reason", ""),
        where_to_go=one.text.get(_WHERE.get(one.action, "where_to_go"), ""),
        last_day=one.last_day,
        received_on=one.received_on,
        received_how=one.received_how,
        document=document,
    )


def _choice_label(one: Decision) -> str:
    """The outcome in words, as the workflow table lists it."""
    named = TOLD[one.action]
    fields = [part for part in RULE_OF[one.action].fields if named and part.name == named.outcome]
    return dict(fields[0].choices).get(one.outcome, "") if fields else ""


def _holder(ctx: Context, case: CaseRecord, reviewer: str) -> Holder:
    if case.status in _AT_THE_OFFICE or not (case.responsible_unit or reviewer):
        return Holder(_office(ctx), filled_in(ctx.office.get("phone")))
    return Holder(reviewer or case.responsible_unit or "", None)


def _office(ctx: Context) -> str:
    return filled_in(ctx.office.get("name")) or ROLE_LABELS["petition_office"]


def _next(ctx: Context, case: CaseRecord, clocks: Sequence[Deadline], reviewer: str) -> NextStep | None:
    """The nearest date by which somebody in office must act; else until when the petitioner may ask."""
    open_now = [one for one in clocks if one.state in ("running", "overdue")]
    of_somebody = [one for one in open_now if one.key not in RIGHTS]
    for due in (
        [one for one in of_somebody if one.key not in _BETWEEN_OFFICES],
        of_somebody,
        [one for one in open_now if one.key in _FOR_THE_CITIZEN],
    ):
        if due:
            first = min(due, key=lambda one: one.due_on)
            return NextStep(first.key, first.label, first.due_on, _who(ctx, case, first.key, reviewer))
    return None


def _who(ctx: Context, case: CaseRecord, clock: str, reviewer: str) -> str:
    if clock in _FOR_THE_CITIZEN:
        return YOU
    if clock in _OF_THE_OFFICE:
        return _office(ctx)
    return (clock in _OF_REVIEWERS and reviewer) or case.responsible_unit or _office(ctx)


def _overdue(clocks: Sequence[Deadline]) -> Overdue | None:
    late = [one for one in clocks if one.state == "overdue"]
    if not late:
        return None
    first = min(late, key=_was_due)
    return Overdue(_was_due(first) + timedelta(days=1), first.key, first.label)


def _was_due(one: Deadline) -> date:
    """The day that passed first: an extension afterwards does not undo lateness."""
    return one.late_since or one.due_on
