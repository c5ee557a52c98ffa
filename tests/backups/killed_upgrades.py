"""`python -m tests.backups.killed_upgrades STORE FIRST:STEP`: upgrade copies of a store, each killed at one point.

A point lies before or after a statement. Prints the number of kills; fails when a copy is then neither the old store
nor the new one, does not pass SQLite's own checks, or cannot be upgraded afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from pathlib import Path

from sqlalchemy import event

from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate, revisions
from tests.backups.filled import content, counts, schema


def upgrade(path: Path, kill_at: int | None = None) -> None:
    """Upgrade; with `kill_at` this process ends at that point."""
    engine, passed = make_engine(f"sqlite:///{path}"), 0

    def at_point(*_: object) -> None:
        nonlocal passed
        if passed == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        passed += 1

    for name in ("before_cursor_execute", "after_cursor_execute"):
        event.listen(engine, name, at_point)
    migrate(engine)
    engine.dispose()


def killed(path: Path, point: int) -> bool:
    """Upgrade in a child that is killed at this point; False when the upgrade ended before it."""
    child = os.fork()
    if child == 0:
        try:
            upgrade(path, point)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main(store: Path, first: int, step: int) -> int:
    """The number of kills."""
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "new.db"
        shutil.copy(store, new)
        upgrade(new)
        revisions()
        before, after = (schema(store), content(store)), (schema(new), counts(new))
        point, kills = first, 0
        while True:
            path = Path(folder) / "killed.db"
            for left in Path(folder).glob("killed.db*"):
                left.unlink()
            shutil.copy(store, path)
            if not killed(path, point):
                return kills
            kills += 1
            old = (schema(path), content(path)) == before
            assert old or (schema(path), counts(path)) == after, f"half an upgrade after a kill at point {point}"
            database = sqlite3.connect(path)
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            database.close()
            if kills % 10 == 1:
                upgrade(path)
                assert (schema(path), counts(path)) == after, f"no upgrade after a kill at point {point}"
            point += step


if __name__ == "__main__":
    first, step = sys.argv[2].split(":")
    print(main(Path(sys.argv[1]), int(first), int(step)))
