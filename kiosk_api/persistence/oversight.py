"""Contacts with the petitioner, supervisions and advice, as rows beside the events of their case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, func, insert, select

from kiosk_api.domain.oversight import Adoption, Advice, Beside, Contact, Supervision, Waiting
from kiosk_api.persistence.case_lists import matching
from kiosk_api.persistence.codec import day_begins, from_text, to_text
from kiosk_api.persistence.oversight_tables import advice, contacts, supervisions
from kiosk_api.persistence.tables import cases
from kiosk_api.services.base.records import CaseFilter


class SqlOversight:
    """The Oversight port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, case_id: str, made: Beside) -> bool:
        """Store what goes on beside the handling of a case; whether anything was different."""
        stored = self.of_case(case_id)
        if stored == made:
            return False
        if stored.contacts != made.contacts:
            self._replace(contacts, case_id, [_contact_row(one) for one in made.contacts])
        if stored.supervisions != made.supervisions:
            self._replace(supervisions, case_id, [_supervision_row(one) for one in made.supervisions])
        if stored.advice != made.advice:
            self._replace(advice, case_id, [_advice_row(one) for one in made.advice])
        return True

    def holds(self, case_id: str, made: Beside) -> bool:
        """Whether this is what is stored."""
        return self.of_case(case_id) == made

    def of_case(self, case_id: str) -> Beside:
        """What is stored of a case, the oldest first."""
        return Beside(
            tuple(
                Contact(row.seq, row.officer_id, row.kind, from_text(row.at)) for row in self._rows(contacts, case_id)
            ),
            tuple(
                Supervision(
                    row.seq,
                    row.unit_id,
                    row.cause,
                    row.raised_by,
                    from_text(row.raised_at),
                    row.due_on,
                    from_text(row.closed_at) if row.closed_at else None,
                    row.answered,
                )
                for row in self._rows(supervisions, case_id)
            ),
            tuple(
                Advice(
                    row.seq,
                    row.unit_id,
                    row.kind,
                    from_text(row.given_at),
                    row.due_on,
                    from_text(row.answered_at) if row.answered_at else None,
                    row.adopted,
                )
                for row in self._rows(advice, case_id)
            ),
        )

    def open_supervisions(self, within: CaseFilter, unit: str | None, limit: int) -> list[Waiting]:
        """Those in cases that match `within`, the nearest date first; of one unit, or of all."""
        s = supervisions.c
        return self._waiting((s.unit_id, s.cause, s.due_on), s.closed_at, within, unit, limit)

    def waiting_advice(self, within: CaseFilter, unit: str | None, limit: int) -> list[Waiting]:
        """The same of advice."""
        a = advice.c
        return self._waiting((a.unit_id, a.kind, a.due_on), a.answered_at, within, unit, limit)

    def adoption(self, within: CaseFilter, first: date, last: date) -> list[Adoption]:
        """Advice given from the day `first` to the day `last`, counted by unit, kind and what became of it."""
        a = advice.c
        query = (
            select(a.unit_id, a.kind, a.adopted, func.count())
            .join(cases, cases.c.id == a.case_id)
            .where(a.given_at >= day_begins(first), a.given_at < day_begins(last + timedelta(days=1)))
            .where(*matching(within))
            .group_by(a.unit_id, a.kind, a.adopted)
            .order_by(a.unit_id, a.kind, a.adopted)
        )
        return [Adoption(*row) for row in self._connection.execute(query)]

    def _waiting(
        self, columns: tuple[Column[Any], ...], ended: Column[Any], within: CaseFilter, unit: str | None, limit: int
    ) -> list[Waiting]:
        of_unit, what, due = columns
        table = ended.table
        query = (
            select(cases.c.case_number, of_unit, what, due)
            .select_from(table)
            .join(cases, cases.c.id == table.c.case_id)
            .where(ended.is_(None), *matching(within))
            .order_by(due)
            .limit(limit)
        )
        if unit is not None:
            query = query.where(of_unit == unit)
        return [Waiting(*row) for row in self._connection.execute(query)]

    def _rows(self, table: Table, case_id: str) -> Any:
        return self._connection.execute(select(table).where(table.c.case_id == case_id).order_by(table.c.seq))

    def _replace(self, table: Table, case_id: str, rows: list[dict[str, Any]]) -> None:
        self._connection.execute(delete(table).where(table.c.case_id == case_id))
        if rows:
            self._connection.execute(insert(table), [{"case_id": case_id, **row} for row in rows])


def _contact_row(one: Contact) -> dict[str, Any]:
    return {"seq": one.seq, "officer_id": one.officer, "kind": one.kind, "at": to_text(one.at)}


def _supervision_row(one: Supervision) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "unit_id": one.unit,
        "cause": one.cause,
        "raised_by": one.raised_by,
        "raised_at": to_text(one.raised_at),
        "due_on": one.due_on,
        "closed_at": to_text(one.closed_at) if one.closed_at else None,
        "answered": one.answered,
    }


def _advice_row(one: Advice) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "unit_id": one.unit,
        "kind": one.kind,
        "given_at": to_text(one.given_at),
        "due_on": one.due_on,
        "answered_at": to_text(one.answered_at) if one.answered_at else None,
        "adopted": one.adopted,
    }
