"""A copy of a running SQLite store, and what must hold of a copy before it counts.

SQLite's online backup begins again from the first page whenever another process writes between two steps; with
people submitting it need never end. Here the source is read inside one read transaction: in WAL mode that is a
snapshot, writers go on, and every step sees the same moment. Everything committed before the start is in it.
"""

from __future__ import annotations

import fcntl
import os
import random
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, func, inspect, select
from sqlalchemy.exc import DBAPIError

from kiosk_api.domain.errors import Unreadable
from kiosk_api.persistence.key_notes import SEALED, Sealed
from kiosk_api.services.base.ports import Cipher

STEP_PAGES = 2048  # 8 MiB between two looks at the limit
BUSY_MS = 30_000
SAMPLE = 20  # sealed values of each kind that are opened
_FLOCK = struct.Struct("hhqqi4x")  # `struct flock` of 64-bit Linux
_LOCKS_AT, _LOCKS = 0x4000_0000, 512  # where SQLite locks its file (os.h, PENDING_BYTE)


class NotWhole(Exception):
    """A store that fails a check; the text says which, and holds no content of it."""


def copy_store(source: Path, target: Path) -> None:
    """Copy the store of this moment to the new file `target`. Raises sqlite3.Error and OSError."""
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True, isolation_level=None)) as reading,
        closing(sqlite3.connect(target, isolation_level=None)) as writing,
    ):
        reading.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        # the copy is thrown away if anything ends before it was checked: neither a journal nor a sync
        writing.execute("PRAGMA journal_mode=OFF")
        writing.execute("PRAGMA synchronous=OFF")
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the snapshot is taken by the first read
        reading.backup(writing, pages=STEP_PAGES)
        reading.execute("ROLLBACK")


def whole(path: Path) -> dict[str, int]:
    """Check every page, index and foreign key of a copy that nobody writes; returns the rows of each table.

    Raises NotWhole.
    """
    with closing(_read_only(path)) as database:
        try:
            if database.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
                raise NotWhole("integrity_check")
            if broken := {str(row[0]) for row in database.execute("PRAGMA foreign_key_check")}:
                raise NotWhole(f"foreign_key_check: {', '.join(sorted(broken))}")
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names of tables  # nosec B608
                for name in sorted(names)
                if not name.startswith("sqlite_")
            }
        except sqlite3.DatabaseError as error:
            raise NotWhole(type(error).__name__) from None


def version_of(path: Path) -> str:
    """The migration of a copy. Raises NotWhole when it has none."""
    with closing(_read_only(path)) as database:
        try:
            rows = database.execute("SELECT version_num FROM alembic_version").fetchall()
        except sqlite3.DatabaseError as error:
            raise NotWhole(type(error).__name__) from None
    if len(rows) != 1:
        raise NotWhole("alembic_version")
    return str(rows[0][0])


def reading_engine(path: Path) -> Engine:
    """An engine over a copy that nobody writes; it leaves no file beside it."""
    return create_engine("sqlite://", creator=lambda: _read_only(path))


def unopened(engine: Engine, cipher: Cipher) -> list[str]:
    """Open the first, the last and some sealed values of each kind; where one does not open, its table and column."""
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        return [
            f"{one.table.name}.{one.column}"
            for one in SEALED
            if one.table.name in there and not _opens(connection, one, cipher)
        ]


def _opens(connection: Connection, one: Sealed, cipher: Cipher) -> bool:
    try:
        for row in connection.execute(select(one.ids, one.values).where(one.ids.in_(_some(connection, one)))):
            if row[1] is not None:
                cipher.reseal(one.place(row[0]), row[1])
    except (Unreadable, DBAPIError, TypeError):  # the last two: text where bytes should be
        return False
    return True


def _some(connection: Connection, one: Sealed) -> list[str]:
    """Ids of a few rows: found through the index by where a random id would stand, so that no table is read whole."""
    run = connection.execute
    first, last = run(select(func.min(one.ids), func.max(one.ids))).one()
    if first is None:
        return []
    chance, found = random.Random(), {first, last}  # noqa: S311 - a sample, no secret
    for _ in range(SAMPLE):
        after = f"{chance.getrandbits(32):08x}"
        found.add(run(select(func.min(one.ids)).where(one.ids >= after)).scalar() or first)
    return sorted(found)


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether no process has this store open; until the block ends none can open it.

    SQLite keeps a shared lock on the file for as long as a connection in WAL mode is open, also on a broken one.
    """
    with path.open("rb+") as file:
        try:
            fcntl.fcntl(file, fcntl.F_OFD_SETLK, _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, _LOCKS_AT, _LOCKS, 0))
        except OSError:
            yield False
            return
        yield True


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
