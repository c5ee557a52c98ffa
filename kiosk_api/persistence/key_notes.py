"""The store's notes about its keys, and the walk over encrypted rows for re-encryption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Table,
    and_,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import OperationalError

from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.keys import Key, KeyNote
from kiosk_api.persistence import document_tables as d
from kiosk_api.persistence import tables as t
from kiosk_api.persistence.account_tables import officer_apps, reading_reasons
from kiosk_api.persistence.channel_tables import case_links, channel_messages, channel_users, platform_tokens
from kiosk_api.persistence.codec import from_text, to_text
from kiosk_api.persistence.erasure_tables import erasure_requests, legal_holds
from kiosk_api.persistence.postgresql import begin_writing
from kiosk_api.services.base.ports import Cipher

SAMPLE = 5


@dataclass(frozen=True)
class Sealed:
    """A column of sealed values: its place, and how many to take in one batch."""

    table: Table
    column: str
    key: str
    batch: int = 100

    @property
    def values(self) -> Column[Any]:
        return self.table.c[self.column]

    @property
    def ids(self) -> Column[Any]:
        return self.table.c[self.key]

    def place(self, row_id: str) -> tuple[str, str, str]:
        return (self.table.name, self.column, row_id)


SEALED = (
    Sealed(t.cases, "petition", "id"),
    Sealed(t.cases, "route", "id"),
    Sealed(t.events, "data", "id"),
    Sealed(t.outbox, "payload", "id"),
    Sealed(t.idempotency, "answer", "key_mark"),
    Sealed(officer_apps, "sealed", "officer_id"),
    Sealed(reading_reasons, "sealed", "id"),
    Sealed(t.drafts, "sealed", "session_mark"),
    Sealed(t.handovers, "sealed", "code_mark"),
    Sealed(t.callbacks, "sealed", "id"),
    Sealed(t.attachments, "sealed", "id", batch=4),  # pictures are large
    Sealed(d.documents, "sealed", "id"),
    Sealed(d.document_files, "sealed", "document_id", batch=20),
    Sealed(d.approvals, "sealed", "id"),
    Sealed(d.deliveries, "sealed", "id"),
    Sealed(channel_messages, "sealed", "id"),
    Sealed(channel_users, "sealed", "mark"),
    Sealed(case_links, "sealed", "id"),
    Sealed(platform_tokens, "sealed", "name"),
    Sealed(legal_holds, "sealed", "id"),
    Sealed(erasure_requests, "sealed", "id"),
)


class SqlKeyNotes:
    """The Notes port of `services.base.key_care`, over an engine: nothing can be opened yet."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[KeyNote] | None:
        """None for a store that cannot be read or has not been migrated yet."""
        try:
            with self._engine.connect() as connection:
                if not inspect(connection).has_table(t.key_notes.name):
                    return None
                return read_notes(connection)
        except OperationalError:
            return None

    def holds_anything(self) -> bool:
        """Whether any row needs a key; True for a store that cannot be read."""
        try:
            with self._engine.connect() as connection:
                there = set(inspect(connection).get_table_names())
                return any(
                    connection.execute(select(one.ids).limit(1)).first() is not None
                    for one in SEALED
                    if one.table.name in there
                )
        except OperationalError:
            return True

    def note(self, keys: Sequence[Key], at: datetime, *, replace: bool = False) -> None:
        """Add keys; `replace` deletes earlier notes."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                begin_writing(connection)
            if replace:
                connection.execute(delete(t.key_notes))
            add_notes(connection, keys, at)
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("COMMIT")

    def wrong_encryption(self, cipher: Cipher) -> bool:
        """True when there are rows and none of a small sample can be decrypted."""
        tried = 0
        with self._engine.connect() as connection:
            for one in SEALED:
                filled = select(one.ids, one.values).where(one.values.is_not(None))
                for row in connection.execute(filled.limit(SAMPLE)):
                    tried += 1
                    try:
                        cipher.reseal(one.place(row[0]), row[1])
                    except Unreadable:
                        continue
                    return False
        return tried > 0

    def petitions(self, cipher: Cipher) -> list[tuple[str, dict[str, Any]]]:
        """(phone mark, petition) of a small sample of readable cases with a phone, for trying the index key."""
        found = []
        with self._engine.connect() as connection:
            query = select(t.cases.c.id, t.cases.c.phone_mark, t.cases.c.petition)
            query = query.where(t.cases.c.phone_mark != "").limit(SAMPLE)
            for row in connection.execute(query):
                try:
                    opened = cipher.open(("cases", "petition", row.id), row.petition)
                except Unreadable:
                    continue
                found.append((row.phone_mark, opened))
        return found


def read_notes(connection: Connection) -> list[KeyNote]:
    """All notes, by purpose and number."""
    query = select(t.key_notes).order_by(t.key_notes.c.purpose, t.key_notes.c.number)
    return [
        KeyNote(
            row.id, row.purpose, row.number, row.check_value, from_text(row.added_at),
            from_text(row.emptied_at) if row.emptied_at else None,
            from_text(row.backed_up_at) if row.backed_up_at else None,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def add_notes(connection: Connection, keys: Sequence[Key], at: datetime) -> None:
    """Note keys that the store does not know yet."""
    known = {(note.id, note.purpose) for note in read_notes(connection)}
    for key in keys:
        if (key.id, key.purpose) not in known:
            connection.execute(
                insert(t.key_notes).values(
                    id=key.id, purpose=key.purpose, number=key.number, check_value=key.check,
                    added_at=to_text(at),
                )
            )  # fmt: skip


def set_moment(connection: Connection, column: str, ids: Sequence[str], at: datetime) -> None:
    """Set `emptied_at` or `backed_up_at` of keys."""
    connection.execute(update(t.key_notes).where(t.key_notes.c.id.in_(ids)).values({column: to_text(at)}))


def stale(connection: Connection, number: int, after: str, prefix: bytes) -> list[tuple[str, bytes]]:
    """A batch of (row id, value) of column `number` of SEALED that another key sealed."""
    one = SEALED[number]
    query = (
        select(one.ids, one.values)
        .where(and_(one.ids > after, func.substr(one.values, 1, len(prefix)) != prefix))
        .order_by(one.ids)
        .limit(one.batch)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def swap(connection: Connection, number: int, row_id: str, old: bytes, new: bytes) -> None:
    """Replace `old` by `new`, unless the value has changed meanwhile."""
    one = SEALED[number]
    connection.execute(update(one.table).where(and_(one.ids == row_id, one.values == old)).values({one.column: new}))
