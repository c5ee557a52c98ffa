"""Requests to be called back, and calls from the hall."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from kiosk_api.domain.callbacks import Progress, State, Step
from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.keys import Mark
from kiosk_api.persistence.codec import from_text, spelled, to_text
from kiosk_api.persistence.tables import callbacks as c
from kiosk_api.persistence.tables import hall_calls as h
from kiosk_api.services.base.ports import Cipher
from kiosk_api.services.base.records import (
    Callback,
    CallbackEvent,
    CallbackLine,
    CallbackMarks,
    HallCall,
    StoredMarks,
)


class SqlCallbacks:
    """The Callbacks port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def add(self, one: Callback, marks: CallbackMarks) -> None:
        """Store a new request."""
        columns = {"id": one.id, "requested_at": to_text(one.requested_at), "due_by": to_text(one.due_by)}
        self._connection.execute(insert(c).values(**columns, **_marks(marks), **self._columns(one, None)))

    def by_code(self, code_mark: Mark) -> StoredMarks | None:
        """The row of a code, unopened."""
        row = self._connection.execute(
            select(c.c.id, c.c.tail_mark, c.c.phone_mark).where(spelled(c.c.code_mark, code_mark))
        ).one_or_none()
        return None if row is None else StoredMarks(*row)

    def by_id(self, callback_id: str) -> Callback | None:
        """One request in full. Raises Unreadable."""
        row = self._connection.execute(select(c).where(c.c.id == callback_id)).one_or_none()
        if row is None:
            return None
        held = self._open(row)
        return Callback(
            id=row.id,
            code=held["code"],
            phone=held["phone"],
            best_time=held["best_time"],
            about=held["about"],
            progress=Progress(State(row.state), row.tries, row.closed_at is not None),
            requested_at=from_text(row.requested_at),
            due_by=from_text(row.due_by),
            closed_at=from_text(row.closed_at) if row.closed_at else None,
            answered_by=row.answered_by,
            events=tuple(
                CallbackEvent(from_text(at), Step(step), *words) for at, step, *words in held["events"]
            ),
        )  # fmt: skip

    def save(self, one: Callback, expires_at: datetime | None) -> None:
        """Store a request after a step."""
        self._connection.execute(update(c).where(c.c.id == one.id).values(**self._columns(one, expires_at)))

    def page(self, *, closed: bool, limit: int, offset: int) -> list[CallbackLine]:
        """Open: waiting before answered, by due time. Closed: the latest first."""
        query = select(c).where(c.c.closed_at.is_not(None) if closed else c.c.closed_at.is_(None))
        order = (c.c.closed_at.desc(),) if closed else (c.c.state.desc(), c.c.due_by)  # waiting, answered
        rows = self._connection.execute(query.order_by(*order, c.c.id).limit(limit).offset(offset))
        return [self._line(row) for row in rows]

    def waiting(self, due_before: datetime | None = None) -> int:
        """How many wait, or wait and were due before that moment."""
        query = select(func.count()).where(and_(c.c.closed_at.is_(None), c.c.state == State.WAITING.value))
        if due_before is not None:
            query = query.where(c.c.due_by < to_text(due_before))
        return int(self._connection.execute(query).scalar_one())

    def ids(self, after: str, limit: int) -> list[str]:
        """Row ids in their order."""
        query = select(c.c.id).where(c.c.id > after).order_by(c.c.id).limit(limit)
        return list(self._connection.execute(query).scalars())

    def set_marks(self, callback_id: str, marks: CallbackMarks) -> None:
        """New marks of a request, under the current index key."""
        self._connection.execute(update(c).where(c.c.id == callback_id).values(**_marks(marks)))

    def _line(self, row: Any) -> CallbackLine:
        try:
            best_time, unreadable = str(self._open(row)["best_time"]), False
        except Unreadable:  # the list shows the others; the request's own page reports it
            best_time, unreadable = "", True
        return CallbackLine(
            row.id, State(row.state), row.tries, row.closed_at is not None, from_text(row.requested_at),
            from_text(row.due_by), best_time, unreadable,
        )  # fmt: skip

    def _open(self, row: Any) -> dict[str, Any]:
        return self._cipher.open(_place(row.id), row.sealed)

    def _columns(self, one: Callback, expires_at: datetime | None) -> dict[str, Any]:
        events = [[to_text(e.at), e.step.value, e.officer_id, e.officer, e.note] for e in one.events]
        held = {"code": one.code, "phone": one.phone, "best_time": one.best_time, "about": one.about, "events": events}
        return {
            "state": one.progress.state.value,
            "tries": one.progress.tries,
            "answered_by": one.answered_by,
            "closed_at": to_text(one.closed_at) if one.closed_at else None,
            "expires_at": to_text(expires_at) if expires_at else None,
            "sealed": self._cipher.seal(_place(one.id), held),
        }


class SqlHallCalls:
    """The HallCalls port over one connection; a call says nothing about a citizen."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: HallCall, source_mark: Mark) -> None:
        """Store a new call."""
        self._connection.execute(
            insert(h).values(
                id=one.id, source_mark=source_mark, place=one.place, called_at=to_text(one.called_at),
                taken_by=None, taken_at=None, expires_at=to_text(one.expires_at),
            )
        )  # fmt: skip

    def by_id(self, call_id: str) -> HallCall | None:
        """A call, also one that was taken or has run out."""
        row = self._connection.execute(select(h).where(h.c.id == call_id)).one_or_none()
        return None if row is None else _call(row)

    def open_from(self, source_mark: Mark, now: datetime) -> HallCall | None:
        """The call of this terminal that has neither been taken nor run out."""
        row = self._connection.execute(
            select(h).where(and_(spelled(h.c.source_mark, source_mark), _is_open(now))).order_by(h.c.called_at)
        ).first()
        return None if row is None else _call(row)

    def waiting(self, now: datetime, limit: int) -> list[HallCall]:
        """The oldest first."""
        query = select(h).where(_is_open(now)).order_by(h.c.called_at, h.c.id).limit(limit)
        return [_call(row) for row in self._connection.execute(query)]

    def take(self, call_id: str, officer_id: str, now: datetime, expires_at: datetime) -> bool:
        """False when somebody else was faster or it has run out."""
        taken = {"taken_by": officer_id, "taken_at": to_text(now), "expires_at": to_text(expires_at)}
        done = self._connection.execute(update(h).where(and_(h.c.id == call_id, _is_open(now))).values(**taken))
        return done.rowcount == 1


def _is_open(now: datetime) -> Any:
    return and_(h.c.taken_by.is_(None), h.c.expires_at > to_text(now))


def _call(row: Any) -> HallCall:
    return HallCall(row.id, row.place, from_text(row.called_at), from_text(row.expires_at), row.taken_by)


def _marks(marks: CallbackMarks) -> dict[str, str]:
    return {"code_mark": marks.code, "tail_mark": marks.tail, "phone_mark": marks.phone}


def _place(row_id: str) -> tuple[str, str, str]:
    return ("callbacks", "sealed", row_id)
