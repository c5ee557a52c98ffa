"""Change a registered case by an action of the workflow table; every role's changes go through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.workflow import Action, CaseState, Event, Role, Status, WorkflowError, check
from kiosk_api.domain.workflow_table import IS_ACCUSATION
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.cases.case_view import next_due, state_of
from kiosk_api.services.organisation.choosing import problems_of_units


def move(
    ctx: Context,
    records: Records,
    case: CaseRecord,
    action: Action,
    role: Role,
    data: Mapping[str, str],
    actor: str = "",
) -> WorkCalendar:
    """Apply an action inside the caller's transaction, with its notice in the outbox.

    Raises WorkflowError and changes nothing when the table does not allow it.
    """
    now, calendar = ctx.clock.now(), records.calendar()
    event, status = _checked(records, state_of(case), action, role, data, now, calendar, actor)
    case.status = status
    case.events.append(event)
    _carry_over(case, event)
    records.cases.save(case, [event])
    records.cases.set_next_due(case.id, next_due(case, calendar, now))
    records.send("case_moved", case.id, {"action": action.value})
    return calendar


def _checked(
    records: Records, state: CaseState, action: Action, role: Role, data: Mapping[str, str],
    now: datetime, calendar: WorkCalendar, actor: str,
) -> tuple[Event, Status]:  # fmt: skip
    """What the table says, with the problems of the units it names among those of the other fields."""
    wrong_units = problems_of_units(records, state, action, data, now.date())
    try:
        checked = check(state, action, role, data, now, calendar, actor)
    except WorkflowError as refused:
        if refused.code == "incomplete" and wrong_units:
            named = {one.field for one in wrong_units}
            others = [one for one in refused.errors if one.field not in named]
            raise WorkflowError(refused.code, refused.detail, [*wrong_units, *others]) from None
        raise
    if wrong_units:
        raise WorkflowError("incomplete", wrong_units[0].detail, wrong_units)
    return checked


def _carry_over(case: CaseRecord, event: Event) -> None:
    """Update the columns that lists filter on from the events."""
    data = event.data
    if event.action in (Action.FORWARD, Action.ASSIGN, Action.TRANSFER):
        case.responsible_unit = data["unit"]
    elif event.action is Action.UPHOLD_OBJECTION:
        case.responsible_unit = None
    elif event.action is Action.REPORT_URGENT:
        case.emergency = True
    elif event.action is Action.CORRECT_ROUTE:
        case.window = data.get("window") or case.window
        case.domain = data.get("domain") or case.domain
        if data.get("kind"):
            _decided(case, data["kind"])
        case.route = replace(case.route, corrected_window=case.window)
    elif event.action is Action.DECIDE_ACCUSATION:
        if data["kind"] == IS_ACCUSATION:
            _decided(case, "accusation")
        else:
            _decided(case, "appeal" if case.kind == "accusation" else case.kind)


def _decided(case: CaseRecord, kind: str) -> None:
    """An officer has said what it is: an accusation is confidential, and a doubtful one that is none only if the
    citizen asked for it."""
    case.kind = kind
    if kind == "accusation":
        case.confidential = True
    elif case.doubtful:
        case.confidential = case.petition.confidential
    case.doubtful = False
