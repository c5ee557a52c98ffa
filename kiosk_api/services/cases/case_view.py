"""A case as shown to the citizen: status, timeline, clocks, and the steps open next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import RIGHTS, Deadline, deadlines
from kiosk_api.domain.labels_zh import OUTCOME_LABELS, STATUS_LABELS
from kiosk_api.domain.policy import MOST_PICTURES
from kiosk_api.domain.statute import cite
from kiosk_api.domain.workflow import RULE_OF, Action, Allowed, CaseState, Event, Role, Status, allowed
from kiosk_api.services.base.as_json import OPTIONAL
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.base.shown import DeadlineShown
from kiosk_api.services.cases.find_case import GuessedAt, guessed_at

_CAN = {
    "urge": Action.URGE,
    "rate": Action.RATE,
    "request_review": Action.REQUEST_REVIEW,
    "request_reexamination": Action.REQUEST_REEXAMINATION,
    "withdraw": Action.WITHDRAW,
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
    """The same for the citizen, with the number of pictures added."""

    pictures: int = field(default=0, metadata=OPTIONAL)


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
    `can` says of each step by name whether the petitioner may take it.
    """

    case_number: str
    status: Status
    status_label: str
    registered_at: datetime
    window: str
    responsible_unit: str | None
    timeline: list[PublicTimelineItem]
    deadlines: list[DeadlineShown]
    opinion: Opinion | None
    pictures: int
    pictures_left: int
    guessed_at: GuessedAt | None
    can: dict[str, Permit]


def state_of(case: CaseRecord) -> CaseState:
    """The state of a case for the workflow rules."""
    return CaseState(
        status=case.status,
        kind=case.kind,
        responsible_unit=case.responsible_unit,
        events=tuple(case.events),
        about_unit=case.petition.about_unit,
        confidential=case.confidential,
        doubtful=case.doubtful,
    )


def deadline_list(ctx: Context, case: CaseRecord, calendar: WorkCalendar) -> list[DeadlineShown]:
    """The clocks of a case for display."""
    return [_deadline(one) for one in deadlines(case.events, calendar, ctx.clock.now())]


def next_due(case: CaseRecord, calendar: WorkCalendar, now: datetime) -> date | None:
    """The nearest date by which somebody in office must act."""
    open_clocks = [
        one.due_on
        for one in deadlines(case.events, calendar, now)
        if one.key not in RIGHTS and one.state in ("running", "overdue")
    ]
    return min(open_clocks, default=None)


def citizen_view(ctx: Context, records: Records, case: CaseRecord) -> CitizenView:
    """What the petitioner may see and do now."""
    now, calendar = ctx.clock.now(), records.calendar()
    pictures = len(records.attachments.of_case(case.id))
    options = {one.rule.action: one for one in allowed(state_of(case), Role.PETITIONER, now, calendar)}
    return CitizenView(
        case_number=case.case_number,
        status=case.status,
        status_label=STATUS_LABELS[case.status.value],
        registered_at=case.registered_at,
        window=case.window,
        responsible_unit=records.units.name_of(case.responsible_unit),
        timeline=[_public_item(event) for event in case.events if RULE_OF[event.action].is_public],
        deadlines=deadline_list(ctx, case, calendar),
        opinion=opinion_of(case.events),
        pictures=pictures,
        pictures_left=max(MOST_PICTURES - pictures, 0),
        guessed_at=guessed_at(ctx, records, case.case_number),
        can={name: _permit(options[action], pictures) for name, action in _CAN.items()},
    )


def _permit(one: Allowed, pictures: int) -> Permit:
    """Whether a step is open now; a full case takes no more pictures."""
    reason = one.reason
    if one.rule.action is Action.ADD_MATERIAL and one.allowed and pictures >= MOST_PICTURES:
        reason = f"这件事已经有{pictures}张照片，放不下了。其余的材料请带到窗口交。"
    return Permit(one.allowed and not reason, reason, one.until)


def _public_item(event: Event) -> PublicTimelineItem:
    count = event.data.get("count", "") if event.action is Action.ADD_MATERIAL else ""
    return PublicTimelineItem(**vars(timeline_item(event)), pictures=int(count or 0))


def timeline_item(event: Event) -> TimelineItem:
    """One line of the history."""
    rule = RULE_OF[event.action]
    cited = cite(rule.article) if rule.article else ""
    return TimelineItem(event.at, event.action, rule.label, rule.article, cited)


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


def _deadline(one: Deadline) -> DeadlineShown:
    return DeadlineShown(
        key=one.key,
        label=one.label,
        article=one.article,
        article_label=cite(one.article),
        starts_on=one.starts_on,
        due_on=one.due_on,
        state=one.state,
        provisional=one.provisional,
    )
