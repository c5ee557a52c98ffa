"""Keep what follows from a case's events: written with every event, checked by the worker, made anew by command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk_api.domain.accusations import Accusation
from kiosk_api.domain.assignments import assignments_of
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.case_facts import Facts, after
from kiosk_api.domain.oversight import beside
from kiosk_api.domain.projection import project
from kiosk_api.domain.workflow import Action, Event
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notices_made import keep_of_events
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.cases.walling import wall_around


def store(
    ctx: Context, records: Records, case: CaseRecord, new_events: Sequence[Event], calendar: WorkCalendar
) -> None:
    """Save a changed case with its new events and all that follows from them, in the caller's transaction; also what
    the petitioner is told of them, which nothing makes anew."""
    records.cases.save(case, new_events)
    keep_of_events(records, case, len(new_events), ctx.clock.now())
    put_projection(ctx, records, case, calendar)


def put_projection(ctx: Context, records: Records, case: CaseRecord, calendar: WorkCalendar) -> bool:
    """Store clocks, wall, assignments and what goes on beside, of a case as they are now; whether anything was different."""
    walled = records.walls.put(case.id, wall_around(records, case))
    given = records.people.put(case.id, assignments_of(case.events))
    around = records.oversight.put(case.id, beside(case.events))
    changed = records.clocks.put(case, project(case.events, calendar, ctx.clock.now()))
    return changed or walled or given or around


def is_projected(ctx: Context, records: Records, case: CaseRecord, calendar: WorkCalendar) -> bool:
    """Whether stored clocks, wall, assignments and what goes on beside are what follows from the events."""
    if not records.people.holds(case.id, assignments_of(case.events)):
        return False
    if not records.oversight.holds(case.id, beside(case.events)):
        return False
    if not records.walls.holds(case.id, wall_around(records, case)):
        return False
    return records.clocks.holds(case, project(case.events, calendar, ctx.clock.now()))


def take_step(case: CaseRecord, event: Event) -> None:
    """Add an event to a case, with what it changes."""
    case.events.append(event)
    set_facts(case, after(facts_of(case), event, case.events[:-1]))
    if event.action is Action.CORRECT_ROUTE:
        case.route = replace(case.route, corrected_window=case.window)


def facts_of(case: CaseRecord) -> Facts:
    """The facts as they are stored."""
    return Facts(
        kind=case.kind,
        domain=case.domain,
        window=case.window,
        emergency=case.emergency,
        confidential=case.confidential,
        doubtful=case.doubtful,
        asked_confidential=case.petition.confidential,
        status=case.status,
        responsible_unit=case.responsible_unit,
        channel=case.channel,
        repeat_of=case.repeat_of,
    )


def facts_from_events(case: CaseRecord) -> Facts:
    """The facts as they follow from the petition, the proposal for it and the events."""
    route, petition = case.route, case.petition
    accusation = route.accusation or (Accusation.YES if route.kind == "accusation" else Accusation.NO)
    facts = Facts(
        kind=route.kind,
        domain=route.domain,
        window=petition.window_choice or route.window,
        emergency=route.emergency,
        confidential=petition.confidential or accusation != Accusation.NO,
        doubtful=accusation == Accusation.DOUBTFUL,
        asked_confidential=petition.confidential,
    )
    for place, event in enumerate(case.events):
        facts = after(facts, event, case.events[:place])
    return facts


def set_facts(case: CaseRecord, facts: Facts) -> None:
    """Write them into the record."""
    case.status, case.responsible_unit = facts.status, facts.responsible_unit
    case.kind, case.domain = facts.kind, facts.domain
    case.emergency, case.confidential, case.doubtful = facts.emergency, facts.confidential, facts.doubtful
    case.window = facts.window
    case.channel, case.repeat_of = facts.channel, facts.repeat_of
