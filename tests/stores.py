"""Which store the applications of the tests use: SQLite, or PostgreSQL with `KIOSK_TESTS_STORE=postgresql`.

A test that asks for an application over a folder gets, on PostgreSQL, a database that belongs to this folder: a second
application over the same folder finds the same rows, as it would in the SQLite file.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres_server import server

ON_POSTGRESQL = os.environ.get("KIOSK_TESTS_STORE") == "postgresql"

_BYTES = re.compile(r"\b[xX]'([0-9a-fA-F]*)'")
_databases: dict[Path, str] = {}


def url_of(folder: Path, template: Callable[[], str] = lambda: "template0") -> str:
    """The database of a folder, made from `template` when there is none yet."""
    folder = folder.resolve()
    if folder not in _databases:
        _databases[folder] = server().make(template())
    return server().url(_databases[folder])


def known() -> set[Path]:
    """The folders that have a database."""
    return set(_databases)


def forget(folders: set[Path]) -> None:
    """Remove the databases of these folders; a thousand tests would fill the memory with theirs."""
    for folder in folders:
        server().drop(_databases.pop(folder))


def copied(source: Path, target: Path) -> None:
    """A folder was copied; its database too, to which nothing may be connected."""
    if ON_POSTGRESQL:
        _databases[target.resolve()] = server().make(_databases[source.resolve()])


def filled(fill: Callable[[str], None]) -> str:
    """The name of a database that `fill` has filled once, given its address."""
    name = server().make()
    fill(server().url(name))
    return name


def with_bytes(statement: str) -> str:
    """Bytes spelled x'00' as PostgreSQL spells them, where it is the store."""
    return _BYTES.sub(r"'\\x\1'::bytea", statement) if ON_POSTGRESQL else statement


class Opened:
    """A connection to the database of a folder that takes the few ways in which the tests speak to `sqlite3`."""

    def __init__(self, folder: Path) -> None:
        self._real = psycopg.connect(url_of(folder).replace("+psycopg", ""))

    def execute(self, statement: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        """Run a statement with `?` for values and x'00' for bytes."""
        said = with_bytes(statement.replace("%", "%%").replace("?", "%s"))
        return self._real.execute(said.encode(), values)

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """As sqlite3 does: commit or roll back, and stay open."""
        if kind is None:
            self._real.commit()
        else:
            self._real.rollback()

    def commit(self) -> None:
        """Keep what was changed."""
        self._real.commit()

    def close(self) -> None:
        """Close it."""
        self._real.close()


def connect(folder: Path) -> Any:
    """A connection past the service to the store of a folder, whichever it is."""
    return Opened(folder) if ON_POSTGRESQL else sqlite3.connect(folder / "kiosk.db")


def told_where(source: Mapping[str, str]) -> dict[str, str]:
    """The environment with the address of the folder's database, for a command that reads its settings itself."""
    here = source.get("KIOSK_DATA_DIR")
    if "KIOSK_DATABASE_URL" in source or here is None:
        return dict(source)
    return {**source, "KIOSK_DATABASE_URL": url_of(Path(here))}
