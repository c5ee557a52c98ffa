"""A backup or a restore that ends in the middle leaves nothing that looks whole, and nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk_api import backups, restoring
from kiosk_api.domain.backups import BACKUP_OLD_AFTER, file_name
from kiosk_api.gateways.backup_note import NOTE, last_backup, note_backup
from kiosk_api.gateways.sealed_file import read_private
from kiosk_api.persistence import copying
from tests.backups.made import Office, closed, office, registered
from tests.factories import START, settings


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    made = office(tmp_path, monkeypatch)
    app = made.app()
    registered(app)
    closed(app)
    return made


def killed(work: Callable[[], object]) -> bool:
    """Run in a child; whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def kill_in(monkeypatch: pytest.MonkeyPatch, place: object, name: str, after: int) -> None:
    """SIGKILL at a call of `place.name`, after that many calls that pass."""
    real, calls = getattr(place, name), 0

    def call(*given: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls > after:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)

    monkeypatch.setattr(place, name, call)


BACKUP_POINTS = [
    (backups, "copy_store"), (backups, "whole"), (backups, "seal"), (backups, "sync_file"), (backups, "digest_of"),
    (Path, "rename"),
]  # fmt: skip


@pytest.mark.parametrize("point", BACKUP_POINTS, ids=lambda point: point[1])
def test_a_backup_that_is_killed_is_no_backup(bureau: Office, point: tuple[object, str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        kill_in(patch, *point, after=0)
        assert killed(lambda: backups.back_up(settings(bureau.data), bureau.away, START))
    assert bureau.backups() == [] and last_backup(bureau.data) is None
    file = bureau.take()
    assert bureau.command("check-backup", file, "--key", bureau.key) == 0
    assert not list(bureau.data.glob(".store-copy-*"))


def test_a_disk_that_gives_back_other_bytes_is_noticed(bureau: Office, capsys: pytest.CaptureFixture[str]) -> None:
    bureau.run_as.setattr(backups, "digest_of", lambda path: bytes(32))
    assert bureau.command("backup", bureau.away) == 1
    assert list(bureau.away.iterdir()) == [] and last_backup(bureau.data) is None
    assert "No backup was made" in capsys.readouterr().err


def test_a_malformed_store_makes_no_backup(bureau: Office, capsys: pytest.CaptureFixture[str]) -> None:
    kept = bureau.take()
    at = last_backup(bureau.data)
    content = bytearray((bureau.data / "kiosk.db").read_bytes())
    content[4096 * 3 : 4096 * 6] = bytes(range(256)) * 48
    (bureau.data / "kiosk.db").write_bytes(content)
    assert bureau.command("backup", bureau.away) == 1
    assert bureau.backups() == [kept] and last_backup(bureau.data) == at
    assert "check" in capsys.readouterr().err


RESTORE_POINTS = [("hardlink_to", 0), ("hardlink_to", 1), ("unlink", 0), ("unlink", 1), ("unlink", 2), ("rename", 0)]


@pytest.mark.parametrize("point", RESTORE_POINTS, ids=lambda point: f"{point[0]}-{point[1]}")
def test_a_restore_that_is_killed_loses_neither_store(bureau: Office, point: tuple[str, int]) -> None:
    file = bureau.take()
    app = bureau.app()
    registered(app, 2, "later")
    living = bureau.data.with_name("living")  # as a crash leaves it: the last commits in the log only
    shutil.copytree(bureau.data, living)
    closed(app)
    assert (living / "kiosk.db-wal").stat().st_size
    private = read_private(bureau.key.read_text("utf-8"))

    def restore() -> None:
        restoring.restore(settings(living), file, private, START, replace=True)

    with pytest.MonkeyPatch.context() as patch:
        kill_in(patch, Path, point[0], after=point[1])
        assert killed(restore)
    whole_ones = [counted(one) for one in (living / "kiosk.db", *living.glob("kiosk.db.before-*Z")) if one.exists()]
    assert 3 in whole_ones, whole_ones  # the later ones are still in one of them
    restoring.restore(settings(living), file, private, START + timedelta(minutes=1), replace=True)
    assert copying.whole(living / "kiosk.db")["cases"] == 1
    assert not (living / "kiosk.db-wal").exists() and not list(living.glob(".store-copy-*"))


def counted(store: Path) -> int | None:
    """Cases of a store with its log, read in a copy."""
    copy = store.with_name("looked-at")
    copy.mkdir(exist_ok=True)
    for one in (store, store.with_name(store.name + "-wal")):
        (copy / one.name.replace(store.name, "store.db")).unlink(missing_ok=True)
        if one.exists():
            shutil.copy(one, copy / one.name.replace(store.name, "store.db"))
    database = sqlite3.connect(copy / "store.db")
    try:
        return int(database.execute("SELECT count(*) FROM cases").fetchone()[0])
    finally:
        database.close()


def test_two_commands_do_not_work_at_once(bureau: Office, capsys: pytest.CaptureFixture[str]) -> None:
    with backups.working(bureau.data):
        assert bureau.command("backup", bureau.away) == 1
    assert "under way" in capsys.readouterr().err


def test_old_backups_go_once_the_new_one_is_whole_and_other_files_stay(bureau: Office) -> None:
    bureau.away.mkdir()
    old = [bureau.away / file_name(datetime(2026, 1, 1, 18, tzinfo=UTC) + timedelta(days=day)) for day in range(60)]
    mine = bureau.away / "notes.txt"
    half = bureau.away / (file_name(datetime(2026, 1, 9, tzinfo=UTC)) + ".part")
    for one in (*old, mine, half):
        one.write_bytes(b"x")
    bureau.run_as.setattr(backups, "digest_of", lambda path: bytes(32))
    assert bureau.command("backup", bureau.away, "--thin-out") == 1
    assert all(one.exists() for one in old)
    bureau.run_as.undo()
    (bureau.data / "erasures.log").write_text("a line\n", "utf-8")
    old[0].with_suffix(".erasures").write_text("an older line\n", "utf-8")
    assert bureau.command("backup", bureau.away, "--thin-out") == 0
    assert [one.read_text("utf-8") for one in bureau.away.glob("*.erasures")] == ["a line\n"]
    left = bureau.backups()
    assert mine.exists() and not half.exists() and old[-1] in left and old[0] not in left
    assert len(left) < 24  # seven days, five weeks, twelve months at most


def test_readiness_says_how_old_the_last_backup_is(bureau: Office) -> None:
    app = bureau.app()

    def backup() -> tuple[str, str]:
        state = app.test_client().get("/readyz").get_json()
        return state["parts"]["backup"], " ".join(one for one in state["missing"] if "backup:" in one)

    assert backup() == ("degraded", "last backup: none; see `backup`")
    note_backup(bureau.data, START)
    assert backup() == ("ok", "")
    app.extensions["kiosk"].clock.advance(BACKUP_OLD_AFTER + timedelta(hours=1))
    assert backup()[0] == "degraded" and START.isoformat(timespec="minutes") in backup()[1]
    for broken in ("", "{}", '{"at": 5}', '{"at": "2026-03-02T10:00:00"}', "[]"):
        (bureau.data / NOTE).write_text(broken, "utf-8")
        assert last_backup(bureau.data) is None
    assert bureau.command("note-backup") == 0
    assert last_backup(bureau.data) is not None
