"""Change a registered case by an action of the workflow table; every role's changes go through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.decisions import TOLD
from kiosk_api.domain.workflow import Action, Role, check
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.cases.case_view import TAKEN_BY, state_of
from kiosk_api.services.cases.projection import store, take_step


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
    now, calendar = ctx.clock.now(), records.calendar()
    event, _ = check(state_of(case), action, role, data, now, calendar, actor, unit, other)
    if entered_by:
        event = replace(event, data={**event.data, TAKEN_BY: entered_by})
    take_step(case, event)
    store(ctx, records, case, [event], calendar)
    told = TOLD[action]
    records.send("case_moved", case.id, {"action": action.value, "decision": told.kind if told else ""})
    return calendar
