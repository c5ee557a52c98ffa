"""Lists of cases for staff, and one case with the actions open to the officer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk_api.domain.accusations import Accusation
from kiosk_api.domain.assignments import HANDLERS, kept_by
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import (
    DOMAIN_LABELS,
    KIND_LABELS,
    ROLE_LABELS,
    STATUS_LABELS,
)
from kiosk_api.domain.limits import PAGES_MAX, SEARCH_MAX
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.policy import DUE_SOON, MOST_PICTURES
from kiosk_api.domain.registration import CHANNEL_LABELS, Arrival, Channel
from kiosk_api.domain.windows import window_label
from kiosk_api.domain.workflow import Action, Field, Role, Status, allowed
from kiosk_api.domain.workflow_table import TAKES_PAPERS
from kiosk_api.services.attachments.bundles import PictureShown, shown
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseFilter, CaseRecord, Officer
from kiosk_api.services.base.route import CaseRoute
from kiosk_api.services.base.shown import DeadlineShown
from kiosk_api.services.cases.case_view import (
    Opinion,
    TimelineItem,
    deadline_list,
    opinion_of,
    ratings_of,
    state_of,
    timeline_item,
)
from kiosk_api.services.cases.find_case import GuessedAt, guessed_at
from kiosk_api.services.organisation.choosing import with_units
from kiosk_api.services.organisation.naming import data_with_names
from kiosk_api.services.staff.accused import AccusedShown, accused_shown
from kiosk_api.services.staff.advice import fields_for
from kiosk_api.services.staff.case_lines import CaseList, lines_of
from kiosk_api.services.staff.earlier_cases import EarlierCase, earlier_case
from kiosk_api.services.staff.in_hand import hand_of
from kiosk_api.services.staff.people import InCharge, in_charge
from kiosk_api.services.staff.petitioner_notices import NoticeOnDesk, notices_of_case
from kiosk_api.services.staff.reading_log import note_reading, require_reason
from kiosk_api.services.staff.searching import as_number, units_called
from kiosk_api.services.staff.sight import sight_of, visible_case

PAGE_SIZE = 20
COUNTED_MOST = 1000
"""Counting a list ends here: nobody works through more in a day, and counting them all would hold up the page."""
MAY_RENEW = frozenset({Role.PETITION_OFFICE, Role.SUPERVISOR})
VIEWS = ("mine", "new", "due", "overdue", "urged", "all")
_MINE: dict[Role, frozenset[Status]] = {
    Role.PETITION_OFFICE: frozenset({Status.REGISTERED, Status.REPORTED, Status.OBJECTED}),
    Role.SUPERVISOR: frozenset({Status.OBJECTED}),
    Role.RESPONSIBLE_UNIT: frozenset({Status.FORWARDED, Status.ASSIGNED, Status.ACCEPTED, Status.REHANDLING}),
    Role.UNIT_LEADER: frozenset({Status.ACCEPTED, Status.REHANDLING}),
    Role.REVIEW_UNIT: frozenset({Status.UNDER_REVIEW, Status.UNDER_REEXAMINATION}),
}
_NEW = frozenset({Status.REGISTERED, Status.FORWARDED, Status.ASSIGNED})


@dataclass(frozen=True)
class Wanted:
    """The query of a list; a case must match everything given. `q` is part of a case number
    or of a unit's name: the petitioner's name and text are encrypted and cannot be searched."""

    view: str = "mine"
    q: str = ""
    kind: str = ""
    status: str = ""
    channel: str = ""


@dataclass(frozen=True)
class CasePicture(PictureShown):
    """A picture of a case; `later` when it came after registration."""

    at: datetime
    later: bool


@dataclass(frozen=True)
class StaffTimelineItem(TimelineItem):
    """A line of the history with who acted and what was stated."""

    actor: str
    data: dict[str, str]


@dataclass(frozen=True)
class ActionShown:
    """An action of the workflow table, and why it is not open now, if it is not."""

    action: Action
    label: str
    article: str
    allowed: bool
    reason: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class StaffView:
    """Everything an officer needs to act lawfully; `petition` is what the citizen stated, `arrival` how it came where
    staff registered it."""

    case_number: str
    status: Status
    status_label: str
    kind: str
    kind_label: str
    accusation: Accusation
    domain_label: str
    window: str
    window_label: str
    emergency: bool
    petition: Petition
    assisted_by: str
    channel: Channel
    channel_label: str
    arrival: Arrival | None
    confidential: bool
    pictures: list[CasePicture]
    route: CaseRoute
    responsible_unit: str | None
    responsible_unit_id: str | None
    registered_at: datetime
    timeline: list[StaffTimelineItem]
    deadlines: list[DeadlineShown]
    actions: list[ActionShown]
    opinion: Opinion | None
    ratings: dict[str, str] | None
    may_renew_code: bool
    steps: int
    takes_papers: bool
    guessed_at: GuessedAt | None
    notices: list[NoticeOnDesk]
    earlier: EarlierCase | None
    accused: AccusedShown | None
    in_charge: InCharge | None


def list_cases(ctx: Context, officer: Officer, wanted: Wanted, page: int = 1) -> CaseList:
    """One page of a list, and how many each list holds of what is wanted."""
    if wanted.view not in VIEWS:
        raise DomainError("unknown_view", "没有这个列表。")
    number = max(1, page)
    with ctx.store.read() as records:
        sight = sight_of(records, officer)
        own = _own(ctx, records, officer, sight)
        wanted = replace(wanted, q=as_number(wanted.q.strip()[:SEARCH_MAX]))
        sight, own = (replace(one, called=units_called(ctx, records, wanted.q)) for one in (sight, own))
        found = {
            name: _filter(ctx, officer, own if name == "mine" else sight, replace(wanted, view=name)) for name in VIEWS
        }
        rows = records.cases.page(found[wanted.view], PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
        counts = {name: records.cases.count(one, COUNTED_MOST) for name, one in found.items()}
        # who must say why they read a case reads nothing of it here (decision 0034)
        lines = lines_of(records, rows[:PAGE_SIZE], with_words=officer.role not in ctx.reading_reasons)
    more = len(rows) > PAGE_SIZE
    is_last = number >= PAGES_MAX
    return CaseList(lines, number, more and not is_last, counts, more and is_last)


def view_case(ctx: Context, officer: Officer, case_number: str) -> StaffView:
    """One case in full. Raises DomainError `case_not_found` when it is not theirs to see."""
    with ctx.store.read() as records:
        case = visible_case(records, officer, case_number)
        view = staff_view(ctx, records, officer, case)
    note_reading(ctx, officer, case.id, "case")
    return view


def still_visible(ctx: Context, officer: Officer, case_number: str) -> bool:
    """Whether the case is still theirs to see; not a reading of it."""
    with ctx.store.read() as records:
        try:
            visible_case(records, officer, case_number)
        except DomainError:
            return False
    return True


def steps_of(case: CaseRecord) -> int:
    """How many steps the office's side has taken: a page that was loaded before the last one is stale."""
    return sum(event.role is not Role.PETITIONER for event in case.events)


