"""Named points in the life of a petition at which a test lets the API's process die or fail.

They lie around what the product already has, the events of SQLAlchemy and the WSGI call, so that the product
itself knows nothing of them: `request`, before and after each statement and the commit, `answer` (made, not yet
sent) and `sent`. A statement's name is its verb and table, with a number from the second one of a request on.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

PATH = "/api/v1/petitions"
_TABLE = re.compile(r"\s*(UPDATE)\s+\"?(\w+)|\s*(\w+)[^;]*?\s(?:INTO|FROM)\s+\"?(\w+)|\s*(\w+)")


@dataclass(frozen=True)
class Plan:
    """What happens where: `act` is kill, error, full or list; at the `nth` time that `point` is passed."""

    act: str = "list"
    point: str = ""
    nth: int = 1

    def write(self, path: Path) -> None:
        """For the next process."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


class Points:
    """Watches one process; `plan` is what happens in it."""

    def __init__(self, plan: Plan, listed: Path) -> None:
        self._plan, self._listed = plan, listed
        self._lock, self._passed = threading.Lock(), 0
        self._here = threading.local()

    @classmethod
    def from_file(cls, path: Path) -> Points:
        """As the driver wrote it for this process."""
        return cls(Plan(**json.loads(path.read_text(encoding="utf-8"))), path.with_suffix(".points"))

    def around(self, app: Callable[..., Any]) -> Callable[..., Any]:
        """The application, with the points of its requests."""

        def call(environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
            if environ["PATH_INFO"] != PATH:
                yield from app(environ, start)
                return
            self._here.seen = Counter()
            try:
                self.passes("request")
                parts = list(app(environ, start))
                self.passes("answer")
            finally:
                seen, self._here.seen = self._here.seen, None
            yield from parts
            self._here.seen = seen
            self.passes("sent")  # the server has handed the last part to the kernel
            self._here.seen = None

        return call

    def watch(self, engine: Engine) -> None:
        """The points of its statements and commits."""

        @event.listens_for(engine, "before_cursor_execute")
        def _before(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            self.passes(f"before {short(statement)}")

        @event.listens_for(engine, "after_cursor_execute")
        def _after(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            self.passes(f"after {short(statement)}")

        if engine.dialect.name != "sqlite":  # there the store says COMMIT itself
            commit = engine.dialect.do_commit

            def watched(connection: Any) -> None:
                self.passes("before COMMIT")
                commit(connection)
                self.passes("after COMMIT")

            engine.dialect.do_commit = watched  # type: ignore[method-assign]

    def passes(self, name: str) -> None:
        """Called wherever a point lies; only those of a petition's request count."""
        seen = getattr(self._here, "seen", None)
        if seen is None:
            return
        seen[name] += 1
        if seen[name] > 1:
            name = f"{name} {seen[name]}"
        if self._plan.act == "list":
            with self._lock, self._listed.open("a", encoding="utf-8") as out:
                out.write(name + "\n")
        elif name == self._plan.point:
            with self._lock:
                self._passed += 1
                due = self._passed == self._plan.nth
            if due:
                self._do()

    def _do(self) -> None:
        if self._plan.act == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self._plan.act == "full":
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL  # type: ignore[misc]
            raise OperationalError("planned", {}, error)
        raise MemoryError("planned")


def short(statement: str) -> str:
    """`INSERT events` for a statement."""
    found = _TABLE.match(statement)
    assert found is not None
    return " ".join(part for part in found.groups() if part)
