"""The units that an action names: from the tree, at work today, and what the rules need to know of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from kiosk_api.domain.errors import FieldError
from kiosk_api.domain.persons import ACTING_UNIT
from kiosk_api.domain.units import UNLISTED
from kiosk_api.domain.workflow import RULE_OF, Action, CaseState
from kiosk_api.services.base.ports import Records

_ID_MAX = 64


def units_named(action: Action, data: Mapping[str, str]) -> dict[str, str]:
    """What stands in the action's unit fields, by field; an empty field is the table's own business."""
    found = {}
    for field in RULE_OF[action].fields:
        chosen = data.get(field.name, "")
        if field.kind == "unit" and isinstance(chosen, str) and chosen.strip():
            found[field.name] = chosen.strip()[:_ID_MAX]
    return found


def with_units(records: Records, state: CaseState, more: Collection[str] = ()) -> CaseState:
    """The state with what the tree says of the units that have to do with the case, and of `more`."""
    ids = {one for event in state.events for one in units_named(event.action, event.data).values()}
    ids |= {event.data.get(ACTING_UNIT, "") for event in state.events}
    ids |= {state.responsible_unit or "", *more}
    known = {one: unit for one in sorted(ids - {""}) if (unit := records.units.by_id(one)) is not None}
    superiors = {one: records.units.superiors(one) for one, unit in known.items() if unit.kind != UNLISTED}
    return replace(state, superiors=superiors, names={one: unit.names for one, unit in known.items()})


def problems_of_units(records: Records, action: Action, data: Mapping[str, str], today: date) -> list[FieldError]:
    """What is wrong with the units an action names."""
    found = [problem_of_unit(records, name, chosen, today) for name, chosen in units_named(action, data).items()]
    return [one for one in found if one is not None]


def problem_of_unit(records: Records, name: str, chosen: str, today: date) -> FieldError | None:
    unit = records.units.by_id(chosen)
    if unit is None or unit.kind == UNLISTED:
        return FieldError(
            name, "unknown_unit", "名册里没有这个单位。请输入名称、简称或拼音首字母查找，再从列出的单位里选。"
        )
    if not unit.is_active(today):
        heir = records.units.name_of(unit.successor_id)
        then = f"它的工作由“{heir}”承接，请选承接单位。" if heir else "请另选单位。"
        return FieldError(name, "unknown_unit", f"“{unit.name}”已经停用。{then}")
    return None
