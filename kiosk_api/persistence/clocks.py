"""The clocks of every case, kept beside the events so that the sweep and the lists are one indexed query."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kiosk_api.domain.clocks import RIGHTS
from kiosk_api.domain.projection import AT_ONCE, NOT_YET, WORKING_DAY_CLOCKS, ClockRow, Projection, list_order
from kiosk_api.persistence.clock_tables import case_clocks, warnings
from kiosk_api.persistence.codec import to_text
from kiosk_api.persistence.petitioner_notices import keep_of_clocks
from kiosk_api.persistence.tables import cases, quarantine
from kiosk_api.services.base.records import CaseRecord

ENDED = ("closed", "withdrawn")
# a case can be read without its messages and pictures: one of those in quarantine stops no deadline
APART = select(quarantine.c.case_id).where(
    quarantine.c.case_id.is_not(None),
    or_(quarantine.c.place.like("cases.%"), quarantine.c.place.like("events.%")),
)
_KEY = (case_clocks.c.case_id, case_clocks.c.clock, case_clocks.c.seq)

_Noted = tuple[str, str, int, str]  # case_id, clock, seq, stage


class SqlClocks:
    """The Clocks port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, case: CaseRecord, made: Projection) -> bool:
        """Store the projection of a case; whether anything was different."""
        changed = self._put_clocks(case.id, made.clocks)
        values = self._columns(case, made)
        if values is None:
            return changed
        self._connection.execute(update(cases).where(cases.c.id == case.id).values(**values))
        return True

    def holds(self, case: CaseRecord, made: Projection) -> bool:
        """Whether this is what is stored."""
        stored = {(one.clock, one.seq): one for one in self.of_case(case.id)}
        return stored == {(one.clock, one.seq): one for one in made.clocks} and self._columns(case, made) is None

    def _columns(self, case: CaseRecord, made: Projection) -> dict[str, Any] | None:
        """The columns of the case as they should be; None when they are."""
        c = cases.c
        stored = self._connection.execute(
            select(c.next_due_on, c.recheck_on, c.list_order, c.urge_waits, c.urged).where(c.id == case.id)
        ).one()
        values = {
            "next_due_on": made.next_due_on,
            "recheck_on": made.recheck_on,
            "list_order": list_order(case.id, case.emergency, made.next_due_on, case.registered_at),
            "urge_waits": stored.urged > 0 and case.status.value not in ENDED,
        }
        return None if values.items() <= dict(stored._mapping).items() else values

    def _put_clocks(self, case_id: str, made: tuple[ClockRow, ...]) -> bool:
        stored = {(one.clock, one.seq): one for one in self.of_case(case_id)}
        wanted = {(one.clock, one.seq): one for one in made}
        for key in stored.keys() - wanted.keys():
            self._connection.execute(delete(case_clocks).where(_is(case_id, *key)))
        new = [one for key, one in wanted.items() if key not in stored]
        if new:
            self._connection.execute(
                insert(case_clocks),
                [{"case_id": case_id, **vars(one), "stage": ""} for one in new],
            )
        changed = [one for key, one in wanted.items() if key in stored and stored[key] != one]
        for one in changed:
            moved = {} if stored[one.clock, one.seq].due_on == one.due_on else {"stage": ""}
            values = {"due_on": one.due_on, "state": one.state, **moved}
            self._connection.execute(update(case_clocks).where(_is(case_id, one.clock, one.seq)).values(**values))
        return bool(new or changed or stored.keys() - wanted.keys())

    def of_case(self, case_id: str) -> list[ClockRow]:
        """The stored clocks of a case."""
        c = case_clocks.c
        rows = self._connection.execute(select(c.clock, c.seq, c.due_on, c.state).where(c.case_id == case_id))
        return [ClockRow(*row) for row in rows]

    def hold(self, case_id: str) -> None:
        """Let no other transaction change this case before this one ends."""
        self._connection.execute(select(cases.c.id).where(cases.c.id == case_id).with_for_update())

    def to_recheck(self, today: date, limit: int) -> list[str]:
        """Ids of cases whose dates must be computed again, the longest waiting first."""
        query = select(cases.c.id).where(and_(cases.c.recheck_on <= today, cases.c.id.not_in(APART)))
        return list(self._connection.execute(query.order_by(cases.c.recheck_on).limit(limit)).scalars())

    def not_yet(self, most: int) -> int:
        """How many cases have no projection yet, counted up to `most`."""
        some = select(cases.c.id).where(and_(cases.c.recheck_on == NOT_YET, cases.c.id.not_in(APART))).limit(most)
        return int(self._connection.execute(select(func.count()).select_from(some.subquery())).scalar_one())

    def recheck_working_days(self, since: date) -> None:
        """The calendar has changed on that day: what counts working days past it is to be computed again."""
        c = case_clocks.c
        touched = select(c.case_id).where(and_(c.clock.in_(sorted(WORKING_DAY_CLOCKS)), c.due_on >= since))
        change = update(cases).where(and_(cases.c.id.in_(touched), cases.c.recheck_on.is_distinct_from(NOT_YET)))
        self._connection.execute(change.values(recheck_on=AT_ONCE))

    def has_passed(self, today: date, soon: date) -> bool:
        """Whether the sweep would find anything."""
        c = case_clocks.c
        for before, until in (("", soon), ("due_soon", today - timedelta(days=1))):
            waits = and_(c.state == "running", c.stage == before, c.due_on <= until)
            if self._connection.execute(select(c.case_id).where(waits).limit(1)).first():
                return True
        return False

    def sweep(self, today: date, soon: date, at: datetime, limit: int) -> tuple[int, Counter[tuple[str, str]]]:
        """Note a batch of running clocks that are due soon or overdue.

        Returns how many clocks were looked at, and how often (clock, stage) was noted for the first time. A right that
        nobody used in time has lapsed: nobody is late, and nothing is noted.
        """
        passed = case((case_clocks.c.clock.in_(sorted(RIGHTS)), "lapsed"), else_="overdue")
        looked, noted = 0, Counter[tuple[str, str]]()
        due_on = case_clocks.c.due_on
        for before, days, stage in (
            ("", due_on < today, passed),
            ("due_soon", due_on < today, passed),
            ("", and_(due_on >= today, due_on <= soon), "due_soon"),
        ):
            rows = self._advance(before, days, stage, limit - looked)
            looked += len(rows)
            noted.update(self._note([row for row in rows if row[3] != "lapsed"], at))
        return looked, noted

    def _advance(self, before: str, days: ColumnElement[bool], stage: Any, limit: int) -> list[_Noted]:
        c = case_clocks.c
        batch = (
            select(*_KEY)
            .where(and_(c.state == "running", c.stage == before, days))
            .order_by(c.due_on)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        done = self._connection.execute(
            update(case_clocks).where(tuple_(*_KEY).in_(batch)).values(stage=stage).returning(*_KEY, c.stage)
        )
        return [tuple(row) for row in done]

    def _note(self, rows: list[_Noted], at: datetime) -> Counter[tuple[str, str]]:
        """Note what has not been noted before, and keep what the petitioners hear of it."""
        if not rows:
            return Counter()
        make = postgresql_insert if self._connection.dialect.name == "postgresql" else sqlite_insert
        moment = to_text(at)
        new = self._connection.execute(
            make(warnings)
            .on_conflict_do_nothing()
            .returning(warnings.c.case_id, warnings.c.clock, warnings.c.seq, warnings.c.stage),
            [
                {"case_id": case_id, "clock": clock, "seq": seq, "stage": stage, "at": moment}
                for case_id, clock, seq, stage in rows
            ],
        ).all()
        keep_of_clocks(self._connection, new, moment)
        return Counter((row.clock, row.stage) for row in new)

    def warned(self, case_id: str) -> set[tuple[str, int, str]]:
        """(clock, seq, stage) of everything noted of a case."""
        w = warnings.c
        rows = self._connection.execute(select(w.clock, w.seq, w.stage).where(w.case_id == case_id))
        return {(row.clock, row.seq, row.stage) for row in rows}


def _is(case_id: str, clock: str, seq: int) -> Any:
    return and_(case_clocks.c.case_id == case_id, case_clocks.c.clock == clock, case_clocks.c.seq == seq)
