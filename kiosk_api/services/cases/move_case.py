"""Change a registered case by an action of the workflow table; every role's changes go through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.decisions import TOLD
from kiosk_api.domain.workflow import Action, CaseState, Event, Role, WorkflowError, check
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.cases.case_view import TAKEN_BY, state_of
from kiosk_api.services.cases.projection import store, take_step
from kiosk_api.services.cases.walling import problems_of_wall, taken_back, with_account
from kiosk_api.services.organisation.choosing import problems_of_units, units_named, with_units


def move(
    ctx: Context,
    records: Records,
    case: CaseRecord,
    action: Action,
    role: Role,
    data: Mapping[str, str],
    actor: str = "",
    unit: str = "",
    other: str = "",
    entered_by: str = "",
) -> WorkCalendar:
    """Apply an action inside the caller's transaction, with its notice in the outbox: what was done, and which
    decision is to be told, never its text. `unit` is the officer's, `other` the account of another officer whom the
    data name.
    `entered_by` is the officer who enters a step that the petitioner takes at the window.

    Raises WorkflowError and changes nothing when the table does not allow it.
    """
    now, calendar, before = ctx.clock.now(), records.calendar(), case.accusation
    named = units_named(action, data)
    state = with_units(records, state_of(case), [unit, *named.values()])
    event = _checked(records, case, state, action, role, data, now, calendar, (actor, unit, other))
    if entered_by:
        event = replace(event, data={**event.data, TAKEN_BY: entered_by})
    take_step(case, event)
    others = taken_back(ctx, records, case, before, event, calendar)
    for one in others:
        take_step(case, one)
    store(ctx, records, case, [event, *others], calendar)
    told = TOLD[action]
    records.send("case_moved", case.id, {"action": action.value, "decision": told.kind if told else ""})
    return calendar


def _checked(
    records: Records, case: CaseRecord, state: CaseState, action: Action, role: Role, data: Mapping[str, str],
    now: datetime, calendar: WorkCalendar, persons: tuple[str, str, str],
) -> Event:  # fmt: skip
    """What the table says, with what is wrong with the units and persons it names among the other fields."""
    wrong_units = problems_of_units(records, action, data, now.date())
    if not wrong_units:
        wrong_units = problems_of_wall(records, case, action, data)
    try:
        event, _ = check(state, action, role, data, now, calendar, *persons)
    except WorkflowError as refused:
        if refused.code == "incomplete" and wrong_units:
            named = {one.field for one in wrong_units}
            others = [one for one in refused.errors if one.field not in named]
            raise WorkflowError(refused.code, refused.detail, [*wrong_units, *others]) from None
        raise
    if wrong_units:
        raise WorkflowError("incomplete", wrong_units[0].detail, wrong_units)
    return with_account(records, event)
