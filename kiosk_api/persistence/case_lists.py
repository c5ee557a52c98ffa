"""Lists of cases for staff: a page and a bounded count, each read off an index.

A filter is cut into branches, one for each unit, status and range of dates. Within a branch all cases agree in what
the index begins with, so the index holds them in the order of the list; the database merges the branches and stops
after a page. A condition that no index holds is asked of each row on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, exists, func, literal, or_, select, text, union_all

from kiosk_api.domain.projection import order_until
from kiosk_api.domain.registration import Channel
from kiosk_api.domain.workflow import Status
from kiosk_api.persistence.clocks import APART
from kiosk_api.persistence.codec import day_begins, from_text, spelled
from kiosk_api.persistence.people import kept_by
from kiosk_api.persistence.tables import cases, quarantine, units
from kiosk_api.persistence.wall_tables import unit_notices
from kiosk_api.persistence.walls import outside
from kiosk_api.services.base.records import CaseFilter, CaseRow

MOST_FOUND = 500  # case numbers that are looked for one by one
MOST_BRANCHES = 60  # of one query: more units than that are sorted, not merged
_HYPHENS = "-－—– \u3000"
_FEW = 4  # signs: fewer are looked for as they were typed
URGE_WAITS: Any = text("cases.urge_waits")  # spelled as in the indexes of urged cases, which are found by that
_Limit = ColumnElement[bool] | None
_LIST_COLUMNS = (
    cases.c.id, cases.c.case_number, cases.c.status, cases.c.kind, cases.c.domain,
    cases.c.window, cases.c.emergency, cases.c.confidential, cases.c.doubtful, cases.c.responsible_unit,
    cases.c.registered_at, cases.c.next_due_on, cases.c.urged, cases.c.channel,
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What was looked for by words: case numbers that hold them (None: too many to name), and units that are called so."""

    numbers: tuple[str, ...] | None = None
    units: tuple[str, ...] = ()


class CaseLists:
    """The part of the Cases port that lists use."""

    _connection: Connection
    _found_before: tuple[Any, Found] = (None, Found())

    def page(self, wanted: CaseFilter, limit: int, offset: int) -> list[CaseRow]:
        """Rows for a staff list: emergencies, then the nearest deadline, then the newest."""
        query = page_query(wanted, self._found(wanted), limit, offset)
        if query is None:
            return []
        ids = [row.id for row in self._connection.execute(query)]
        found = {row.id: row for row in self._connection.execute(select(*_LIST_COLUMNS).where(cases.c.id.in_(ids)))}
        apart = APART.where(quarantine.c.case_id.in_(ids))
        unreadable = set(self._connection.execute(apart).scalars())
        return [
            CaseRow(
                **{
                    **row._mapping,
                    "status": Status(row.status),
                    "registered_at": from_text(row.registered_at),
                    "channel": Channel(row.channel),
                    "unreadable": row.id in unreadable,
                }
            )
            for row in (found[one] for one in ids)
        ]

    def by_channel(self, first: date, last: date, within: CaseFilter) -> dict[Channel, int]:
        """How many were registered by each channel from the day `first` to the day `last`, read off an index; only
        those that match `within`."""
        begin, end = day_begins(first), day_begins(last + timedelta(days=1))
        query = (
            select(cases.c.channel, func.count())
            .where(cases.c.channel.in_([str(one) for one in Channel]))
            .where(cases.c.registered_at >= begin, cases.c.registered_at < end, *matching(within))
            .group_by(cases.c.channel)
        )
        return {Channel(channel): number for channel, number in self._connection.execute(query)}

    def count(self, wanted: CaseFilter, most: int | None = None) -> int:
        """How many rows `page` could return in all; counting ends at `most`."""
        query = count_query(wanted, self._found(wanted), most)
        return 0 if query is None else int(self._connection.execute(query).scalar_one())

    def _found(self, wanted: CaseFilter) -> Found:
        """Looked up once for a page and all its counts: part of a number is in no index. What the officer cannot see is
        not found, so that it costs what an unknown number costs."""
        words, asked = (
            wanted.words,
            (wanted.words, wanted.called, wanted.who, wanted.units, wanted.open_beyond, wanted.not_of),
        )
        if words and self._found_before[0] != asked:
            number, unit = cases.c.case_number, units.c
            limits = CaseFilter(
                who=wanted.who, units=wanted.units, open_beyond=wanted.open_beyond, not_of=wanted.not_of
            )
            seen = matching(limits)
            numbers = select(number).where(_holds(words), *seen).limit(MOST_FOUND + 1)
            has_cases = exists().where(cases.c.responsible_unit == unit.id, *seen)
            named = or_(unit.name.contains(words, autoescape=True), unit.id.in_(sorted(wanted.called)))
            called = select(unit.id).where(named, has_cases)
            found = tuple(self._connection.execute(numbers).scalars())
            so_called = tuple(self._connection.execute(called).scalars())
            self._found_before = asked, Found(found if len(found) <= MOST_FOUND else None, so_called)
        return self._found_before[1] if words else Found()


def page_query(wanted: CaseFilter, found: Found, limit: int, offset: int) -> Any | None:
    """Ids in the order of the list. None when nothing can match."""
    order = cases.c.list_order
    parts = [select(cases.c.id, order).where(*conditions) for conditions in _branches(wanted, found, MOST_BRANCHES)]
    if not parts:
        return None
    query = parts[0].order_by(order) if len(parts) == 1 else union_all(*parts).order_by("list_order")
    return query.limit(limit).offset(offset)


