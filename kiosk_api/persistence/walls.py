"""Who stands outside a case, and the condition that keeps a case out of every query of such an officer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, union_all

from kiosk_api.domain.wall import Accused, Interest, Outsider, Place, Wall
from kiosk_api.persistence.codec import from_text, to_text
from kiosk_api.persistence.organisation_tables import units
from kiosk_api.persistence.tables import cases
from kiosk_api.persistence.wall_tables import accused, interests


class SqlWalls:
    """The Walls port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tree(self) -> dict[str, Place]:
        """Every unit's place, by id."""
        u = units.c
        rows = self._connection.execute(select(u.id, u.kind, u.parent_id, u.superior_id, u.successor_id))
        return {row.id: Place(*row) for row in rows}

    def of_case(self, case_id: str) -> Wall:
        """The stored wall of a case."""
        a, i = accused.c, interests.c
        rows = self._connection.execute(
            select(a.unit_id, a.officer_id, a.set_by, a.at).where(a.case_id == case_id).order_by(a.at)
        )
        aside = self._connection.execute(
            select(i.officer_id, i.decided_by, i.at).where(i.case_id == case_id).order_by(i.at)
        )
        return Wall(
            tuple(Accused(unit, officer, set_by, from_text(at)) for unit, officer, set_by, at in rows),
            tuple(Interest(officer, decided_by, from_text(at)) for officer, decided_by, at in aside),
        )

    def put(self, case_id: str, wall: Wall) -> bool:
        """Store the wall of a case; whether anything was different."""
        if self.holds(case_id, wall):
            return False
        self._replace(accused, case_id, [
            {"unit_id": one.unit, "officer_id": one.officer, "set_by": one.set_by, "at": to_text(one.at)}
            for one in wall.accused
        ])  # fmt: skip
        self._replace(interests, case_id, [
            {"officer_id": one.officer, "decided_by": one.decided_by, "at": to_text(one.at)} for one in wall.interests
        ])  # fmt: skip
        return True

    def holds(self, case_id: str, wall: Wall) -> bool:
        """Whether this is what is stored."""
        stored = self.of_case(case_id)
        return set(stored.accused) == set(wall.accused) and set(stored.interests) == set(wall.interests)

    def _replace(self, table: Table, case_id: str, rows: list[dict[str, Any]]) -> None:
        self._connection.execute(delete(table).where(table.c.case_id == case_id))
        if rows:
            self._connection.execute(insert(table), [{"case_id": case_id, **row} for row in rows])


def outside(who: Outsider) -> ColumnElement[bool]:
    """The condition that this officer does not stand outside a case. It costs every officer the same, whatever the
    case."""
    a, i = accused.c, interests.c
    kept_out = union_all(
        select(a.case_id).where(a.unit_id.in_(sorted(who.line)), a.officer_id == ""),
        select(a.case_id).where(a.officer_id == who.officer),
        select(i.case_id).where(i.officer_id == who.officer),
    )
    return cases.c.id.not_in(kept_out)
