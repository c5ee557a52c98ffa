"""Units that a case may be given to: the accused, those below it and those that took over its work are left out (Art. 30)."""

from __future__ import annotations

from collections.abc import Callable

from kiosk_api.domain.wall import is_no_addressee, line_of
from kiosk_api.domain.workflow import Action
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.walling import ADDRESSED
from kiosk_api.services.organisation.units import FOUND_MOST, UnitLine, search_units
from kiosk_api.services.staff.sight import visible_case

_LOOKED_AT = 200


def addressees(ctx: Context, officer: Officer, words: str, case_number: str) -> list[UnitLine]:
    """Units found by these words, the best first. Raises DomainError `case_not_found`."""
    may_have = _may_have(ctx, officer, case_number)
    found = search_units(ctx, words, _LOOKED_AT)
    return [unit for unit in found if may_have(unit.id)][:FOUND_MOST]


def proposed_for(ctx: Context, officer: Officer, case_number: str, action: str) -> Callable[[str, str], bool]:
    """Whether a unit is proposed in a field of this action: in fields that give it the case, only where it may have it.
    Raises DomainError `case_not_found`."""
    addressed = ADDRESSED.get(Action(action)) if action in {one.value for one in Action} else None
    if addressed is None:
        return lambda name, unit: True
    may_have = _may_have(ctx, officer, case_number)
    return lambda name, unit: name != addressed or may_have(unit)


def _may_have(ctx: Context, officer: Officer, case_number: str) -> Callable[[str], bool]:
    with ctx.store.read() as records:
        case = visible_case(records, officer, case_number)
        wall, tree = records.walls.of_case(case.id), records.walls.tree()
    return lambda unit: not is_no_addressee(wall, line_of(unit, tree))