def check_seen(case: CaseRecord, seen: int | None) -> None:
    """Refuse a step on a page that was loaded before the last one. Raises DomainError `case_changed`."""
    if seen is not None and seen != steps_of(case):
        raise DomainError(
            "case_changed", "刚才有同事在这件事上办了一步，您这一步还没有办成。请看过最新的办理经过，再办一次。"
        )


def staff_view(ctx: Context, records: Records, officer: Officer, case: CaseRecord) -> StaffView:
    """A case as this officer may see it now, who has said why where the office asks."""
    require_reason(ctx, records, officer, case.id)
    now, calendar = ctx.clock.now(), records.calendar()
    state = with_units(records, state_of(case), [officer.unit or ""])
    hand = hand_of(ctx, records, officer, case)
    pictures = [
        CasePicture(**vars(shown(row)), at=row.created_at, later=row.created_at > case.registered_at)
        for row in records.attachments.of_case(case.id)
    ]
    return StaffView(
        case_number=case.case_number,
        status=case.status,
        status_label=STATUS_LABELS[case.status.value],
        kind=case.kind,
        kind_label=KIND_LABELS[case.kind],
        accusation=case.accusation,
        domain_label=DOMAIN_LABELS[case.domain],
        window=case.window,
        window_label=window_label(case.window),
        emergency=case.emergency,
        petition=case.petition,
        assisted_by=str(case.events[0].data.get("assisted_by", "")) if case.events else "",
        channel=case.channel,
        channel_label=CHANNEL_LABELS[case.channel],
        arrival=Arrival.from_data(case.events[0].data) if case.events else None,
        confidential=case.confidential,
        pictures=pictures,
        route=case.route,
        responsible_unit=records.units.name_of(case.responsible_unit),
        responsible_unit_id=case.responsible_unit,
        registered_at=case.registered_at,
        timeline=_timeline(records, case),
        deadlines=deadline_list(ctx, case, calendar),
        actions=[
            ActionShown(
                action=one.rule.action,
                label=one.rule.label,
                article=one.rule.article,
                allowed=one.allowed and not hand.why_not(one.rule.action),
                reason=hand.why_not(one.rule.action) or one.reason,
                fields=fields_for(one.rule, state, officer),
            )
            for one in allowed(state, officer.role, now, calendar, officer.id, officer.unit or "")
            if not one.rule.own_way
        ],
        opinion=opinion_of(case.events),
        ratings=ratings_of(case.events),
        may_renew_code=officer.role in MAY_RENEW,
        steps=steps_of(case),
        takes_papers=case.status in TAKES_PAPERS and len(pictures) < MOST_PICTURES,
        guessed_at=guessed_at(ctx, records, case.case_number),
        notices=notices_of_case(records, case),
        earlier=earlier_case(ctx, records, officer, case),
        accused=accused_shown(records, officer, case),
        in_charge=in_charge(ctx, records, officer, case),
    )


