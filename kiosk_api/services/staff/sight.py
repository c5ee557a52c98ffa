"""Which cases an officer sees: the one place where role, unit, accusation and interest become a condition of the store.

Lists, counts, single cases and everything that hangs on them ask through here. A case out of sight and a case that does
not exist are answered by the same query, so nothing tells one from the other, the time it takes included.
"""

from __future__ import annotations

from kiosk_api.domain.access import scope_of
from kiosk_api.domain.assignments import HANDLERS
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.wall import DISCIPLINE, Outsider, line_of
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseFilter, CaseRecord, Officer


def sight_of(records: Records, officer: Officer) -> CaseFilter:
    """The filter that every case this officer may see matches, and no other."""
    tree = records.walls.tree()
    scope = scope_of(officer.role, officer.unit, tree)
    return CaseFilter(
        units=scope.units,
        statuses=None if scope.statuses is None else frozenset(map(str, scope.statuses)),
        kinds=scope.kinds,
        doubtful=scope.doubtful,
        open_beyond=scope.open_beyond,
        not_of=scope.not_of,
        who=Outsider(officer.id, line_of(officer.unit, tree)),
    )


def outsider(records: Records, officer: Officer) -> Outsider:
    """Whom the store asks about when it keeps an officer out."""
    return Outsider(officer.id, line_of(officer.unit, records.walls.tree()))


def told_unit(records: Records, officer: Officer) -> str | None:
    """The discipline organ of an officer who handles its cases: it is told of accusations that others had."""
    unit = records.units.by_id(officer.unit) if officer.role in HANDLERS and officer.unit else None
    return unit.id if unit and unit.kind == DISCIPLINE else None


def visible_case(records: Records, officer: Officer, case_number: str) -> CaseRecord:
    """The case, if this officer may see it, or their unit has been told of it. Raises DomainError `case_not_found`, or CaseUnreadable when part of a case
    of theirs does not open."""
    sight = sight_of(records, officer)
    case = records.cases.by_number(case_number, sight)
    if case is None and (unit := told_unit(records, officer)):
        case = records.cases.by_number(case_number, CaseFilter(told=unit, who=sight.who))
    if case is None:
        raise DomainError("case_not_found", "没有这件信访事项，或者不在您的办理范围内。")
    return case
