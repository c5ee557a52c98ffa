"""A case as shown to the citizen: status, timeline, clocks, and the steps open next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import INTERNAL, Deadline, deadlines
from kiosk_api.domain.labels_told_zh import NOT_HANDED_OVER
from kiosk_api.domain.labels_zh import OUTCOME_LABELS, STATUS_LABELS
from kiosk_api.domain.policy import MOST_PICTURES
from kiosk_api.domain.standing import standings
from kiosk_api.domain.statute import cite
from kiosk_api.domain.wall import is_recorded
from kiosk_api.domain.workflow import RULE_OF, Action, Allowed, CaseState, Event, Role, Status, allowed
from kiosk_api.services.base.as_json import OPTIONAL
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.base.shown import DeadlineShown, DecisionShown, StepShown
from kiosk_api.services.cases.find_case import GuessedAt, guessed_at
from kiosk_api.services.cases.notices_told import NoticesTold, notices_told
from kiosk_api.services.cases.told import Holder, NextStep, Overdue, OwnWords, own_words, reviewer_of, steps_told, told
from kiosk_api.services.documents.listing import documents_of
from kiosk_api.services.organisation.naming import with_names

_PROVEN_BY_PHONE = frozenset({
    Action.REQUEST_REVIEW, Action.REQUEST_REEXAMINATION, Action.WITHDRAW, Action.ADD_MATERIAL, Action.DELIVER,
})  # fmt: skip
TAKEN_BY = "taken_by"
"""In the data of a petitioner's step: the officer who entered it at the window."""
_CAN = {
    "urge": Action.URGE,
    "rate": Action.RATE,
    "request_review": Action.REQUEST_REVIEW,
    "request_reexamination": Action.REQUEST_REEXAMINATION,
    "withdraw": Action.WITHDRAW,
    "confirm_receipt": Action.DELIVER,
    "add_material": Action.ADD_MATERIAL,
}


@dataclass(frozen=True)
class TimelineItem:
    """One line of the history."""

    at: datetime
    event: Action
    label: str
    article: str
    article_label: str


@dataclass(frozen=True)
class PublicTimelineItem(TimelineItem):
    """The same for the citizen, with the number of pictures added, and whether an officer entered the step for
    somebody who stood at the window."""

    pictures: int = field(default=0, metadata=OPTIONAL)
    at_the_window: bool = field(default=False, metadata=OPTIONAL)


@dataclass(frozen=True)
class Opinion:
    """The written opinion with its four parts (Art. 32)."""

    outcome: str
    outcome_label: str
    request: str
    facts_and_reasons: str
    finding: str
    legal_basis: str
    concluded_at: datetime


@dataclass(frozen=True)
class Permit:
    """Whether a step is open now, if not why, and until when it is."""

    allowed: bool
    reason: str
    until: date | None


@dataclass(frozen=True)
class CitizenView:
    """The state of a case; holds nothing that identifies the petitioner.

    `pictures` counts the photos of papers; `pictures_left` is how many more the case can hold.
    `can` says of each step by name whether the petitioner may take it. `opinion` is the one in force;
    `decisions` are all, and `own_words` only for whoever holds the token of a fresh case.
    """

    case_number: str
    status: Status
    status_label: str
    registered_at: datetime
    window: str
    responsible_unit: str | None
    holder: Holder
    next: NextStep | None
    overdue: Overdue | None
    own_words: OwnWords | None
    steps: list[StepShown]
    decisions: list[DecisionShown]
    timeline: list[PublicTimelineItem]
    deadlines: list[DeadlineShown]
    opinion: Opinion | None
    pictures: int
    pictures_left: int
    guessed_at: GuessedAt | None
    notices: NoticesTold
    can: dict[str, Permit]


def state_of(case: CaseRecord) -> CaseState:
    """The state of a case for the workflow rules."""
    return CaseState(
        status=case.status,
        kind=case.kind,
        responsible_unit=case.responsible_unit,
        events=tuple(case.events),
        about_unit=None if is_recorded(case.events) else case.petition.about_unit,
        confidential=case.confidential,
        doubtful=case.doubtful,
        channel=str(case.channel),
    )


def deadline_list(ctx: Context, case: CaseRecord, calendar: WorkCalendar) -> list[DeadlineShown]:
    """The clocks of a case for display."""
    return [_deadline(one) for one in deadlines(case.events, calendar, ctx.clock.now())]


def citizens_deadlines(ctx: Context, case: CaseRecord, calendar: WorkCalendar) -> list[DeadlineShown]:
    """The clocks that are the petitioner's business: not those between offices."""
    return [one for one in deadline_list(ctx, case, calendar) if one.key not in INTERNAL]


