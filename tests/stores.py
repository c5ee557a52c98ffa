"""Which store the applications of the tests use: SQLite, or PostgreSQL with `KIOSK_TESTS_STORE=postgresql`.

A test that asks for an application over a folder gets, on PostgreSQL, a database that belongs to this folder: a second
application over the same folder finds the same rows, as it would in the SQLite file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.postgres_server import server

ON_POSTGRESQL = os.environ.get("KIOSK_TESTS_STORE") == "postgresql"

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


def filled(fill: Callable[[str], None]) -> str:
    """The name of a database that `fill` has filled once, given its address."""
    name = server().make()
    fill(server().url(name))
    return name
