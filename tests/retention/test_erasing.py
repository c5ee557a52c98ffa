"""Erasing: what must go is gone, what stays is true, and nothing is erased that must be kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from kiosk_api.domain.erasure import Obstacle, what_stays
from kiosk_api.domain.errors import CaseErased
from kiosk_api.domain.keys import Key
from kiosk_api.persistence.key_notes import SEALED
from kiosk_api.services.audit.verify import verify
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.renew import Renewal, renew
from kiosk_api.services.cases.rebuild import rebuild
from kiosk_api.services.retention import erasing
from tests.audit.world import run
from tests.desk import bearer
from tests.factories import PASSWORD
from tests.retention.world import NAMES, YEARS, case_id, full, later, stands
from tests.web.desk_helpers import sign_in


def opened(ctx: Context) -> Iterator[tuple[str, str, Any]]:
    """(table.column, row id, what it holds) of every sealed value of the store that belongs to a case."""
    cipher = ctx.store._cipher  # type: ignore[attr-defined]
    with ctx.store._engine.connect() as connection:  # type: ignore[attr-defined]
        for one in SEALED:
            for key, value in connection.execute(text(f"SELECT {one.key}, {one.column} FROM {one.table.name}")):
                if value is not None:
                    cipher.reseal(one.place(key), value)  # it opens: nothing is left that rotating could not read
                    yield f"{one.table.name}.{one.column}", key, value


def test_after_its_period_a_case_is_erased_and_says_so(app: Flask, ctx: Context) -> None:
    number = full(app)
    assert erasing.erase_due(ctx) == 0 and Obstacle.RECENT in stands(ctx, number)
    later(ctx, days=YEARS * 366)
    assert stands(ctx, number) == []
    assert erasing.show_due(ctx).cases == 1  # type: ignore[union-attr]
    assert erasing.erase_due(ctx) == 1
    assert stands(ctx, number) == [Obstacle.ERASED]
    assert erasing.erase_due(ctx) == 0
    with ctx.store.read() as records, pytest.raises(CaseErased):
        records.cases.by_number(number)
    kept = run(ctx, "SELECT status || kind || registered_at FROM cases WHERE case_number = :n", n=number)
    assert kept.startswith("closed")
    marks = run(
        ctx, "SELECT tail_mark || phone_mark || coalesce(id_mark, '') FROM cases WHERE case_number = :n", n=number
    )
    assert marks == ""
    for table in ("attachments", "document_files", "case_links", "notice_choices"):
        assert run(ctx, f"SELECT count(*) FROM {table}") == 0


def test_the_content_of_events_is_gone_and_the_kind_of_result_stays(app: Flask, ctx: Context) -> None:
    identity = case_id(ctx, full(app))
    later(ctx, days=YEARS * 366)
    erasing.erase_due(ctx)
    cipher = ctx.store._cipher  # type: ignore[attr-defined]
    with ctx.store._engine.connect() as connection:  # type: ignore[attr-defined]
        rows = connection.execute(
            text("SELECT id, action, data FROM events WHERE case_id = :id ORDER BY seq"), {"id": identity}
        ).all()
    said = {row.action: cipher.open(("events", "data", row.id), row.data) for row in rows}
    assert all(data["erased"] is True for data in said.values())
    assert said["conclude"] == {"erased": True, "outcome": "supported"} | (
        {"procedure": said["conclude"]["procedure"]} if "procedure" in said["conclude"] else {}
    )
    assert said["accept"] == {"erased": True, "procedure": "investigation"}
    assert said["register"] == {"erased": True}


def test_only_codes_stay() -> None:
    assert what_stays({"outcome": "supported", "reason": "理由", "cause": "写了一句话", "result": "ok", "cases": ["a"]}) == {
        "erased": True, "outcome": "supported",
    }  # fmt: skip


def test_no_old_bytes_are_left_in_the_file(app: Flask, ctx: Context, tmp_path: Path) -> None:
    identity = case_id(ctx, full(app))
    queries = {
        "cases": "SELECT petition FROM cases WHERE id = :id",
        "events": "SELECT data FROM events WHERE case_id = :id",
        "documents": "SELECT sealed FROM documents WHERE case_id = :id",
        "files": "SELECT sealed FROM document_files WHERE document_id IN (SELECT id FROM documents WHERE case_id = :id)",
        "attachments": "SELECT sealed FROM attachments WHERE case_id = :id",
    }
    with closing(sqlite3.connect(tmp_path / "kiosk.db")) as store:
        old = {name: [row[0] for row in store.execute(sql, {"id": identity})] for name, sql in queries.items()}
        phone = store.execute("SELECT phone_mark FROM cases WHERE id = :id", {"id": identity}).fetchone()[0]
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert all(old.values())
    pieces = [
        value[place : place + 24] for values in old.values() for value in values for place in (8, len(value) // 2)
    ]
    before = stored(tmp_path)
    assert all(piece in before for piece in pieces)
    later(ctx, days=YEARS * 366)
    assert erasing.erase_due(ctx) == 1
    ctx.store.close()
    with closing(sqlite3.connect(tmp_path / "kiosk.db")) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    after = stored(tmp_path)
    assert [piece for piece in pieces if piece in after] == []
    others = after.count(phone.encode())  # of the other two cases with the same phone, each with its row and index
    assert others == before.count(phone.encode()) * 2 // 3


def stored(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("kiosk.db*")))


def test_nothing_personal_of_an_erased_case_opens_any_more(app: Flask, ctx: Context) -> None:
    identity = case_id(ctx, full(app))
    later(ctx, days=YEARS * 366)
    erasing.erase_due(ctx)
    cipher = ctx.store._cipher  # type: ignore[attr-defined]
    seen = 0
    for place, key, value in opened(ctx):
        table, column = place.split(".")
        with ctx.store._engine.connect() as connection:  # type: ignore[attr-defined]
            owner = {"cases": "id"}.get(table, "case_id")
            if table in ("events", "cases", "documents", "reading_reasons"):
                found = connection.execute(text(f"SELECT {owner} FROM {table} WHERE id = :key"), {"key": key}).scalar()
                if found == identity:
                    seen += 1
                    assert not [name for name in NAMES if name in str(cipher.open((table, column, key), value))]
    assert seen > 8


def test_citizens_and_officers_are_told_the_truth(app: Flask, ctx: Context, case: dict[str, str]) -> None:
    later(ctx, days=YEARS * 366)
    erasing.erase_due(ctx)
    client = app.test_client()
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": case["token"]})
    assert (found.status_code, found.get_json()["code"]) == (410, "case_erased")
    assert "按规定清除了" in found.get_json()["detail"]
    by_phone = client.post("/api/v1/cases/lookup", json={"case_number": case["number"], "phone_tail": "5678"})
    assert (by_phone.status_code, by_phone.get_json()["code"]) == (404, "case_not_found")  # nothing finds the person
    at_desk = client.get(f"/api/v1/desk/cases/{case['number']}", headers=bearer(client))
    assert (at_desk.status_code, at_desk.get_json()["code"]) == (410, "case_erased")
    listed = client.get("/api/v1/desk/cases?view=all", headers=bearer(client)).get_json()
    assert case["number"] in str(listed)


def test_the_desk_page_of_an_erased_case_says_so(app: Flask, ctx: Context, case: dict[str, str]) -> None:
    later(ctx, days=YEARS * 366)
    erasing.erase_due(ctx)
    client = app.test_client()
    sign_in(client, "office", PASSWORD)
    page = client.get(f"/desk/cases/{case['number']}")
    assert page.status_code == 410 and "已经按规定清除" in page.get_data(as_text=True)
    assert client.get("/desk/").status_code == 200


def test_what_is_erased_disturbs_no_other_work(app: Flask, ctx: Context) -> None:
    later(ctx, days=YEARS * 366)
    erasing.erase_due(ctx)
    assert [(one.cases, one.unreadable) for one in rebuild(ctx)][-1] == (3, 0)
    passed = [0.0]
    with ctx.store.write() as records:
        records.note_keys([Key("01010101", "encryption", 2, bytes(32))], ctx.clock.now())
        records.note_keys([Key("02020202", "blind_index", 2, bytes(32))], ctx.clock.now())
    walk = Renewal(elapsed=lambda: passed[0])
    while renew(ctx, walk):
        pass
    assert walk.broken == 0
    assert run(ctx, "SELECT count(*) FROM quarantine") == 0


def test_the_record_of_changes_stays_whole_and_says_why(ctx: Context, case: dict[str, str]) -> None:
    later(ctx, days=YEARS * 366)
    erasing.erase_due(ctx)
    *_, last = verify(ctx)
    assert last.faults == []
    identity = case_id(ctx, case["number"])
    assert run(ctx, "SELECT count(*) FROM audit_entries WHERE stream = :id AND reason = 'erasure'", id=identity) > 8