def citizen_view(ctx: Context, records: Records, case: CaseRecord, *, by_token: bool = False) -> CitizenView:
    """What the petitioner may see and do now; `by_token` when the receipt's token was shown."""
    now, calendar = ctx.clock.now(), records.calendar()
    pictures = len(records.attachments.of_case(case.id))
    named = with_names(records, case)
    said = told(ctx, named, calendar, documents_of(records, case), reviewer_of(records, case))
    options = {one.rule.action: one for one in allowed(state_of(case), Role.PETITIONER, now, calendar)}
    return CitizenView(
        case_number=case.case_number,
        status=case.status,
        status_label=STATUS_LABELS[case.status.value],
        registered_at=case.registered_at,
        window=case.window,
        responsible_unit=named.responsible_unit,
        holder=said.holder,
        next=said.next,
        overdue=said.overdue,
        own_words=own_words(ctx, case) if by_token else None,
        steps=steps_told(ctx, case, calendar),
        decisions=said.decisions,
        timeline=public_timeline(case.events),
        deadlines=citizens_deadlines(ctx, case, calendar),
        opinion=opinion_in_force(case.events),
        pictures=pictures,
        pictures_left=max(MOST_PICTURES - pictures, 0),
        guessed_at=guessed_at(ctx, records, case.case_number),
        notices=notices_told(ctx, records, case),
        can={name: _permit(options[action], pictures, bool(case.petition.phone)) for name, action in _CAN.items()},
    )


def _permit(one: Allowed, pictures: int, has_phone: bool) -> Permit:
    """Whether a step is open now; a full case takes no more pictures, and what the phone has to prove is done at the
    window where none was given."""
    reason = one.reason
    if one.allowed and not has_phone and one.rule.action in _PROVEN_BY_PHONE:
        reason = "登记时没有留电话。办这一项，请带回执和身份证到窗口。"
    if one.rule.action is Action.ADD_MATERIAL and one.allowed and pictures >= MOST_PICTURES:
        reason = f"这件事已经有{pictures}张照片，放不下了。其余的材料请带到窗口交。"
    return Permit(one.allowed and not reason, reason, one.until)


def public_timeline(events: Sequence[Event]) -> list[PublicTimelineItem]:
    """What the citizen may know of the history; documents that were received together are one line."""
    found: list[PublicTimelineItem] = []
    for event in events:
        line = _public_item(event)
        again = event.action is Action.DELIVER and found and found[-1] == line
        if RULE_OF[event.action].is_public and not again:
            found.append(line)
    return found


def _public_item(event: Event) -> PublicTimelineItem:
    count = event.data.get("count", "") if event.action is Action.ADD_MATERIAL else ""
    line = timeline_item(event)
    if event.action is Action.DELIVER:
        line = replace(line, label=NOT_HANDED_OVER.get(event.data.get("method", ""), line.label))
    return PublicTimelineItem(**vars(line), pictures=int(count or 0), at_the_window=TAKEN_BY in event.data)


def timeline_item(event: Event) -> TimelineItem:
    """One line of the history."""
    rule = RULE_OF[event.action]
    cited = cite(rule.article) if rule.article else ""
    return TimelineItem(event.at, event.action, rule.label, rule.article, cited)


def opinion_in_force(events: list[Event]) -> Opinion | None:
    """The latest written opinion unless a review has changed or annulled it."""
    places = [place for place, event in enumerate(events) if event.action is Action.CONCLUDE]
    return opinion_of(events) if places and standings(events)[places[-1]] == "in_force" else None


def opinion_of(events: list[Event]) -> Opinion | None:
    """The latest written opinion."""
    for event in reversed(events):
        if event.action is Action.CONCLUDE:
            outcome, given = event.data.get("outcome", ""), event.data
            return Opinion(
                outcome=outcome,
                outcome_label=OUTCOME_LABELS.get(outcome, outcome),
                request=given.get("request", ""),
                facts_and_reasons=given.get("facts_and_reasons", ""),
                finding=given.get("finding", ""),
                legal_basis=given.get("legal_basis", ""),
                concluded_at=event.at,
            )
    return None


def ratings_of(events: Sequence[Event]) -> dict[str, str] | None:
    """The latest rating."""
    for event in reversed(events):
        if event.action is Action.RATE:
            return dict(event.data)
    return None


def _deadline(one: Deadline) -> DeadlineShown:
    return DeadlineShown(
        key=one.key,
        label=one.label,
        article=one.article,
        article_label=cite(one.article) if one.article else "",
        starts_on=one.starts_on,
        due_on=one.due_on,
        state=one.state,
        provisional=one.provisional,
    )
