"""Engines and transactions.

SQLite runs in WAL mode with `synchronous=FULL`: a committed row survives a power cut, which a
kiosk sees more often than a data centre. Writers queue on a lock of this process and then take
SQLite's own write lock at once (BEGIN IMMEDIATE), so that readers never block and no
transaction fails half-way on a lock it could not upgrade to.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from kiosk_api.persistence.durability import make_durable
from kiosk_api.persistence.records import SqlRecords
from kiosk_api.services.base.ports import Cipher, StoreBusy, StoreFull

BUSY_TIMEOUT_S = 4.0


def make_engine(url: str) -> Engine:
    """An engine for SQLite (default) or PostgreSQL."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _: object) -> None:
        connection.isolation_level = None  # this module begins and ends transactions itself
        make_durable(connection)

    return engine


class SqlStore:
    """Transactions over an engine; safe to share between threads."""

    def __init__(self, engine: Engine, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._writer = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[SqlRecords]:
        """A read transaction; nothing written in it is kept."""
        with self._guard(), self._engine.connect() as connection:
            self._begin(connection, "BEGIN")
            try:
                yield SqlRecords(connection, self._cipher)
            finally:
                self._end(connection, "ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[SqlRecords]:
        """One writer at a time in this process; commits when the block ends well."""
        if not self._writer.acquire(timeout=BUSY_TIMEOUT_S * 2):
            raise StoreBusy("writer queue")
        try:
            with self._guard(), self._engine.connect() as connection:
                self._begin(connection, "BEGIN IMMEDIATE")
                try:
                    yield SqlRecords(connection, self._cipher)
                except BaseException:
                    self._end(connection, "ROLLBACK")
                    raise
                self._end(connection, "COMMIT")
        finally:
            self._writer.release()

    def check(self) -> str:
        """The store's migration version; raises StoreBusy when it cannot be read."""
        with self._guard(), self._engine.connect() as connection:
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())

    def close(self) -> None:
        """Close every connection that is not in use; the next transaction opens its own."""
        self._engine.dispose()

    def _begin(self, connection: Connection, statement: str) -> None:
        if self._is_sqlite:
            connection.exec_driver_sql(statement)

    def _end(self, connection: Connection, statement: str) -> None:
        if self._is_sqlite:
            connection.exec_driver_sql(statement)
        if statement == "COMMIT":
            connection.commit()
        else:
            connection.rollback()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if _is_full(str(error.orig)):
                raise StoreFull("full") from None
            raise StoreBusy(type(error.orig).__name__) from None


def _is_full(message: str) -> bool:
    return "disk is full" in message or "No space left" in message
