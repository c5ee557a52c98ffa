"""The unit that an action names: from the tree, at work today, and not the one that is accused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kiosk_api.domain.errors import FieldError
from kiosk_api.domain.units import UNLISTED, same_unit
from kiosk_api.domain.workflow import RULE_OF, Action, CaseState
from kiosk_api.services.base.ports import Records


def problems_of_units(
    records: Records, state: CaseState, action: Action, data: Mapping[str, str], today: date
) -> list[FieldError]:
    """What is wrong with the units an action names; an empty field is the table's own business."""
    found = []
    for field in RULE_OF[action].fields:
        chosen = data.get(field.name, "")
        if field.kind != "unit" or not isinstance(chosen, str) or not chosen.strip():
            continue
        problem = _problem(records, state, field.name, chosen.strip(), today)
        if problem:
            found.append(problem)
    return found


def _problem(records: Records, state: CaseState, name: str, chosen: str, today: date) -> FieldError | None:
    unit = records.units.by_id(chosen[:64])
    if unit is None or unit.kind == UNLISTED:
        return FieldError(
            name, "unknown_unit", "名册里没有这个单位。请输入名称、简称或拼音首字母查找，再从列出的单位里选。"
        )
    if not unit.is_active(today):
        heir = records.units.name_of(unit.successor_id)
        then = f"它的工作由“{heir}”承接，请选承接单位。" if heir else "请另选单位。"
        return FieldError(name, "unknown_unit", f"“{unit.name}”已经停用。{then}")
    accused = state.accused_unit
    if accused and any(same_unit(accused, known) for known in unit.names):
        detail = "不能把检举控告交给被检举的单位或人（第三十条、第四十六条），请另选单位。"
        return FieldError(name, "accused_unit", detail)
    return None
