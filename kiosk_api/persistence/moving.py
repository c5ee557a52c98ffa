"""Copy a whole store into another, SQLite to PostgreSQL or back: one snapshot, compared row by row, all or nothing.

Sealed values and marks are copied as they are, so the keys stay the same. Nothing draws numbers from a sequence of the
database (tests/postgresql/test_copy_store.py), so there is none to set.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Table, inspect, select, text
from sqlalchemy.exc import DBAPIError

from kiosk_api.persistence import postgresql
from kiosk_api.persistence.migrate import head, migrate
from kiosk_api.persistence.tables import metadata

ROWS = 500  # in one batch
LARGE = {"attachments": 8, "document_files": 20}  # batches of tables whose rows hold pictures and papers
VERSION = "alembic_version"


class CopyRefused(Exception):
    """Nothing was copied, and the target is as it was; the text says why."""


@dataclass(frozen=True)
class Copied:
    """A table: how many rows, and the SHA-256 over all of them in the order of their keys."""

    table: str
    rows: int
    digest: str


def copy_store(source: Engine, target: Engine, say: Callable[[Copied], None] = lambda _: None) -> list[Copied]:
    """Copy every table. `say` hears of each as it is written.

    Raises CopyRefused when the source is not at the newest migration or has tables that the code does not know, when
    the target holds a row, when a value does not fit there, or when what was written differs from what was read.
    """
    with _snapshot(source) as reading:
        _require_current(reading)
        _require_empty(target)
        migrate(target)
        with target.connect() as writing:
            _begin_writing(writing)
            done = []
            for table in metadata.sorted_tables:
                one = _copy(reading, writing, table)
                if one != _digest(table, _rows(writing, table)):
                    raise CopyRefused(
                        f"{table.name}: 写进去的和读出来的不一样 · what was written differs from what was read"
                    )
                say(one)
                done.append(one)
            if _on_sqlite(target):
                writing.exec_driver_sql("COMMIT")
            writing.commit()
    return done


def _on_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


@contextmanager
def _snapshot(source: Engine) -> Iterator[Connection]:
    """Everything as it was at one moment, without stopping those who write."""
    with source.connect() as reading:
        if _on_sqlite(source):
            reading.exec_driver_sql("BEGIN")
        else:
            postgresql.begin_reading(reading)
            reading.execute(text("SET LOCAL statement_timeout = 0"))
        try:
            yield reading
        finally:
            if _on_sqlite(source):
                reading.exec_driver_sql("ROLLBACK")
            reading.rollback()


def _begin_writing(writing: Connection) -> None:
    if writing.dialect.name == "sqlite":
        writing.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        postgresql.begin_migrating(writing)


def _require_current(reading: Connection) -> None:
    there = set(inspect(reading).get_table_names())
    found = reading.execute(text("SELECT version_num FROM alembic_version")).scalar() if VERSION in there else None
    if found != head():
        raise CopyRefused(f"先运行 migrate：这个库在 {found}，程序要 {head()} · run `migrate` on the source first")
    if unknown := there - set(metadata.tables) - {VERSION}:
        raise CopyRefused(f"程序不认识的表 · tables the program does not know: {', '.join(sorted(unknown))}")


def _require_empty(target: Engine) -> None:
    with target.connect() as connection:
        there = set(inspect(connection).get_table_names())
        if unknown := there - set(metadata.tables) - {VERSION}:
            raise CopyRefused(f"目标里有别的表 · the target has other tables: {', '.join(sorted(unknown))}")
        for table in metadata.sorted_tables:
            if table.name in there and connection.execute(select(table).limit(1)).first() is not None:
                raise CopyRefused(f"目标不是空的：{table.name} 里有内容 · the target is not empty: {table.name}")


def _copy(reading: Connection, writing: Connection, table: Table) -> Copied:
    """Write the rows of a table, and return the count and digest of what was read."""

    def written() -> Iterator[Any]:
        batch: list[dict[str, Any]] = []
        for row in _rows(reading, table):
            batch.append(dict(row._mapping))
            if len(batch) == LARGE.get(table.name, ROWS):
                _write(writing, table, batch)
                batch = []
            yield row
        _write(writing, table, batch)

    return _digest(table, written())


def _write(writing: Connection, table: Table, batch: list[dict[str, Any]]) -> None:
    if not batch:
        return
    try:
        writing.execute(table.insert(), batch)
    except DBAPIError as error:  # its text may quote a value
        raise CopyRefused(f"{table.name}: 有一行写不进去 · a row does not fit ({type(error.orig).__name__})") from None


def _rows(connection: Connection, table: Table) -> Iterator[Any]:
    """All rows in the order of the key, a batch in memory at a time."""
    query = select(table).order_by(*table.primary_key.columns)
    some = LARGE.get(table.name, ROWS)
    yield from connection.execute(query, execution_options={"yield_per": some})


def _digest(table: Table, rows: Iterator[Any]) -> Copied:
    made, count = hashlib.sha256(), 0
    for row in rows:
        count += 1
        for value in row:
            kind, held = _spelled(value)
            made.update(b"%s%d:" % (kind, len(held)))
            made.update(held)
    return Copied(table.name, count, made.hexdigest())


def _spelled(value: Any) -> tuple[bytes, bytes]:
    """The same bytes for the same value on every database: its kind, and what it is."""
    if value is None:
        return b"n", b""
    if isinstance(value, bytes | memoryview):
        return b"b", bytes(value)
    if isinstance(value, bool):
        return b"t", b"1" if value else b"0"
    if isinstance(value, date):
        return b"d", value.isoformat().encode()
    if isinstance(value, int | float):
        return b"f", repr(float(value)).encode() if isinstance(value, float) else b"%d" % value
    return b"s", str(value).encode()
