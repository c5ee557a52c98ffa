"""A filled store of every earlier release becomes a store of this one, with every row, or stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from kiosk_api.domain.errors import StartRefused
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import head, migrate, revisions
from tests.backups.filled import COMPUTED, ROWS, UNKEPT, content, filled_store, schema

SHORT = 3  # points at which a short run kills


@pytest.mark.parametrize("revision", revisions())
def test_rows_of_every_earlier_release_are_there_after_the_upgrade(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "store.db"
    engine = filled_store(path, revision)
    before = content(path)
    migrate(engine)
    engine.dispose()
    after = content(path)
    for table, columns in before.items():
        if table in UNKEPT:
            continue
        for column in columns.keys() & after[table].keys() - COMPUTED.get(table, set()):
            assert after[table][column] >= columns[column], (table, column)
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("SELECT count(*) FROM events").fetchone() == (ROWS,)
    database.close()
    fresh = tmp_path / "fresh.db"
    engine = make_engine(f"sqlite:///{fresh}")
    migrate(engine)
    engine.dispose()
    assert {name: set(columns) for name, columns in content(fresh).items()} == {
        name: set(columns) for name, columns in after.items()
    }


def test_a_migration_that_would_leave_a_row_pointing_nowhere_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    filled_store(path, "0011").dispose()
    database = sqlite3.connect(path)
    database.execute("DELETE FROM cases WHERE id = (SELECT min(id) FROM cases)")
    database.commit()
    database.close()
    before = schema(path), content(path)
    engine = make_engine(f"sqlite:///{path}")
    with pytest.raises(StartRefused, match="would point nowhere"):
        migrate(engine)
    engine.dispose()
    assert (schema(path), content(path)) == before


def test_a_store_that_is_being_written_is_not_migrated(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    engine = filled_store(path, "0022")
    before = schema(path)
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StartRefused, match="Stop the service"):
        migrate(engine, wait_ms=1)
    other.rollback()
    other.close()
    assert schema(path) == before
    migrate(engine)
    engine.dispose()
    assert repr(head()) in schema(path)


def test_later_connections_enforce_foreign_keys_again(tmp_path: Path) -> None:
    engine = filled_store(tmp_path / "store.db", "0022")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def killed_at(path: Path, points: str) -> int:
    """Upgrade copies of the store, each killed at one of `points` (`FIRST:STEP`). Returns the number of kills, after
    each of which the child has found the old store or the new one."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.backups.killed_upgrades", str(path), points],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return int(done.stdout.split()[0])


def points_of(path: Path) -> int:
    """How many statements an upgrade of this store runs; each has a point before it and one after it."""
    copy = path.with_name("counted.db")
    shutil.copy(path, copy)
    engine, seen = make_engine(f"sqlite:///{copy}"), []
    event.listen(engine, "before_cursor_execute", lambda *_: seen.append(1))
    migrate(engine)
    engine.dispose()
    return 2 * len(seen)


def test_an_upgrade_that_is_killed_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    filled_store(path, "0011").dispose()
    points = points_of(path)
    assert killed_at(path, f"5:{points // SHORT}") >= SHORT
    assert killed_at(path, f"{points - 4}:1") == 4  # around the commit


@pytest.mark.long
@pytest.mark.parametrize("revision", ["0001", "0007", "0011", "0019", "0022"])
def test_killed_at_every_statement(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "store.db"
    filled_store(path, revision).dispose()
    assert killed_at(path, "0:1") == points_of(path)
