"""Engines and transactions.

SQLite runs in WAL mode with `synchronous=FULL`: a committed row survives a power cut, which a
kiosk sees more often than a data centre. Writers queue on a lock of this process and then take
SQLite's own write lock at once (BEGIN IMMEDIATE), so that readers never block and no
transaction fails half-way on a lock it could not upgrade to. PostgreSQL is in postgresql.py.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError

from kiosk_api.persistence import postgresql
from kiosk_api.persistence.audit_trail import Recorder
from kiosk_api.persistence.durability import make_durable
from kiosk_api.persistence.records import SqlRecords
from kiosk_api.persistence.store_faults import certainly_undone, told
from kiosk_api.services.base.ports import Cipher, OutcomeUnknown, StoreBusy

BUSY_TIMEOUT_S = 4.0


def make_engine(url: str) -> Engine:
    """An engine for SQLite (default) or PostgreSQL."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return postgresql.make_postgresql_engine(url)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S}, **_pool_of(parsed))

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _: object) -> None:
        connection.isolation_level = None  # this module begins and ends transactions itself
        make_durable(connection)

    return engine


def _pool_of(url: URL) -> dict[str, float]:
    """A thread waits for a connection no longer than for a lock, and there are about as many as threads that read
    (server/lanes.py). A store in memory has no such queue."""
    return (
        {"pool_timeout": BUSY_TIMEOUT_S, "pool_size": 40, "max_overflow": 10}
        if url.database and url.database != ":memory:"
        else {}
    )


class SqlStore:
    """Transactions over an engine; safe to share between threads."""

    def __init__(self, engine: Engine, cipher: Cipher, recorder: Recorder | None = None) -> None:
        self._engine = engine
        self._cipher = cipher
        self._recorded = recorder.on if recorder else nullcontext
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._writer = threading.Lock()
        self._of_thread = threading.local()

    @contextmanager
    def read(self) -> Iterator[SqlRecords]:
        """A read transaction; nothing written in it is kept."""
        with told(), self._open("BEGIN") as connection:
            try:
                yield SqlRecords(connection, self._cipher)
            finally:
                self._roll_back(connection)

    @contextmanager
    def write(self) -> Iterator[SqlRecords]:
        """One writer at a time in this process; commits when the block ends well.

        Raises OutcomeUnknown when the commit was sent and it cannot be known whether it happened.
        """
        if not self._writer.acquire(timeout=BUSY_TIMEOUT_S * 2):
            raise StoreBusy("writer queue")
        try:
            with told(), self._open("BEGIN IMMEDIATE") as connection:
                try:
                    with self._recorded(connection):
                        yield SqlRecords(connection, self._cipher)
                except BaseException:
                    self._roll_back(connection)
                    raise
                self._commit(connection)
        finally:
            self._writer.release()

    def commits(self) -> int:
        """Transactions of this thread that were stored, or may have been: tells an answer that fails afterwards
        from one that fails before."""
        return int(getattr(self._of_thread, "commits", 0))

    def check(self) -> str:
        """The store's migration version; raises StoreBusy when it cannot be read."""
        with told(), self._engine.connect() as connection:
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())

    def close(self) -> None:
        """Close every connection that is not in use; the next transaction opens its own."""
        self._engine.dispose()

    def _open(self, statement: str) -> Connection:
        """A connection in a transaction; closing it is the caller's. Tried again once where the connection was lost
        before anything was sent."""
        try:
            return self._begun(statement)
        except OperationalError as error:
            if self._is_sqlite or not postgresql.was_lost(error):
                raise
        return self._begun(statement)

    def _begun(self, statement: str) -> Connection:
        connection = self._engine.connect()
        try:
            if self._is_sqlite:
                connection.exec_driver_sql(statement)
            elif statement == "BEGIN":
                postgresql.begin_reading(connection)
            else:
                postgresql.begin_writing(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _commit(self, connection: Connection) -> None:
        if not self._is_sqlite:
            postgresql.require_whole(connection)
        try:
            if self._is_sqlite:
                connection.exec_driver_sql("COMMIT")
            connection.commit()
        except Exception as error:
            self._roll_back(connection)
            if certainly_undone(error):
                raise
            self._of_thread.commits = self.commits() + 1
            raise OutcomeUnknown(type(error).__name__) from None
        self._of_thread.commits = self.commits() + 1

    def _roll_back(self, connection: Connection) -> None:
        """End the transaction. SQLite has done so by itself after some errors (a full disk), and a failure
        here must not hide the error that led to it: the connection is given up instead."""
        try:
            if self._is_sqlite and getattr(connection.connection.dbapi_connection, "in_transaction", True):
                connection.exec_driver_sql("ROLLBACK")
            connection.rollback()
        except Exception:
            connection.invalidate()
