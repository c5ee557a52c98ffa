"""Who handles a case inside its unit, and who is away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, select, update

from kiosk_api.domain.assignments import HANDLERS, Absence, Assignment
from kiosk_api.persistence.codec import from_text, new_id, to_text
from kiosk_api.persistence.people_tables import absences, assignments
from kiosk_api.persistence.staff import OFFICERS, officer_of
from kiosk_api.persistence.tables import cases, officers
from kiosk_api.services.base.records import Officer


class SqlPeople:
    """The People port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, case_id: str, made: Sequence[Assignment]) -> bool:
        """Store the assignments of a case; whether anything was different."""
        if self.holds(case_id, made):
            return False
        self._connection.execute(delete(assignments).where(assignments.c.case_id == case_id))
        rows = [
            {
                "case_id": case_id,
                "seq": one.seq,
                "officer_id": one.officer,
                "set_by": one.set_by,
                "from_at": to_text(one.from_at),
                "to_at": to_text(one.to_at) if one.to_at else None,
            }
            for one in made
        ]
        if rows:
            self._connection.execute(insert(assignments), rows)
        return True

    def holds(self, case_id: str, made: Sequence[Assignment]) -> bool:
        """Whether this is what is stored."""
        return self.of_case(case_id) == list(made)

    def of_case(self, case_id: str) -> list[Assignment]:
        """Everybody who had the case, the first one first."""
        a = assignments.c
        rows = self._connection.execute(select(assignments).where(a.case_id == case_id).order_by(a.seq))
        return [
            Assignment(
                row.seq,
                row.officer_id,
                row.set_by,
                from_text(row.from_at),
                from_text(row.to_at) if row.to_at else None,
            )
            for row in rows
        ]

    def holders(self, case_ids: Collection[str]) -> dict[str, str]:
        """The names of the people who have these cases now; who has left the unit of a case has it no more."""
        if not case_ids:
            return {}
        a, o = assignments.c, officers.c
        query = (
            select(a.case_id, o.display_name)
            .join(officers, o.id == a.officer_id)
            .join(cases, cases.c.id == a.case_id)
            .where(a.case_id.in_(sorted(case_ids)), a.to_at.is_(None), *_still_there())
        )
        return {row.case_id: row.display_name for row in self._connection.execute(query)}

    def by_id(self, officer_id: str) -> Officer | None:
        """An officer by the account's id, unless the account was disabled."""
        o = officers.c
        row = self._connection.execute(OFFICERS.where(o.id == officer_id, o.is_active.is_(True))).one_or_none()
        return None if row is None else officer_of(row)

    def of_unit(self, unit: str) -> list[Officer]:
        """The people of a unit to whom it can give a case, by name."""
        o = officers.c
        query = OFFICERS.where(o.unit == unit, o.role.in_(sorted(HANDLERS)), o.is_active.is_(True)).order_by(
            o.display_name, o.username
        )
        return [officer_of(row) for row in self._connection.execute(query)]

    def absences(self, unit: str, first: date, last: date | None = None) -> list[Absence]:
        """When people of a unit are away, of the absences that touch these days; the soonest first."""
        a, o = absences.c, officers.c
        query = select(a.officer_id, a.deputy_id, a.from_on, a.to_on).join(officers, o.id == a.officer_id)
        query = query.where(o.unit == unit, a.to_on >= first)
        if last is not None:
            query = query.where(a.from_on <= last)
        return [Absence(*row) for row in self._connection.execute(query.order_by(a.from_on, a.id))]

    def add_absence(self, absence: Absence, set_by: str, at: datetime) -> None:
        """Store an absence."""
        row = {"officer_id": absence.officer, "deputy_id": absence.deputy, "from_on": absence.from_on}
        row |= {"to_on": absence.to_on, "set_by": set_by, "at": to_text(at)}
        self._connection.execute(insert(absences).values(id=new_id(), **row))

    def end_absences(self, officer_id: str, today: date) -> int:
        """Somebody is back: absences end yesterday, later ones are taken out. Returns how many there were."""
        a = absences.c
        theirs = and_(a.officer_id == officer_id, a.to_on >= today)
        gone = self._connection.execute(delete(absences).where(theirs, a.from_on >= today)).rowcount
        cut = update(absences).where(theirs).values(to_on=today - timedelta(days=1))
        return int(gone) + int(self._connection.execute(cut).rowcount)


def kept_by(people: Collection[str]) -> ColumnElement[bool]:
    """The condition that nobody of its unit has a case, or one of these people has it. Who has left the unit has none."""
    a, o = assignments.c, officers.c
    others = exists().where(
        a.case_id == cases.c.id,
        a.to_at.is_(None),
        a.officer_id.not_in(sorted(people)),
        o.id == a.officer_id,
        *_still_there(),
    )
    return ~others


def _still_there() -> tuple[ColumnElement[bool], ...]:
    """The officer still works, where the case is."""
    o = officers.c
    return o.unit == cases.c.responsible_unit, o.role.in_(sorted(HANDLERS)), o.is_active.is_(True)
