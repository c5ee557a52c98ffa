"""Records for maintenance of the store: keys, quarantine and the index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.keys import Key, KeyNote
from kiosk_api.persistence import key_notes
from kiosk_api.persistence import tables as t
from kiosk_api.persistence.audit_reading import SqlAudit
from kiosk_api.persistence.codec import from_text, to_text
from kiosk_api.persistence.document_tables import documents
from kiosk_api.persistence.figures import SqlFigures
from kiosk_api.persistence.guards import KEY_ROTATION, rewriting
from kiosk_api.services.base.ports import Cipher
from kiosk_api.services.base.records import Broken, LookupMarks

_MESSAGE = "outbox.payload"
_WITH_CASE = {one.name: one for one in (t.events, t.outbox, t.attachments, documents)}  # by the column case_id


class CareRecords:
    """The part of the Records port that worker and operators use."""

    _connection: Connection
    _cipher: Cipher

    @property
    def figures(self) -> SqlFigures:
        """Counts for the operator."""
        return SqlFigures(self._connection)

    @property
    def audit(self) -> SqlAudit:
        """The record of changes."""
        return SqlAudit(self._connection)

    # keys ------------------------------------------------------------------------------
    def key_notes(self) -> list[KeyNote]:
        """The notes of each key."""
        return key_notes.read_notes(self._connection)

    def note_keys(self, keys: Sequence[Key], at: datetime) -> None:
        """Note new keys."""
        key_notes.add_notes(self._connection, keys, at)

    def keys_backed_up(self, ids: Sequence[str], at: datetime) -> None:
        """Record that a copy of these keys was made."""
        key_notes.set_moment(self._connection, "backed_up_at", ids, at)

    def key_emptied(self, key_id: str, at: datetime) -> None:
        """Record that no row needs this key any more."""
        key_notes.set_moment(self._connection, "emptied_at", [key_id], at)

    def sealed_kinds(self) -> int:
        """How many kinds of sealed values `stale` and `reseal` know, counted from 0."""
        return len(key_notes.SEALED)

    def stale(self, kind: int, after: str) -> bool:
        """Whether a value after this row id is sealed with another key than the one in use."""
        return bool(key_notes.stale(self._connection, kind, after, self._cipher.prefix()))

    def reseal(self, kind: int, after: str, at: datetime) -> tuple[str, int]:
        """Re-encrypt one batch with the key in use: (last row id, how many could not be decrypted).

        Unreadable values stay unchanged and go into quarantine.
        """
        one, broken_here = key_notes.SEALED[kind], 0
        fresher: list[tuple[str, bytes, bytes]] = []
        batch = key_notes.stale(self._connection, kind, after, self._cipher.prefix())
        for row_id, value in batch:
            place = one.place(row_id)
            try:
                fresh = self._cipher.reseal(place, value)
            except Unreadable as broken:
                self.quarantine(broken.reason, place, self._case_of(place), at)
                broken_here += 1
                continue
            fresher.append((row_id, value, fresh))
        if fresher:
            with rewriting(self._connection, KEY_ROTATION):
                for row_id, value, fresh in fresher:
                    key_notes.swap(self._connection, kind, row_id, value, fresh)
        return (batch[-1][0] if batch else after), broken_here

    # the index -------------------------------------------------------------------------
    def case_marks(self, after: str, limit: int) -> list[tuple[str, str]]:
        """(case id, phone mark) in id order."""
        query = select(t.cases.c.id, t.cases.c.phone_mark).where(t.cases.c.id > after)
        rows = self._connection.execute(query.order_by(t.cases.c.id).limit(limit))
        return [(row.id, row.phone_mark) for row in rows]

    def set_case_marks(self, case_id: str, marks: LookupMarks) -> None:
        """New marks of a case."""
        values = {"tail_mark": marks.tail, "phone_mark": marks.phone, "id_mark": marks.id_number}
        self._connection.execute(update(t.cases).where(t.cases.c.id == case_id).values(**values))

    # quarantine ------------------------------------------------------------------------
    def quarantine(self, reason: str, place: tuple[str, str, str], case_id: str | None, at: datetime) -> bool:
        """Put an unreadable record into quarantine; True the first time."""
        table, column, row_id = place
        here = and_(t.quarantine.c.place == f"{table}.{column}", t.quarantine.c.row_id == row_id)
        if self._connection.execute(select(t.quarantine.c.at).where(here)).first():
            return False
        self._connection.execute(
            insert(t.quarantine).values(
                place=f"{table}.{column}", row_id=row_id, case_id=case_id, reason=reason[:40],
                at=to_text(at),
            )
        )  # fmt: skip
        return True

    def quarantine_case(self, case_id: str, reason: str, at: datetime) -> bool:
        """Quarantine a case that can be decrypted but not processed; True the first time."""
        return self.quarantine(reason, ("cases", "petition", case_id), case_id, at)

    def quarantined(self) -> list[Broken]:
        """All of it, the oldest first."""
        query = (
            select(t.quarantine, t.cases.c.case_number)
            .join(t.cases, t.cases.c.id == t.quarantine.c.case_id, isouter=True)
            .order_by(t.quarantine.c.at, t.quarantine.c.place, t.quarantine.c.row_id)
        )
        return [
            Broken(row.place, row.row_id, row.case_id, row.case_number, row.reason,
                   from_text(row.at), is_message=row.place == _MESSAGE)
            for row in self._connection.execute(query)
        ]  # fmt: skip

    def quarantine_size(self) -> int:
        """How many records are in quarantine."""
        query = select(func.count()).select_from(t.quarantine)
        return int(self._connection.execute(query).scalar_one())

    def opens(self, one: Broken) -> bool:
        """Whether it can be read now; also True when the row is gone."""
        for known in key_notes.SEALED:
            if f"{known.table.name}.{known.column}" == one.place:
                query = select(known.values).where(known.ids == one.row_id)
                row = self._connection.execute(query).first()
                try:
                    return row is None or bool(self._cipher.reseal(known.place(one.row_id), row[0]))
                except Unreadable:
                    return False
        return True

    def release(self, one: Broken) -> None:
        """Take it out of quarantine; a message is delivered at the next chance."""
        here = and_(t.quarantine.c.place == one.place, t.quarantine.c.row_id == one.row_id)
        self._connection.execute(delete(t.quarantine).where(here))
        if one.is_message:
            waiting = and_(t.outbox.c.id == one.row_id, t.outbox.c.done_at.is_(None))
            self._connection.execute(update(t.outbox).where(waiting).values(available_at=""))

    def _case_of(self, place: tuple[str, str, str]) -> str | None:
        table, _, row_id = place
        if table == "cases":
            return row_id
        column = _WITH_CASE.get(table)
        if column is None:
            return None
        query = select(column.c.case_id).where(column.c.id == row_id)
        return self._connection.execute(query).scalar()