def _timeline(records: Records, case: CaseRecord) -> list[StaffTimelineItem]:
    return [
        StaffTimelineItem(**vars(timeline_item(event)), actor=ROLE_LABELS[event.role.value], data=data)
        for event, data in zip(case.events, data_with_names(records, case.events), strict=True)
    ]


def _own(ctx: Context, records: Records, officer: Officer, sight: CaseFilter) -> CaseFilter:
    """What is theirs to do: of their own unit, what they have, or stand in for, and what nobody has."""
    if officer.role not in HANDLERS or not officer.unit:
        return sight
    away = records.people.absences(officer.unit, today := ctx.clock.now().date(), today)
    return replace(sight, units=frozenset({officer.unit}), kept_by=kept_by(officer.id, away))


def _filter(ctx: Context, officer: Officer, sight: CaseFilter, wanted: Wanted) -> CaseFilter:
    """The filter that combines what the officer may see, the view and the search."""
    today = ctx.clock.now().date()
    view = wanted.view
    in_view = {"mine": _MINE.get(officer.role, frozenset()), "new": _NEW}.get(view)
    return replace(
        sight,
        statuses=_in_all(sight.statuses, in_view, {wanted.status} if wanted.status else None),
        kinds=_in_all(sight.kinds, {wanted.kind} if wanted.kind else None),
        due_until=today + DUE_SOON if view == "due" else None,
        due_before=today if view == "overdue" else None,
        urged=view == "urged",
        words=wanted.q,
        channel=wanted.channel,
    )


def _in_all(*sets: Collection[str] | None) -> frozenset[str] | None:
    """The intersection of all sets given; None when none is given."""
    given = [frozenset(map(str, one)) for one in sets if one is not None]
    return frozenset.intersection(*given) if given else None
