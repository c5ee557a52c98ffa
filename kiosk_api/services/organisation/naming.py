"""Units by their names where people read: events hold ids."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk_api.domain.workflow import RULE_OF, Event
from kiosk_api.services.base.ports import Records


def data_with_names(records: Records, events: Sequence[Event]) -> list[dict[str, str]]:
    """The data of each event, with the name of a unit in place of its id.

    Events of older releases hold the name itself.
    """
    fields = [{one.name for one in RULE_OF[event.action].fields if one.kind == "unit"} for event in events]
    ids = {
        event.data[name] for event, names in zip(events, fields, strict=True) for name in names if name in event.data
    }
    known = records.units.names_of(ids)
    return [
        {name: known.get(text, text) if name in names else text for name, text in event.data.items()}
        for event, names in zip(events, fields, strict=True)
    ]
