"""The tree of units."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from kiosk_api.domain.units import KINDS, Unit, rank
from kiosk_api.persistence import tables as t

_MOST_IDS = 500  # in one condition
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


class SqlUnits:
    """The Units port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_id(self, unit_id: str) -> Unit | None:
        """A unit by its id."""
        row = self._connection.execute(select(t.units).where(t.units.c.id == unit_id)).one_or_none()
        return None if row is None else _unit(row)

    def by_name(self, name: str) -> Unit | None:
        """The unit with exactly this name, a working one first."""
        query = select(t.units).where(t.units.c.name == name).order_by(t.units.c.active_to.is_not(None), t.units.c.id)
        row = self._connection.execute(query.limit(1)).one_or_none()
        return None if row is None else _unit(row)

    def all(self) -> list[Unit]:
        """Every unit, in the order of ids."""
        return [_unit(row) for row in self._connection.execute(select(t.units).order_by(t.units.c.id))]

    def search(self, words: str, day: date, limit: int) -> list[Unit]:
        """Units at work on this day by name, other name, initials or abbreviation, the best first."""
        u = t.units.c
        at_work = and_(u.active_from <= day, or_(u.active_to.is_(None), u.active_to >= day))
        found = []
        for row in self._connection.execute(select(t.units).where(at_work)):
            unit = _unit(row)
            place = 0 if unit.id == words.strip() else rank(words, unit.names, json.loads(row.initials))
            if place is not None:
                found.append((place, _ORDER.get(unit.kind, len(_ORDER)), len(unit.name), unit.id, unit))
        return [one[-1] for one in sorted(found, key=lambda one: one[:-1])[:limit]]

    def name_of(self, unit_id: str | None) -> str | None:
        """The name of a unit; what is no id, as older events hold, stays as it is."""
        return None if unit_id is None else self.names_of((unit_id,)).get(unit_id, unit_id)

    def names_of(self, unit_ids: Collection[str]) -> dict[str, str]:
        """The names of several units at once."""
        if not unit_ids:
            return {}
        query = select(t.units.c.id, t.units.c.name).where(t.units.c.id.in_(sorted(unit_ids)))
        return {row.id: row.name for row in self._connection.execute(query)}

    def superior_of(self, unit_id: str) -> str | None:
        """The unit that reviews its work: its superior if one is named, else its parent (Art. 35)."""
        unit = self.by_id(unit_id)
        return None if unit is None else unit.superior_id or unit.parent_id

    def superiors(self, unit_id: str) -> list[str]:
        """Its superior, the superior's superior, and so on."""
        found: list[str] = []
        above = self.superior_of(unit_id)
        while above is not None and above not in found and above != unit_id:
            found.append(above)
            above = self.superior_of(above)
        return found

    def is_within(self, unit_id: str, ancestor: str) -> bool:
        """Whether it is this unit or one below it in the tree."""
        at: str | None = unit_id
        seen: set[str] = set()
        while at is not None and at not in seen:
            if at == ancestor:
                return True
            seen.add(at)
            at = self._connection.execute(select(t.units.c.parent_id).where(t.units.c.id == at)).scalar()
        return False

    def below(self, unit_id: str) -> frozenset[str]:
        """The ids of a unit and of everything below it in the tree."""
        found, level = {unit_id}, [unit_id]
        while level:
            under: list[str] = []
            for start in range(0, len(level), _MOST_IDS):
                part = level[start : start + _MOST_IDS]
                query = select(t.units.c.id).where(t.units.c.parent_id.in_(part))
                under += self._connection.execute(query).scalars()
            level = [one for one in under if one not in found]
            found.update(level)
        return frozenset(found)

    def put(self, units: Sequence[Unit], initials: Mapping[str, Sequence[Sequence[str]]]) -> None:
        """Add units, or replace those of the same id; `initials` by id, for each name."""
        ids = [unit.id for unit in units]
        for start in range(0, len(ids), _MOST_IDS):
            self._connection.execute(delete(t.units).where(t.units.c.id.in_(ids[start : start + _MOST_IDS])))
        rows = [
            {
                "id": unit.id,
                "parent_id": unit.parent_id,
                "kind": unit.kind,
                "name": unit.name,
                "aliases": json.dumps(unit.aliases, ensure_ascii=False),
                "initials": json.dumps(initials.get(unit.id, ()), ensure_ascii=False),
                "superior_id": unit.superior_id,
                "successor_id": unit.successor_id,
                "active_from": unit.active_from,
                "active_to": unit.active_to,
            }
            for unit in units
        ]
        if rows:
            self._connection.execute(insert(t.units), rows)

    def hand_over(self, from_id: str, to_id: str) -> int:
        """Give the cases and accounts of a unit to another one; returns the number of cases."""
        c, o = t.cases.c, t.officers.c
        moved = update(t.cases).where(c.responsible_unit == from_id)
        done = self._connection.execute(moved.values(responsible_unit=to_id, version=c.version + 1))
        self._connection.execute(update(t.officers).where(o.unit == from_id).values(unit=to_id))
        return done.rowcount

    def open_cases(self, unit_id: str) -> int:
        """How many cases it still has to handle."""
        c = t.cases.c
        open_ = and_(c.responsible_unit == unit_id, c.status.not_in(["closed", "withdrawn"]))
        return int(self._connection.execute(select(func.count()).select_from(t.cases).where(open_)).scalar_one())


def _unit(row: Any) -> Unit:
    return Unit(
        id=row.id,
        parent_id=row.parent_id,
        kind=row.kind,
        name=row.name,
        aliases=tuple(json.loads(row.aliases)),
        superior_id=row.superior_id,
        successor_id=row.successor_id,
        active_from=row.active_from,
        active_to=row.active_to,
    )
