"""Erasing what a case holds: contents and everything that finds a person go, number, dates and kinds stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from kiosk_api.domain.clocks import RIGHTS
from kiosk_api.domain.erasure import ENDED, Cause, Obstacle, tombstone, what_stays
from kiosk_api.domain.errors import Unreadable
from kiosk_api.persistence import document_tables as d
from kiosk_api.persistence import tables as t
from kiosk_api.persistence.account_tables import reading_reasons
from kiosk_api.persistence.channel_tables import case_links
from kiosk_api.persistence.clock_tables import case_clocks
from kiosk_api.persistence.codec import new_id, to_text
from kiosk_api.persistence.erasure_tables import erasure_requests, erasures, legal_holds
from kiosk_api.persistence.guards import ERASURE, rewriting
from kiosk_api.persistence.petitioner_notice_tables import (
    OPEN,
    UNTOLD,
    WAITS,
    notice_attempts,
    notice_choices,
    petitioner_notices,
)
from kiosk_api.services.base.ports import Cipher

_ENDED = sorted(one.value for one in ENDED)
_GONE = {"erased": True}


class SqlErasures:
    """The Erasures port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    # which cases -----------------------------------------------------------------------
    def due(self, before: datetime, today: date, limit: int) -> list[str]:
        """Ids of cases whose last step lies before that moment and against which nothing stands, in id order."""
        c = t.cases.c
        nothing = [~condition for condition in self._obstacles(before, today).values()]
        query = select(c.id).where(c.registered_at < to_text(before), *nothing)
        return list(self._connection.execute(query.order_by(c.id).limit(limit)).scalars())

    def obstacles(self, case_id: str, before: datetime, today: date) -> list[Obstacle]:
        """What stands against erasing this case; `before` is the moment before which its last step must lie."""
        found = self._obstacles(before, today)
        query = select(*(condition.label(name.value) for name, condition in found.items()))
        row = self._connection.execute(query.where(t.cases.c.id == case_id)).one()
        return [name for name in found if row._mapping[name.value]]

    def counts(self, before: datetime, today: date) -> dict[Obstacle | None, int]:
        """How many cases each obstacle keeps (a case may count under several); None: those that are due."""
        c, found = t.cases.c, self._obstacles(before, today)
        sums = [func.coalesce(func.sum(_as_number(one)), 0).label(name.value) for name, one in found.items()]
        row = self._connection.execute(select(*sums)).one()
        clear = and_(c.registered_at < to_text(before), *(~one for one in found.values()))
        due = self._connection.execute(select(func.count()).select_from(t.cases).where(clear)).scalar_one()
        return {None: int(due), **{name: int(row._mapping[name.value]) for name in found}}

    def _obstacles(self, before: datetime, today: date) -> dict[Obstacle, ColumnElement[bool]]:
        c, other = t.cases.c, t.cases.alias("other")
        notice = petitioner_notices.c
        attempt = and_(notice_attempts.c.notice_id == notice.id, OPEN)
        return {
            Obstacle.ERASED: exists().where(erasures.c.case_id == c.id),
            Obstacle.OPEN: c.status.not_in(_ENDED),
            Obstacle.HELD: exists().where(legal_holds.c.case_id == c.id, legal_holds.c.until.is_(None)),
            Obstacle.RECENT: exists().where(t.events.c.case_id == c.id, t.events.c.at >= to_text(before)),
            Obstacle.CLOCK: exists().where(
                case_clocks.c.case_id == c.id,
                case_clocks.c.state == "running",
                or_(case_clocks.c.clock.not_in(sorted(RIGHTS)), case_clocks.c.due_on >= today),  # rights lapse
            ),
            Obstacle.NOTICE: or_(
                exists().where(notice.case_id == c.id, or_(WAITS, and_(UNTOLD, notice.closed_at.is_(None)))),
                exists().where(notice.case_id == c.id, attempt),
                exists().where(t.outbox.c.case_id == c.id, t.outbox.c.done_at.is_(None)),
            ),
            Obstacle.REPEATED: exists().where(other.c.repeat_of == c.case_number, other.c.status.not_in(_ENDED)),
        }

    # erasing ---------------------------------------------------------------------------
    def erase(self, case_id: str, at: datetime, cause: Cause) -> None:
        """Erase one case in this transaction. What is unreadable is erased all the same."""
        with rewriting(self._connection, ERASURE):
            self._case(case_id, at, cause)
            self._contents(case_id)
            self._rows(case_id)
        if not self.is_erased(case_id):
            self._connection.execute(insert(erasures).values(case_id=case_id, at=to_text(at), cause=cause.value))

    def is_erased(self, case_id: str) -> bool:
        """Whether this case was erased."""
        return bool(self._connection.execute(select(exists().where(erasures.c.case_id == case_id))).scalar())

    def id_of(self, case_number: str) -> str | None:
        """The id of a case by its number; nothing is opened."""
        return self._connection.execute(select(t.cases.c.id).where(t.cases.c.case_number == case_number)).scalar()

    def knows(self, case_id: str) -> bool:
        """Whether the store has this case."""
        return bool(self._connection.execute(select(exists().where(t.cases.c.id == case_id))).scalar())

    def drop_messengers(self, case_id: str) -> int:
        """Delete who is told of this case at messengers; how many there were."""
        return int(self._connection.execute(delete(case_links).where(case_links.c.case_id == case_id)).rowcount)

    def _case(self, case_id: str, at: datetime, cause: Cause) -> None:
        seal = self._cipher.seal
        values = {
            "petition": seal(("cases", "petition", case_id), tombstone(at, cause)),
            "route": seal(("cases", "route", case_id), _GONE),
            "tail_mark": "",
            "phone_mark": "",
            "id_mark": None,
            "next_due_on": None,
            "recheck_on": None,
            "version": t.cases.c.version + 1,
        }
        self._connection.execute(update(t.cases).where(t.cases.c.id == case_id).values(**values))

    def _contents(self, case_id: str) -> None:
        """Sealed contents of rows that stay."""
        of_case = select(d.documents.c.id).where(d.documents.c.case_id == case_id)
        e = t.events.c
        for row in self._connection.execute(select(e.id, e.data).where(e.case_id == case_id)).all():
            place = ("events", "data", row.id)
            try:
                kept = what_stays(self._cipher.open(place, row.data))
            except Unreadable:
                kept = dict(_GONE)
            self._put(t.events, e.id, row.id, e.data, kept)
        for table, condition in (
            (d.documents, d.documents.c.case_id == case_id),
            (d.approvals, d.approvals.c.document_id.in_(of_case)),
            (d.deliveries, d.deliveries.c.document_id.in_(of_case)),
            (reading_reasons, reading_reasons.c.case_id == case_id),
        ):
            for row_id in self._connection.execute(select(table.c.id).where(condition)).scalars().all():
                self._put(table, table.c.id, row_id, table.c.sealed, _GONE)

    def _put(self, table: Table, key: Column[Any], row_id: str, column: Column[Any], value: Mapping[str, Any]) -> None:
        sealed = self._cipher.seal((table.name, column.name, row_id), value)
        self._connection.execute(update(table).where(key == row_id).values({column.name: sealed}))

    def _rows(self, case_id: str) -> None:
        """Rows that go, and what platforms call a message."""
        of_case = select(d.documents.c.id).where(d.documents.c.case_id == case_id)
        of_notices = select(petitioner_notices.c.id).where(petitioner_notices.c.case_id == case_id)
        told = notice_attempts.c.notice_id.in_(of_notices)
        self._connection.execute(update(notice_attempts).where(told).values(platform_id=None))
        self._connection.execute(delete(d.document_files).where(d.document_files.c.document_id.in_(of_case)))
        for table in (t.attachments, case_links, notice_choices, t.outbox, case_clocks, t.quarantine):
            self._connection.execute(delete(table).where(table.c.case_id == case_id))

    # holds and requests ----------------------------------------------------------------
    def hold(self, case_id: str, officer_id: str, at: datetime, reason: str) -> None:
        """Keep this case until it is released."""
        row_id = new_id()
        sealed = self._cipher.seal(("legal_holds", "sealed", row_id), {"reason": reason})
        values = {"id": row_id, "case_id": case_id, "set_by": officer_id, "since": to_text(at), "sealed": sealed}
        self._connection.execute(insert(legal_holds).values(**values))

    def release_hold(self, case_id: str, officer_id: str, at: datetime) -> int:
        """End every hold of this case; how many there were."""
        here = and_(legal_holds.c.case_id == case_id, legal_holds.c.until.is_(None))
        done = update(legal_holds).where(here).values(until=to_text(at), released_by=officer_id)
        return int(self._connection.execute(done).rowcount)

    def note_request(self, case_id: str, what: str, granted: bool, officer_id: str, at: datetime, reason: str) -> None:
        """Record what a petitioner asked for and what was decided."""
        row_id = new_id()
        sealed = self._cipher.seal(("erasure_requests", "sealed", row_id), {"reason": reason})
        self._connection.execute(
            insert(erasure_requests).values(
                id=row_id, case_id=case_id, what=what, granted=granted, decided_by=officer_id, at=to_text(at),
                sealed=sealed,
            )
        )  # fmt: skip

    def requests_of(self, case_id: str) -> Sequence[tuple[str, bool, str]]:
        """(what, granted, reason), the oldest first."""
        c = erasure_requests.c
        rows = self._connection.execute(select(erasure_requests).where(c.case_id == case_id).order_by(c.at))
        opened = self._cipher.open
        return [
            (row.what, row.granted, str(opened(("erasure_requests", "sealed", row.id), row.sealed)["reason"]))
            for row in rows
        ]


def _as_number(condition: ColumnElement[bool]) -> Any:
    return case((condition, 1), else_=0)
