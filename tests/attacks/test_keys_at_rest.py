"""Keys are made for an empty store only; a lost, broken or wrong one stops the start with a message."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from kiosk_api import cli
from kiosk_api.domain.errors import StartRefused
from kiosk_api.persistence.key_notes import SEALED
from kiosk_api.services.base.renew import Renewal, renew
from tests.factories import fresh_app, petition
from tests.past_guards import past_guards
from tests.stores import connect

DATA_KEYS = ("encryption", "blind_index", "receipt", "audit", "anchor")


def filed(app: Flask, key: str = "keys-0001") -> dict[str, str]:
    answer = app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": key})
    assert answer.status_code == 201
    return dict(answer.get_json())


def looked_up(app: Flask, case: dict[str, str]) -> list[int]:
    """By token, and by number and tail."""
    client = app.test_client()
    return [
        client.post("/api/v1/cases/lookup", json=body).status_code
        for body in ({"lookup_token": case["lookup_token"]},
                     {"case_number": case["case_number"], "phone_tail": "5678"})
    ]  # fmt: skip


def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    return cli.main(list(arguments))


@pytest.mark.parametrize("name", DATA_KEYS)
@pytest.mark.parametrize("fate", ["missing", "empty", "short", "wrong"])
def test_a_used_store_without_its_key_is_not_opened(tmp_path: Path, name: str, fate: str) -> None:
    filed(fresh_app(tmp_path))
    path = tmp_path / "keys" / name
    before = path.read_text(encoding="ascii")
    if fate == "missing":
        path.unlink()
    else:
        path.write_text({"empty": "", "short": before[:10], "wrong": "ab" * 32}[fate], "ascii")
    with pytest.raises(StartRefused) as refused:
        fresh_app(tmp_path)
    said = str(refused.value)
    assert str(path) in said
    assert "备份" in said and "不要删除" in said and "never delete" in said
    assert path.exists() is (fate != "missing")
    path.write_text(before, "ascii")
    assert filed(fresh_app(tmp_path))


@pytest.mark.parametrize("name", DATA_KEYS)
def test_a_note_that_does_not_match_its_key_stops_the_start(tmp_path: Path, name: str) -> None:
    """The short id alone could be made to fit another key."""
    filed(fresh_app(tmp_path))
    with closing(connect(tmp_path)) as store, store:
        changed = store.execute("UPDATE key_notes SET check_value = ? WHERE purpose = ?", ("0" * 64, name)).rowcount
    assert changed == 1
    with pytest.raises(StartRefused, match=name):
        fresh_app(tmp_path)


def test_exchanged_key_files_are_refused(tmp_path: Path) -> None:
    filed(fresh_app(tmp_path))
    one, other = tmp_path / "keys" / "encryption", tmp_path / "keys" / "receipt"
    swapped = other.read_text("ascii"), one.read_text("ascii")
    for path, text in zip((one, other), swapped, strict=True):
        path.write_text(text, "ascii")
    with pytest.raises(StartRefused, match="encryption"):
        fresh_app(tmp_path)


def test_a_fresh_store_gets_its_keys_and_an_old_one_keeps_them(tmp_path: Path) -> None:
    case = filed(fresh_app(tmp_path))
    keys = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    assert set(keys) == {*DATA_KEYS, "bot_key"}
    assert looked_up(fresh_app(tmp_path), case) == [200, 200]
    assert keys == {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}


def test_rights_of_other_users_are_removed(tmp_path: Path) -> None:
    filed(fresh_app(tmp_path))
    folder = tmp_path / "keys"
    folder.chmod(0o755)
    (folder / "encryption").chmod(0o644)
    fresh_app(tmp_path)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_an_empty_bot_key_lets_nobody_in(tmp_path: Path) -> None:
    fresh_app(tmp_path)
    (tmp_path / "keys" / "bot_key").write_text("", "ascii")
    with pytest.raises(StartRefused, match="bot_key"):
        fresh_app(tmp_path)


def old_store(tmp_path: Path) -> dict[str, str]:
    """A store from before key notes: values of version 1, no notes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    app = fresh_app(tmp_path)
    case = filed(app)
    ctx = app.extensions["kiosk"]
    aead = AESGCM(bytes.fromhex((tmp_path / "keys" / "encryption").read_text("ascii")))
    cipher = ctx.store._cipher
    with closing(connect(tmp_path)) as store, store:
        for one in SEALED:
            name, column, key = one.table.name, one.column, one.key
            for row_id, value in store.execute(f"SELECT {key}, {column} FROM {name}").fetchall():
                place = "\x1f".join((name, column, row_id)).encode()
                plain = cipher._open((name, column, row_id), value, b"")
                nonce = b"n" * 12
                old = b"\x01" + nonce + aead.encrypt(nonce, plain, b"\x01" + place)
                with past_guards(store.execute):
                    store.execute(f"UPDATE {name} SET {column} = ? WHERE {key} = ?", (old, row_id))
        store.execute("DELETE FROM key_notes")
    return case


