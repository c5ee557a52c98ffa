"""Dangers told at terminals in the hall."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from kiosk_api.domain.keys import Mark
from kiosk_api.persistence.codec import from_text, spelled, to_text
from kiosk_api.persistence.tables import danger_signals as d
from kiosk_api.services.base.records import DangerSignal


class SqlDangers:
    """The Dangers port over one connection; a signal says nothing about a citizen."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: DangerSignal, source_mark: Mark, expires_at: datetime) -> None:
        """Store a new signal."""
        self._connection.execute(
            insert(d).values(
                id=one.id, source_mark=source_mark, kind=one.kind, place=one.place, told_at=to_text(one.told_at),
                expires_at=to_text(expires_at),
            )
        )  # fmt: skip

    def by_id(self, signal_id: str) -> DangerSignal | None:
        """A signal in any state."""
        row = self._connection.execute(select(d).where(d.c.id == signal_id)).one_or_none()
        return None if row is None else _signal(row)

    def unseen_from(self, source_mark: Mark, kind: str, now: datetime) -> DangerSignal | None:
        """The same danger at this terminal that nobody has seen yet."""
        mine = and_(spelled(d.c.source_mark, source_mark), d.c.kind == kind, d.c.seen_by.is_(None), _is_open(now))
        row = self._connection.execute(select(d).where(mine).order_by(d.c.told_at)).first()
        return None if row is None else _signal(row)

    def open(self, now: datetime, limit: int) -> list[DangerSignal]:
        """Those nobody has seen first, then the oldest first."""
        order = (d.c.seen_at.is_not(None), d.c.told_at, d.c.id)
        query = select(d).where(_is_open(now)).order_by(*order).limit(limit)
        return [_signal(row) for row in self._connection.execute(query)]

    def save(self, one: DangerSignal, expires_at: datetime) -> None:
        """Store a signal after an officer's step."""
        changed = {
            "seen_by": one.seen_by,
            "seen_at": to_text(one.seen_at) if one.seen_at else None,
            "closed_by": one.closed_by,
            "closed_at": to_text(one.closed_at) if one.closed_at else None,
            "expires_at": to_text(expires_at),
        }
        self._connection.execute(update(d).where(d.c.id == one.id).values(**changed))


def _is_open(now: datetime) -> Any:
    return and_(d.c.closed_at.is_(None), d.c.expires_at > to_text(now))


def _signal(row: Any) -> DangerSignal:
    return DangerSignal(
        row.id, row.kind, row.place, from_text(row.told_at),
        row.seen_by, from_text(row.seen_at) if row.seen_at else None,
        row.closed_by, from_text(row.closed_at) if row.closed_at else None,
    )  # fmt: skip
