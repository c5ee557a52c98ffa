"""Units by their names where people read: events hold ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kiosk_api.domain.persons import ACTING_UNIT
from kiosk_api.domain.workflow import RULE_OF, Event
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord


def data_with_names(records: Records, events: Sequence[Event]) -> list[dict[str, str]]:
    """The data of each event, with the name of a unit in place of its id.

    Events of older releases hold the name itself.
    """
    fields = [
        {ACTING_UNIT, *(one.name for one in RULE_OF[event.action].fields if one.kind == "unit")} for event in events
    ]
    ids = {
        event.data[name] for event, names in zip(events, fields, strict=True) for name in names if name in event.data
    }
    known = records.units.names_of(ids)
    return [
        {name: known.get(text, text) if name in names else text for name, text in event.data.items()}
        for event, names in zip(events, fields, strict=True)
    ]


def with_names(records: Records, case: CaseRecord) -> CaseRecord:
    """A copy of the case for reading: units by their names, never to be saved."""
    events = [
        replace(one, data=data) for one, data in zip(case.events, data_with_names(records, case.events), strict=True)
    ]
    return replace(case, responsible_unit=records.units.name_of(case.responsible_unit), events=events)


def current_unit(records: Records, said: str | None, today: date) -> str | None:
    """The unit that does today the work of the one an event names: by its id, or by the name that older releases
    stored; then its successors."""
    if said is None:
        return None
    unit = records.units.by_id(said) or records.units.by_name(said)
    seen: set[str] = set()
    while unit is not None and unit.id not in seen:
        said = unit.id
        seen.add(said)
        has_ended = unit.active_to is not None and unit.active_to < today
        unit = records.units.by_id(unit.successor_id) if has_ended and unit.successor_id else None
    return said