def test_an_old_store_is_taken_over_with_the_keys_it_has(tmp_path: Path) -> None:
    case = old_store(tmp_path)
    app = fresh_app(tmp_path)
    assert looked_up(app, case) == [200, 200]
    with app.extensions["kiosk"].store.read() as records:
        assert {note.purpose for note in records.key_notes()} == set(DATA_KEYS)


@pytest.mark.parametrize("name", ["encryption", "blind_index"])
def test_an_old_store_is_not_taken_over_with_a_wrong_key(tmp_path: Path, name: str) -> None:
    old_store(tmp_path)
    (tmp_path / "keys" / name).write_text("cd" * 32, "ascii")
    with pytest.raises(StartRefused, match=name):
        fresh_app(tmp_path)


def walk_through(app: Flask, walk: Renewal) -> None:
    """Run the worker's renewal until nothing is left to do for now."""
    for _ in range(200):
        if not renew(app.extensions["kiosk"], walk):
            return
    raise AssertionError("the walk does not end")


def emptied_keys(path: Path) -> dict[str, int]:
    """Purpose → whether its first key is noted as no longer needed."""
    with closing(connect(path)) as store:
        return dict(store.execute("SELECT purpose, emptied_at IS NOT NULL FROM key_notes WHERE number = 1").fetchall())


@pytest.mark.parametrize("old", [False, True])
def test_a_running_api_uses_a_rotated_key_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bool
) -> None:
    monkeypatch.setattr("kiosk_api.gateways.key_ring.CHECK_EVERY_S", 0.0)
    first = old_store(tmp_path) if old else None
    app = fresh_app(tmp_path)
    first = first or filed(app)
    for purpose in ("encryption", "blind-index", "receipt"):
        assert run(tmp_path, monkeypatch, "rotate-keys", purpose) == 0
    second = filed(app, "keys-0002")
    again = filed(app)  # the answer to a key used before the rotation, never a second case
    assert again == first
    for case in (first, second):
        assert looked_up(app, case) == [200, 200]
        code = {"code": case["receipt"]["verify_code"]}  # type: ignore[index]
        assert app.test_client().get("/api/v1/receipts/verify", query_string=code).get_json()["valid"]
    passed = [0.0]
    walk = Renewal(elapsed=lambda: passed[0])
    walk_through(app, walk)
    app.extensions["kiosk"].clock.advance(timedelta(days=-400))  # a clock does not show elapsed time
    walk_through(app, walk)
    assert not any(emptied_keys(tmp_path).values())  # another process may still write under them
    passed[0] = 10.0
    walk_through(app, walk)
    for case in (first, second):
        assert looked_up(app, case) == [200, 200]
    ring = app.extensions["kiosk"].store._cipher._ring
    prefix = b"\x02" + bytes.fromhex(ring.current("encryption").id)
    with closing(connect(tmp_path)) as store:
        for one in SEALED:
            values = store.execute(f"SELECT {one.column} FROM {one.table.name}").fetchall()
            assert all(value[:5] == prefix for (value,) in values), one.table.name
    assert emptied_keys(tmp_path) == {"encryption": 1, "blind_index": 1, "receipt": 0, "audit": 0, "anchor": 0}
    (tmp_path / "keys" / "encryption").unlink()  # what the operators' page allows now
    assert looked_up(fresh_app(tmp_path), first) == [200, 200]


