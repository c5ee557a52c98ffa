"""The use of each budget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql

from kiosk_api.domain.budgets import Spent
from kiosk_api.persistence.codec import from_text, to_text
from kiosk_api.persistence.tables import allowances

# Built once: every guess runs these statements, and building one costs more than running it.
_AGAIN = update(allowances).where(allowances.c.mark == bindparam("of"))
_FIRST = insert(allowances)
_FOUND = select(allowances).where(allowances.c.mark.in_(bindparam("marks", expanding=True)))
_HELD = _FOUND.order_by(allowances.c.mark).with_for_update()


class SqlAllowances:
    """The Allowances port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, marks: Sequence[str]) -> list[Spent]:
        """The use of each budget in the order of `marks`; zero where nothing is stored."""
        return self._found(marks, _FOUND)

    def hold(self, marks: Sequence[str]) -> list[Spent]:
        """The same, locked until this transaction ends.

        SQLite has one writer, so its write transaction is enough. PostgreSQL locks rows, which
        have to be there for that; in one order, so that no two wait for each other.
        """
        if self._connection.dialect.name == "postgresql":
            for mark in sorted(marks):
                self._connection.execute(
                    insert_on_postgresql(allowances)
                    .values(mark=mark, level=0.0, total=0, times=0, expires_at="")
                    .on_conflict_do_nothing()
                )
        return self._found(marks, _HELD)

    def put(self, mark: str, spent: Spent, expires_at: datetime) -> None:
        """Keep it until `expires_at`."""
        values = {
            "level": spent.level,
            "at": spent.at and to_text(spent.at),
            "tried_at": spent.tried_at and to_text(spent.tried_at),
            "total": spent.total,
            "times": spent.times,
            "expires_at": to_text(expires_at),
        }
        done = self._connection.execute(_AGAIN, {"of": mark, **values})
        if done.rowcount == 0:
            self._connection.execute(_FIRST, {"mark": mark, **values})

    def reset_total(self, mark: str) -> None:
        """Reset the total."""
        self._connection.execute(_AGAIN, {"of": mark, "total": 0})

    def _found(self, marks: Sequence[str], query: Select[Any]) -> list[Spent]:
        known = {
            row.mark: Spent(
                row.level,
                from_text(row.at) if row.at else None,
                from_text(row.tried_at) if row.tried_at else None,
                row.total,
                row.times,
            )
            for row in self._connection.execute(query, {"marks": list(marks)})
        }
        return [known.get(mark, Spent()) for mark in marks]
