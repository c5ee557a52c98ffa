"""Contacts with the petitioner, supervisions and advice, as rows beside the events of their case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from kiosk_api.domain.oversight import Advice, Beside, Contact, Supervision
from kiosk_api.persistence.codec import from_text, to_text
from kiosk_api.persistence.oversight_tables import advice, contacts, supervisions


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