def test_the_key_of_an_interrupted_rotation_is_noted_at_the_next_start(
    tmp_path: Path,
) -> None:
    case = filed(fresh_app(tmp_path))
    (tmp_path / "keys" / "encryption-2").write_text("ef" * 32, "ascii")
    app = fresh_app(tmp_path)
    assert looked_up(app, case) == [200, 200]
    filed(app, "keys-0003")
    (tmp_path / "keys" / "encryption-2").unlink()
    with pytest.raises(StartRefused, match="encryption-2"):
        fresh_app(tmp_path)


def test_readiness_asks_for_a_backup_until_there_is_one_and_sees_a_lost_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    app = fresh_app(tmp_path)
    case, client = filed(app), app.test_client()

    def keys() -> tuple[str, str]:
        state = client.get("/readyz").get_json()
        return state["parts"]["keys"], " ".join(state["missing"])

    assert keys()[0] == "degraded" and "backup-keys" in keys()[1]
    away = tmp_path_factory.mktemp("stick") / "copy"
    assert run(tmp_path, monkeypatch, "backup-keys", str(tmp_path / "inside")) == 2
    assert run(tmp_path, monkeypatch, "backup-keys", str(away)) == 0
    assert keys()[0] == "ok"
    assert away.stat().st_mode & 0o777 == 0o700
    assert run(tmp_path, monkeypatch, "rotate-keys") == 0
    assert keys()[0] == "degraded"
    assert run(tmp_path, monkeypatch, "backup-keys", str(away)) == 2  # never over an older copy
    assert run(tmp_path, monkeypatch, "backup-keys", str(away.with_name("second"))) == 0
    assert keys()[0] == "ok"
    (tmp_path / "keys" / "blind_index").unlink()
    assert keys()[0] == "degraded" and "blind_index" in keys()[1]
    shutil.copy(away / "blind_index", tmp_path / "keys")
    assert keys()[0] == "ok"
    assert looked_up(fresh_app(tmp_path), case) == [200, 200]


def test_the_store_holds_no_key(tmp_path: Path) -> None:
    filed(fresh_app(tmp_path))
    content = b"".join(path.read_bytes() for path in tmp_path.glob("kiosk.db*"))
    for name in DATA_KEYS:
        value = (tmp_path / "keys" / name).read_text("ascii")
        assert value.encode() not in content and bytes.fromhex(value) not in content


def test_a_command_gives_one_sentence_why_it_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    filed(fresh_app(tmp_path))
    (tmp_path / "keys" / "receipt").unlink()
    assert run(tmp_path, monkeypatch, "list-keys") == 2
    said = capsys.readouterr().err
    assert "receipt" in said and "Traceback" not in said and said.count("\n") == 1


def test_a_new_key_for_lookups_resets_no_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_api.gateways.key_ring.CHECK_EVERY_S", 0.0)
    app = fresh_app(tmp_path)
    client = app.test_client()
    wrong = {"case_number": filed(app)["case_number"], "phone_tail": "0000"}

    def status() -> int:
        return client.post("/api/v1/cases/lookup", json=wrong).status_code

    while status() != 429:
        pass
    assert run(tmp_path, monkeypatch, "rotate-keys", "blind-index") == 0
    assert status() == 429


@pytest.mark.parametrize("purpose", ["encryption", "blind-index", "receipt", "audit", "anchor"])
def test_what_becomes_of_what_was_made_with_the_former_key_is_said_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], purpose: str
) -> None:
    filed(fresh_app(tmp_path))
    assert run(tmp_path, monkeypatch, "rotate-keys", purpose) == 0
    said = capsys.readouterr().out
    assert ("换成新钥匙" in said) is (purpose in ("encryption", "blind-index"))
    assert ("旧钥匙要一直留着" in said) is (purpose not in ("encryption", "blind-index"))
