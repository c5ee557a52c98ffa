"""What was acknowledged before a backup is there after its restore, readable with the old keys."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from kiosk_api import backups, restoring
from kiosk_api.config import Settings
from kiosk_api.gateways.sealed_file import NotOpened, new_pair, read_private
from kiosk_api.persistence.copying import whole
from tests.backups.made import Office, closed, office, registered
from tests.desk import seen_by_staff
from tests.factories import register, settings

CANARIES = ("钱多米", "13912345678", "望江社区", "每天半夜还在打桩")


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return office(tmp_path, monkeypatch)


def test_a_restored_store_answers_its_receipts_and_shows_its_cases(bureau: Office, tmp_path: Path) -> None:
    app = bureau.app()
    cases = registered(app, 3)
    file = bureau.take()
    later = register(app, "after-the-backup")
    closed(app)
    elsewhere = tmp_path / "new-machine"
    elsewhere.mkdir()
    shutil.copytree(bureau.data / "keys", elsewhere / "keys")  # the copy that `backup-keys` made
    assert bureau.command("restore", file, "--key", bureau.key, data=elsewhere) == 0
    restored = bureau.app(elsewhere)
    client = restored.test_client()
    for case in cases:
        found = client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]})
        assert found.status_code == 200 and found.get_json()["case_number"] == case["case_number"]
        by_number = {"case_number": case["case_number"], "phone_tail": "5678"}
        assert client.post("/api/v1/cases/lookup", json=by_number).status_code == 200
        assert "打桩" in str(seen_by_staff(client, case["case_number"]))
    assert client.post("/api/v1/cases/lookup", json={"lookup_token": later["lookup_token"]}).status_code == 404
    assert register(restored, "backup-0000")["case_number"] == cases[0]["case_number"]  # a repeat stays a repeat
    assert register(restored, "a-new-one-after")["case_number"] not in {case["case_number"] for case in cases}


def test_nothing_that_was_acknowledged_before_the_start_is_missing(bureau: Office) -> None:
    app, ended, done = bureau.app(), threading.Event(), list[str]()

    def submit(name: str) -> None:
        n = 0
        while not ended.is_set():
            done.append(str(register(app, f"under-load-{name}-{n:04d}")["case_number"]))
            n += 1

    threads = [threading.Thread(target=submit, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    try:
        for _ in range(3):
            before = set(done)
            file = bureau.take()
            stored = set(cases_in(bureau, file))
            assert before <= stored, len(before - stored)
            file.unlink()  # two in one second would have one name
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert len(done) > 3


def cases_in(bureau: Office, file: Path) -> list[str]:
    target = bureau.away / "opened.db"
    private = read_private(bureau.key.read_text(encoding="utf-8"))
    with file.open("rb") as source, target.open("wb") as copy:
        for part in restoring.opened(source, private):
            copy.write(part)
    whole(target)
    database = sqlite3.connect(target)
    numbers = [row[0] for row in database.execute("SELECT case_number FROM cases")]
    database.close()
    return numbers


def test_a_backup_needs_the_private_key_and_holds_nothing_personal_in_clear(
    bureau: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(bureau.app())
    copies = []

    def copy_kept(store: Path, target: Path) -> None:
        real(store, target)
        copies.append(target.read_bytes())

    real = backups.copy_store
    monkeypatch.setattr(backups, "copy_store", copy_kept)
    file = bureau.take()
    assert len(copies) == 1 and b"SQLite format 3" in copies[0]
    for content in (*copies, file.read_bytes()):
        for text in CANARIES:
            assert text.encode() not in content
    assert b"SQLite" not in file.read_bytes()
    for key in (bureau.data / "keys").iterdir():
        assert key.read_bytes() not in copies[0]
    with file.open("rb") as source, pytest.raises(NotOpened):
        list(restoring.opened(source, read_private(new_pair()[0])))
    assert file.stat().st_mode & 0o077 == 0
    assert not list(bureau.data.glob(".store-copy-*"))


def test_a_store_in_use_is_not_replaced_and_one_that_is_there_only_when_told(
    bureau: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    app = bureau.app()
    (case,) = registered(app)
    file = bureau.take()
    later = register(app, "after-the-backup")
    restore = ("restore", file, "--key", bureau.key)
    assert bureau.command(*restore, "--replace") == 1
    assert "in use" in capsys.readouterr().err
    closed(app)
    assert bureau.command(*restore) == 1
    assert "--replace" in capsys.readouterr().err
    assert (
        app.test_client().post("/api/v1/cases/lookup", json={"lookup_token": later["lookup_token"]}).status_code == 200
    )
    closed(app)
    assert bureau.command(*restore, "--replace") == 0
    client = bureau.app().test_client()
    assert client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]}).status_code == 200
    assert client.post("/api/v1/cases/lookup", json={"lookup_token": later["lookup_token"]}).status_code == 404
    (former,) = (one for one in bureau.data.glob("kiosk.db.before-*") if not one.name.endswith(("-wal", "-shm")))
    database = sqlite3.connect(former)
    assert database.execute("SELECT count(*) FROM cases").fetchone() == (2,)
    database.close()


def test_a_broken_store_can_be_replaced(bureau: Office) -> None:
    app = bureau.app()
    registered(app)
    file = bureau.take()
    closed(app)
    for end in ("-wal", "-shm"):
        (bureau.data / f"kiosk.db{end}").unlink(missing_ok=True)
    (bureau.data / "kiosk.db").write_bytes(b"no store at all" * 1000)
    assert bureau.command("restore", file, "--key", bureau.key, "--replace") == 0
    assert whole(bureau.data / "kiosk.db")["cases"] == 1


def test_what_does_not_open_or_fit_is_refused_and_the_store_stays(
    bureau: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = bureau.app()
    registered(app)
    file = bureau.take()
    closed(app)
    content = bureau.data.joinpath("kiosk.db").read_bytes()
    cut, none, other = tmp_path / "cut", tmp_path / "none", tmp_path / "other.txt"
    cut.write_bytes(file.read_bytes()[:-20])
    none.write_bytes(content)
    other.write_text(new_pair()[0], "ascii")

    def refused(what: Path, key: Path = bureau.key) -> str:
        for command in (("check-backup",), ("restore", "--replace")):
            assert bureau.command(command[0], what, "--key", key, *command[1:]) == 1
        assert bureau.data.joinpath("kiosk.db").read_bytes() == content
        assert not list(bureau.data.glob(".store-copy-*"))
        return capsys.readouterr().err

    assert "changed or cut" in refused(cut)
    assert "no backup of this program" in refused(none)
    assert "another private key" in refused(file, other)
    assert "no private key" in refused(file, cut.with_name("none"))
    assert bureau.command("check-backup", file, "--key", bureau.key) == 0
    monkeypatch.setattr(restoring, "revisions", lambda: ("0001",))
    assert "newer release" in refused(file)
    monkeypatch.undo()
    bureau.run_as.setenv("KIOSK_DATA_DIR", str(bureau.data))
    for name in ("encryption", "blind_index"):
        key = bureau.data / "keys" / name
        value = key.read_text("ascii")
        key.write_text("ab" * 32, "ascii")
        assert name in refused(file)
        key.write_text(value, "ascii")


@pytest.mark.parametrize("damage", ["CAST(petition || x'00' AS BLOB)", "petition || x'00'", "x''", "'text'"])
def test_a_damaged_value_is_found_before_the_store_is_put_in_place(bureau: Office, damage: str) -> None:
    app = bureau.app()
    registered(app, 2)
    closed(app)
    database = sqlite3.connect(bureau.data / "kiosk.db")
    database.execute(f"UPDATE cases SET petition = {damage}")
    database.commit()
    database.close()
    file = bureau.take()
    with pytest.raises(backups.BackupFailed, match="cases.petition"):
        restoring.restore(
            Settings.from_env({"KIOSK_DATA_DIR": str(bureau.data)}), file,
            read_private(bureau.key.read_text("utf-8")), app.extensions["kiosk"].clock.now(), replace=True,
        )  # fmt: skip


def test_postgresql_is_told_its_own_way(tmp_path: Path) -> None:
    chosen = settings(tmp_path, KIOSK_DATABASE_URL="postgresql+psycopg://localhost/petition")
    with pytest.raises(backups.BackupFailed, match="pg_dump"):
        backups.store_path(chosen)
