"""The tree of units: loading a list, and finding a unit in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kiosk_api.domain.limits import SEARCH_MAX
from kiosk_api.domain.unit_files import MOST_PROBLEMS, LineProblem, decoded, read_units
from kiosk_api.domain.units import KINDS, SMALL_KINDS, UNLISTED, Unit
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records

FOUND_MOST = 20


@dataclass(frozen=True)
class UnitLine:
    """A unit as an officer chooses it."""

    id: str
    name: str
    kind: str
    kind_label: str


@dataclass(frozen=True)
class Loaded:
    """What loading a list did; with problems nothing was changed."""

    problems: list[LineProblem]
    units: int = 0
    ended: int = 0
    inherited: int = 0


def search_units(ctx: Context, words: str, limit: int = FOUND_MOST) -> list[UnitLine]:
    """Units at work today by name, other name, initials or abbreviation, the best first."""
    with ctx.store.read() as records:
        found = records.units.search(words[:SEARCH_MAX], ctx.clock.now().date(), limit)
    return [line_of(unit) for unit in found]


def listed_units(ctx: Context) -> list[UnitLine]:
    """Units at work today for a list to choose from: communities and grid cells are found by search only."""
    today = ctx.clock.now().date()
    with ctx.store.read() as records:
        units = [one for one in records.units.all() if one.is_active(today) and one.kind not in SMALL_KINDS]
    order = list(KINDS)
    return [line_of(unit) for unit in sorted(units, key=lambda one: (order.index(one.kind), one.id))]


def line_of(unit: Unit) -> UnitLine:
    """A unit as officers choose it."""
    return UnitLine(unit.id, unit.name, unit.kind, KINDS[unit.kind])


def load_units(ctx: Context, content: bytes) -> Loaded:
    """Make the store's units those of this CSV file, all or nothing.

    A unit that the file leaves out stops working today; one that still has open cases may not be left out, since
    nobody would see them. A unit that ended gives its cases and people to its successor.
    """
    text = decoded(content)
    if text is None:
        return Loaded([LineProblem(1, "", "文件的编码读不了，请用表格软件另存为“CSV UTF-8”。")])
    units, problems = read_units(text)
    if problems:
        return Loaded(problems)
    today = ctx.clock.now().date()
    with ctx.store.write() as records:
        known = {unit.id: unit for unit in records.units.all()}
        left_out = _left_out(known, units, today)
        problems = [
            LineProblem(0, "id", f"文件里没有“{unit.name}”（{unit.id}），可它还有没办完的信访件。"
                                 "请保留这一行，写上停用日期和承接单位。")
            for unit in left_out if records.units.open_cases(unit.id)
        ][:MOST_PROBLEMS]  # fmt: skip
        if problems:
            return Loaded(problems)
        ended = [replace(unit, active_to=today - timedelta(days=1)) for unit in left_out]
        merged = _named_again(known, units)
        changed = [*units, *ended, *merged]
        records.units.put(changed, {one.id: [ctx.initials(name) for name in one.names] for one in changed})
        inherited = inherit(records, today)
    return Loaded([], len(units), len(ended), inherited)


def inherit(records: Records, today: date) -> int:
    """Give the cases and people of units that have ended to their successors; returns the number of cases."""
    units = {unit.id: unit for unit in records.units.all()}
    given = 0
    for unit in units.values():
        heir = heir_of(units, unit, today)
        if heir != unit.id:
            records.accounts.follow_unit(unit.id, heir, today)
            given += records.units.hand_over(unit.id, heir)
    return given


def heir_of(units: dict[str, Unit], unit: Unit, today: date) -> str:
    """The unit that does its work today: itself, or the last of its successors."""
    seen = {unit.id}
    while unit.active_to is not None and unit.active_to < today and unit.successor_id in units:
        unit = units[unit.successor_id]
        if unit.id in seen:
            break
        seen.add(unit.id)
    return unit.id


def _left_out(known: dict[str, Unit], units: Sequence[Unit], today: date) -> list[Unit]:
    listed = {unit.id for unit in units}
    return [
        unit for unit in known.values()
        if unit.id not in listed and unit.kind != UNLISTED and unit.is_active(today)
    ]  # fmt: skip


def _named_again(known: dict[str, Unit], units: Sequence[Unit]) -> list[Unit]:
    """Unlisted units whose name is now that of a listed one: it succeeds them."""
    by_name: dict[str, str] = {}
    for unit in units:
        if unit.active_to is None:
            for name in unit.names:
                by_name.setdefault(name, unit.id)
    by_name.update({unit.name: unit.id for unit in units if unit.active_to is None})
    return [
        replace(unit, successor_id=by_name[unit.name], active_to=unit.active_from)
        for unit in known.values()
        if unit.kind == UNLISTED and unit.name in by_name
    ]
