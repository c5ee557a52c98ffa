"""A broken store, or one of another release, is not served: the start ends with a sentence that says what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kiosk_api import cli, serve_api
from kiosk_api.domain.errors import StartRefused
from kiosk_api.opening import check_start
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import head, migrate
from kiosk_api.persistence.start_check import check_sqlite, check_version
from tests.backups.filled import filled_store
from tests.factories import fresh_app, register


@pytest.fixture
def store(tmp_path: Path) -> Path:
    app = fresh_app(tmp_path)
    for n in range(40):
        register(app, f"start-check-{n:04d}")
    app.extensions["kiosk"].store.close()
    return tmp_path / "kiosk.db"


def damage(path: Path, at: int, length: int = 4096) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + length] = bytes(range(256)) * (length // 256)
    path.write_bytes(content)


def test_a_sound_store_and_one_that_is_not_there_yet_are_fine(store: Path, tmp_path: Path) -> None:
    check_sqlite(store, must_be_current=True)
    check_sqlite(tmp_path / "none.db", must_be_current=False)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("page", [0, 1, 5, 12, 30])
def test_a_page_that_was_written_over_is_noticed(store: Path, page: int) -> None:
    damage(store, 4096 * page)
    with pytest.raises(StartRefused, match="什么也不要删"):
        check_sqlite(store, must_be_current=True)


def test_a_row_that_points_nowhere_is_noticed(store: Path) -> None:
    database = sqlite3.connect(store)
    database.execute("INSERT INTO audit_guard VALUES (1, 'repair')")
    database.execute("DELETE FROM cases WHERE id = (SELECT min(id) FROM cases)")
    database.execute("DELETE FROM audit_guard")
    database.commit()
    database.close()
    with pytest.raises(StartRefused, match="events"):
        check_sqlite(store, must_be_current=True)


def test_the_check_is_cut_when_its_time_is_up(store: Path) -> None:
    database = sqlite3.connect(store)
    database.execute(
        "CREATE TABLE wide AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 60000) SELECT x FROM n"
    )
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    damage(store, store.stat().st_size - 4096)
    with pytest.raises(StartRefused):
        check_sqlite(store, must_be_current=True)
    check_sqlite(store, must_be_current=True, most_s=0.0001)  # the nightly backup finds it


@pytest.mark.parametrize(
    ("version", "must_be_current", "said"),
    [("9999", True, "newer release"), ("9999", False, "newer release"), ("0011", True, "run migrate"), (None, True, "run migrate")],
)  # fmt: skip
def test_another_schema_is_refused(version: str | None, must_be_current: bool, said: str) -> None:
    with pytest.raises(StartRefused, match=said):
        check_version(version, must_be_current=must_be_current)


def test_an_older_schema_may_be_migrated(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.db"
    filled_store(path, "0011").dispose()
    check_sqlite(path, must_be_current=False)
    check_version(None, must_be_current=False)
    check_version(head())
    with pytest.raises(StartRefused, match="run migrate"):
        check_sqlite(path, must_be_current=True)


def test_an_interrupted_restore_is_not_taken_for_a_new_store(tmp_path: Path) -> None:
    (tmp_path / "kiosk.db.before-20261130T020000Z").write_bytes(b"the store before")
    with pytest.raises(StartRefused, match="run restore again"):
        check_sqlite(tmp_path / "kiosk.db", must_be_current=False)


@pytest.mark.parametrize("command", ["worker", "migrate", None])
def test_no_process_starts_on_a_broken_store(
    store: Path, command: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(store, 4096 * 12)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(store.parent))
    assert (cli.main([command]) if command else serve_api.main()) == 2
    said = capsys.readouterr().err
    assert "backup.md" in said and "Traceback" not in said


def test_migrate_says_where_the_newest_backup_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    engine = make_engine(f"sqlite:///{tmp_path / 'kiosk.db'}")
    migrate(engine, "0022")
    engine.dispose()
    assert cli.main(["migrate"]) == 0
    assert "no backup to go back to" in capsys.readouterr().out
    assert cli.main(["migrate"]) == 0
    assert "backup" not in capsys.readouterr().out  # nothing to do, nothing to say


def test_a_store_in_memory_or_a_server_that_is_away_stops_no_start() -> None:
    check_start("sqlite://")
    check_start("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=1")
