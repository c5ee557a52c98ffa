"""Anchors outside the store: what is cut off together with its rows is missed, and no anchor is replaced."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from sqlalchemy import text

from kiosk_api import cli
from kiosk_api.services.audit.anchor import anchor, is_due
from kiosk_api.services.audit.verify import verify
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.readiness import readiness
from kiosk_api.worker import Worker
from tests.audit.world import few_units
from tests.factories import fresh_app, register
from tests.past_guards import past_guards


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    few_units(tmp_path)
    return fresh_app(tmp_path)


@pytest.fixture
def ctx(app: Flask) -> Context:
    """Two anchors over two cases."""
    made: Context = app.extensions["kiosk"]
    for key in ("anchored-case-1", "anchored-case-2"):
        register(app, key)
        anchor(made)
    return made


def found(ctx: Context) -> list[tuple[str, str, str]]:
    *_, done = verify(ctx)
    return [(one.what, one.table, one.key) for one in done.faults]


def file_of(ctx: Context, number: int) -> Path:
    return ctx.anchors.path / f"anchor-{number:06}.txt"


def undo(ctx: Context, case_id: str) -> None:
    """Take a case back with all its rows, its chain and its head, as if it had never been."""
    with ctx.store.write() as records:
        run = records._connection.exec_driver_sql  # type: ignore[attr-defined]
        with past_guards(run):
            for table, key in (("events", "case_id"), ("case_clocks", "case_id"), ("audit_entries", "stream"),
                               ("audit_heads", "stream"), ("cases", "id")):  # fmt: skip
                records._connection.execute(text(f"DELETE FROM {table} WHERE {key} = :id"), {"id": case_id})  # type: ignore[attr-defined]


def test_an_anchor_names_only_what_has_moved_since_the_one_before(ctx: Context) -> None:
    first, second = (file_of(ctx, number).read_text().splitlines() for number in (1, 2))
    assert [len(first), len(second)] == [4, 3]  # a head, the office and a case, the signature; then the other case
    assert found(ctx) == []
    assert oct(file_of(ctx, 1).stat().st_mode & 0o777) == "0o400"


def test_a_case_that_was_taken_back_with_its_chain_is_missed(ctx: Context) -> None:
    with ctx.store.read() as records:
        one = records.cases.ids("", 1)[0]
        seq = records.audit.heads([one])[one].seq
    undo(ctx, one)
    assert found(ctx) == [("entry_missing", "audit_entries", f"{one}/{seq}")]


def test_without_an_anchor_it_would_not_be(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    with ctx.store.read() as records:
        (one,) = records.cases.ids("", 9)
    undo(ctx, one)
    assert found(ctx) == []


@pytest.mark.parametrize("number", [1, 2])
def test_an_anchor_that_was_changed_is_named(ctx: Context, number: int) -> None:
    path = file_of(ctx, number)
    lines = path.read_text().splitlines(keepends=True)
    path.chmod(0o600)
    for damaged in (
        [lines[0].replace('"entries": ', '"entries": 1'), *lines[1:]],
        [*lines[:-1], lines[-1].replace('"signature": "', '"signature": "00')],
        lines[:-1],
        [],
        ["not an anchor\n"],
    ):
        path.write_text("".join(damaged))
        assert ("anchor_changed", "anchors", f"{number:06}") in found(ctx), damaged[:1]


def test_an_anchor_that_was_removed_between_others_is_named(app: Flask, ctx: Context) -> None:
    register(app, "anchored-case-3")
    anchor(ctx)
    file_of(ctx, 2).unlink()
    assert found(ctx) == [("anchor_missing", "anchors", "000002")]
    file_of(ctx, 1).unlink()  # old ones may be moved away
    assert found(ctx) == []


def test_a_chain_that_was_hidden_from_an_anchor_is_noticed(app: Flask, ctx: Context) -> None:
    register(app, "anchored-case-3")
    with ctx.store.write() as records:
        records._connection.exec_driver_sql("UPDATE audit_heads SET anchored = seq")  # type: ignore[attr-defined]
    anchor(ctx)
    assert found(ctx) == [("anchor_incomplete", "anchors", "000003")]


def test_no_anchor_is_replaced(ctx: Context) -> None:
    before = file_of(ctx, 2).read_bytes()
    with pytest.raises(FileExistsError), ctx.anchors.writing(2) as file:
        file.add("something else\n")
    assert file_of(ctx, 2).read_bytes() == before
    assert sorted(one.name for one in ctx.anchors.path.iterdir()) == ["anchor-000001.txt", "anchor-000002.txt"]


def test_a_process_that_ends_between_file_and_store_loses_nothing(app: Flask, ctx: Context) -> None:
    register(app, "anchored-case-3")
    anchor(ctx)
    with ctx.store.write() as records:
        records._connection.exec_driver_sql("UPDATE audit_heads SET anchored = 0")  # type: ignore[attr-defined]
    anchor(ctx)
    assert len(file_of(ctx, 4).read_text().splitlines()) == 6


def test_whoever_has_the_public_key_can_check_it_without_the_store(ctx: Context) -> None:
    *above, last = file_of(ctx, 1).read_bytes().splitlines(keepends=True)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(ctx.signatures.public()))
    key.verify(bytes.fromhex(json.loads(last)["signature"]), sha256(b"".join(above)).digest())


def test_the_worker_writes_one_a_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ctx = app.extensions["kiosk"]
    monkeypatch.setattr("kiosk_api.worker.ANCHOR_EVERY_S", 0.0)
    worker = Worker(ctx, {})
    for days, expected in ((0, [1]), (0, [1]), (1, [1, 2]), (1, [1, 2, 3])):
        ctx.clock.advance(timedelta(days=days))
        worker._watch = None
        worker._anchor()
        assert ctx.anchors.numbers() == expected
    ctx.clock.advance(timedelta(days=-2))
    assert is_due(ctx)  # one from the future counts for nothing


def test_readiness_says_where_anchors_are_and_when_they_stop(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    assert any("KIOSK_ANCHOR_FOLDER" in one for one in readiness(ctx).missing)
    anchor(ctx)
    ctx.clock.advance(timedelta(days=3))
    assert any("anchor-audit" in one for one in readiness(ctx).missing)


def test_the_command_writes_one_where_it_is_told_to(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "elsewhere"
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KIOSK_ANCHOR_FOLDER", str(other))
    assert cli.main(["anchor-audit"]) == 0
    assert "第1号锚" in capsys.readouterr().out and (other / "anchor-000001.txt").exists()
    other.chmod(0o700)
    monkeypatch.setenv("KIOSK_ANCHOR_FOLDER", "/proc/nowhere")
    assert cli.main(["anchor-audit"]) == 1