def count_query(wanted: CaseFilter, found: Found, most: int | None) -> Any | None:
    """The number of matches, at most `most`. None when nothing can match."""
    parts = [select(literal(1)).select_from(cases).where(*conditions) for conditions in _branches(wanted, found, 1)]
    if not parts:
        return None
    rows = (parts[0] if len(parts) == 1 else union_all(*parts)).limit(most)
    return select(func.count()).select_from(rows.subquery())


def _branches(wanted: CaseFilter, found: Found, most: int) -> Iterator[list[ColumnElement[bool]]]:
    """The conditions of each branch; no case lies in two of them. Where the order does not matter one branch will do."""
    given, rest = cases.c, list(_rest(wanted))
    if not wanted.words:
        yield from _limited(wanted, wanted.units, rest, most)
    elif found.numbers is None:
        either = [_holds(wanted.words)]
        either += [given.responsible_unit.in_(found.units)] if found.units else []
        yield from _limited(wanted, wanted.units, [*rest, or_(*either)], most)
    else:
        if found.numbers:
            yield [given.case_number.in_(found.numbers), *_together(wanted), *rest]
        called = frozenset(found.units) & (frozenset(found.units) if wanted.units is None else wanted.units)
        if called:
            yield from _limited(wanted, called, [*rest, given.case_number.not_in(found.numbers)], most)


def _holds(words: str) -> ColumnElement[bool]:
    """Part of a case number, with its hyphens or without."""
    signs = words.upper()
    plain = "".join(one for one in signs if one not in _HYPHENS)
    if len(plain) < _FEW:
        return cases.c.case_number.contains(signs, autoescape=True)
    return func.replace(cases.c.case_number, "-", "").contains(plain, autoescape=True)


def _limited(
    wanted: CaseFilter, units: frozenset[str] | None, rest: list[ColumnElement[bool]], most: int
) -> Iterator[list[ColumnElement[bool]]]:
    """A branch for each unit, status and range of dates; all units and all statuses in one where there are too many."""
    of_unit, of_status = _each(cases.c.responsible_unit, units), _each(cases.c.status, wanted.statuses)
    if len(of_unit) * len(of_status) > most:
        of_unit = [None] if units is None else [cases.c.responsible_unit.in_(sorted(units))]
        if most == 1 and wanted.statuses is not None:
            of_status = [cases.c.status.in_(sorted(wanted.statuses))]
    for limits in product(of_unit, of_status, _ranges(wanted)):
        yield [one for one in limits if one is not None] + rest


def _together(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    """The same limits for a few cases that are named: written so that no index serves them but that of the numbers."""
    unit, status, order = (cases.c[name].concat("") for name in ("responsible_unit", "status", "list_order"))
    if wanted.units is not None:
        yield unit.in_(sorted(wanted.units))
    if wanted.statuses is not None:
        yield status.in_(sorted(wanted.statuses))
    bounds = _bounds(wanted)
    if bounds:
        yield or_(*((order >= first) & (order < end) for first, end in bounds))


def _each(column: Column[Any], values: frozenset[str] | None) -> list[_Limit]:
    """One condition for each value; none at all where every value will do."""
    return [None] if values is None else [column == one for one in sorted(values)]


def _ranges(wanted: CaseFilter) -> list[_Limit]:
    """The parts of the order in which the next deadline is near enough: one of emergencies, one of the others."""
    order = cases.c.list_order
    return [(order >= first) & (order < end) for first, end in _bounds(wanted)] or [None]


def _bounds(wanted: CaseFilter) -> list[tuple[str, str]]:
    last = [wanted.due_until] if wanted.due_until else []
    last += [wanted.due_before - timedelta(days=1)] if wanted.due_before else []
    return [order_until(emergency, min(last)) for emergency in (True, False)] if last else []


def matching(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    """The conditions of a filter for a single case, dates left out."""
    given, limits = cases.c, list(_rest(wanted))
    for column, values in ((given.responsible_unit, wanted.units), (given.status, wanted.statuses)):
        if values is not None:
            limits.append(column.in_(sorted(values)))
    return limits


def _rest(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    """Conditions asked of every row of a branch."""
    given = cases.c
    if wanted.who is not None:
        yield outside(wanted.who)
    if wanted.kinds is not None:
        yield given.kind.in_(sorted(wanted.kinds))
    if not wanted.doubtful:
        yield given.doubtful.is_(False)
    if wanted.open_beyond is not None:
        is_open = and_(given.kind != "accusation", given.doubtful.is_(False), given.confidential.is_(False))
        yield or_(given.responsible_unit == wanted.open_beyond, is_open)
    if wanted.not_of:
        yield or_(given.responsible_unit.is_(None), given.responsible_unit.not_in(sorted(wanted.not_of)))
    if wanted.told:
        yield given.id.in_(select(unit_notices.c.case_id).where(unit_notices.c.unit_id == wanted.told))
    if wanted.kept_by is not None:
        yield kept_by(wanted.kept_by)
    if wanted.urged:
        yield URGE_WAITS
    if wanted.channel:
        yield given.channel == wanted.channel
    for column, mark in ((given.phone_mark, wanted.phone), (given.id_mark, wanted.id_number)):
        if mark is not None:
            yield spelled(column, mark)
