"""Units that a case may be given to: the accused, those below it and those that took over its work are left out (Art. 30)."""

from __future__ import annotations

from kiosk_api.domain.wall import is_no_addressee, line_of
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.organisation.units import FOUND_MOST, UnitLine, search_units
from kiosk_api.services.staff.sight import visible_case

_LOOKED_AT = 200


def addressees(ctx: Context, officer: Officer, words: str, case_number: str) -> list[UnitLine]:
    """Units found by these words, the best first. Raises DomainError `case_not_found`."""
    with ctx.store.read() as records:
        case = visible_case(records, officer, case_number)
        wall, tree = records.walls.of_case(case.id), records.walls.tree()
    found = search_units(ctx, words, _LOOKED_AT)
    return [unit for unit in found if not is_no_addressee(wall, line_of(unit.id, tree))][:FOUND_MOST]
