"""Every change of a recorded table has its entry, whatever statement made it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from kiosk_api.cli import main
from kiosk_api.domain import audit, audit_zh
from kiosk_api.domain.policy import READINGS_KEPT
from kiosk_api.persistence import guards
from kiosk_api.persistence.audit_rules import NOT_RECORDED, RULES
from kiosk_api.persistence.clock_tables import case_clocks
from kiosk_api.persistence.schema import metadata
from kiosk_api.persistence.tables import cases, events
from kiosk_api.services.audit.adopt import adopt
from kiosk_api.services.audit.verify import Verified, verify
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.renew import Renewal, renew
from kiosk_api.services.cases.rebuild import rebuild
from tests.audit.world import read, run, small_app
from tests.desk import bearer, staff
from tests.factories import UNIT, fresh_app, register
from tests.past_guards import past_guards
from tests.random_lives import live


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Nothing here is changed by the tests that use it."""
    return small_app(tmp_path_factory.mktemp("recorded"))


def verified(ctx: Context) -> Verified:
    *_, done = verify(ctx)
    return done


def entries(ctx: Context, stream: str) -> list[audit.Entry]:
    with ctx.store.read() as records:
        return list(records.audit.entries([stream]))


def case_ids(ctx: Context) -> list[str]:
    with ctx.store.read() as records:
        return records.cases.ids("", 100)


def test_each_table_is_recorded_or_says_why_not() -> None:
    named = {*RULES, *NOT_RECORDED}
    assert named == set(metadata.tables) and len(named) == len(RULES) + len(NOT_RECORDED)
    assert all(len(reason) > 15 for reason in NOT_RECORDED.values())


def test_each_recorded_row_of_a_whole_life_has_its_entry(world: Flask) -> None:
    done = verified(world.extensions["kiosk"])
    assert (done.faults, done.chains) == ([], 4)
    assert done.entries > done.rows > 1000
    ctx = world.extensions["kiosk"]
    tables = {one.table for stream in (*case_ids(ctx), audit.OFFICE) for one in entries(ctx, stream)}
    assert {"cases", "events", "attachments", "documents", "approvals", "deliveries", "document_files",
            "case_clocks", "officer_log", "reading_reasons", "officers", "units"} <= tables  # fmt: skip


def test_random_lives_are_recorded_whole_also_when_made_anew(app: Flask) -> None:
    """Damage to what follows from events is named, and `rebuild` leaves neither damage nor a gap in the record."""
    live(app)
    ctx = app.extensions["kiosk"]
    assert verified(ctx).faults == []
    run(ctx, "UPDATE case_clocks SET due_on = '2031-01-01' WHERE state = 'running'")
    run(ctx, "UPDATE cases SET status = 'closed', urged = 77")
    assert {one.table for one in verified(ctx).faults} <= {"case_clocks", "cases"} and verified(ctx).faults
    for _ in rebuild(ctx):
        pass
    assert verified(ctx).faults == []


def test_an_entry_names_the_officer_and_no_more(world: Flask) -> None:
    ctx = world.extensions["kiosk"]
    found = [one for stream in case_ids(ctx) for one in entries(ctx, stream)]
    with ctx.store.read() as records:
        unit = records.officer_by_name("unit")
    assert unit is not None
    assert [one for one in found if one.table == "officer_log"][0].actor == unit[0].id
    assert {one.actor_kind for one in found} >= {"citizen", "staff"}
    written = b"".join(one.content() for one in found)
    assert b"13912345678" not in written and "钱多米".encode() not in written


def test_a_failed_transaction_leaves_no_entry(app: Flask) -> None:
    ctx, before = app.extensions["kiosk"], len(entries(app.extensions["kiosk"], audit.OFFICE))

    def fail() -> None:
        with ctx.store.write() as records:
            records.set_calendar_day(ctx.clock.now().date(), "holiday", "test")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(entries(ctx, audit.OFFICE)) == before


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (lambda: update(cases).values(urged=cases.c.urged + 1), {("cases", "updated")}),
        (lambda: update(cases).where(cases.c.id.in_(select(events.c.case_id))).values(kind="suggestion"), {("cases", "updated")}),
        (lambda: update(cases).values(urged=cases.c.urged), set()),  # nothing is different
        (lambda: update(cases).values(recheck_on=None), set()),  # not recorded
        (lambda: delete(case_clocks), {("case_clocks", "deleted")}),
    ],
)  # fmt: skip
def test_a_statement_over_many_rows_is_recorded_row_by_row(app: Flask, statement: Any, expected: set[Any]) -> None:
    ctx = app.extensions["kiosk"]
    for key in ("many-rows-1", "many-rows-2"):
        register(app, key)
    before = {one: len(entries(ctx, one)) for one in case_ids(ctx)}
    with ctx.store.write() as records:
        records._connection.execute(statement())  # type: ignore[attr-defined]
    for stream, count in before.items():
        assert {(one.table, one.action) for one in entries(ctx, stream)[count:]} == expected
    assert verified(ctx).faults == []


def test_rows_that_are_replaced_by_the_same_get_no_entry(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    (stream,) = case_ids(ctx)
    before = entries(ctx, stream)
    with ctx.store.write() as records:
        connection = records._connection  # type: ignore[attr-defined]
        rows = [dict(row) for row in connection.execute(select(case_clocks)).mappings()]
        connection.execute(delete(case_clocks))
        connection.execute(insert(case_clocks), rows)
    assert entries(ctx, stream) == before


def test_what_raw_sql_changes_is_found(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    run(ctx, "UPDATE cases SET urged = 9")
    (fault,) = verified(ctx).faults
    assert (fault.what, fault.table, fault.key) == ("row_changed", "cases", case_ids(ctx)[0])


def test_rows_change_under_a_new_key_with_their_reason(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    assert main(["rotate-keys"]) == 0
    assert main(["rotate-keys", "audit"]) == 0
    ctx.store._cipher._ring.reload()
    elapsed = iter(range(0, 10_000, 60))
    walk = Renewal(elapsed=lambda: next(elapsed))
    while renew(ctx, walk):
        pass
    (stream,) = case_ids(ctx)
    found = entries(ctx, stream)
    resealed = [one for one in found if one.reason == guards.KEY_ROTATION]
    assert {one.table for one in resealed} == {"cases", "events"}
    assert len({one.key_id for one in found}) == 2  # the former key still checks its entries
    marks = [one for one in entries(ctx, audit.OFFICE) if one.action == audit.REWRITING]
    assert marks and {one.reason for one in marks} == {guards.KEY_ROTATION}
    assert verified(ctx).faults == []


def test_readings_that_are_too_old_go_with_their_reason(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], register(app)["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    read(app.test_client(), number)
    ctx.clock.advance(READINGS_KEPT + timedelta(days=1))
    with ctx.store.write() as records:
        records.purge(ctx.clock.now())
    (stream,) = case_ids(ctx)
    gone = [one for one in entries(ctx, stream) if one.action == audit.DELETED]
    assert {(one.table, one.reason) for one in gone} == {("officer_log", guards.RETENTION)}
    assert verified(ctx).faults == []


def test_what_was_there_before_gets_its_first_entries_once(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    with ctx.store.write() as records, past_guards(records._connection.exec_driver_sql):  # type: ignore[attr-defined]
        for table in ("audit_entries", "audit_heads"):
            records._connection.exec_driver_sql(f"DELETE FROM {table}")  # type: ignore[attr-defined]
    assert {one.what for one in verified(ctx).faults} == {"row_added"}
    assert adopt(ctx) == verified(ctx).rows
    assert verified(ctx).faults == []
    run(ctx, "INSERT INTO calendar_years VALUES (2031, '2026', 'nobody')")
    assert adopt(ctx) == 0
    assert [(one.what, one.key) for one in verified(ctx).faults] == [("row_added", "2031")]


def test_a_guard_that_was_left_open_is_named(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    run(ctx, "INSERT INTO audit_guard VALUES (1, 'repair')")
    assert [(one.what, one.table) for one in verified(ctx).faults] == [("guard_open", "audit_guard")]


def test_signing_in_over_the_api_names_the_officer_of_each_step(app: Flask) -> None:
    ctx, client, number = app.extensions["kiosk"], app.test_client(), register(app)["case_number"]
    asked = {"action": "note", "data": {"text": "已经电话核对"}}
    answer = client.post(f"/api/v1/desk/cases/{number}/actions", json=asked, headers=bearer(client))
    assert answer.status_code == 200, answer.get_json()
    with ctx.store.read() as records:
        office = records.officer_by_name("office")
    (stream,) = case_ids(ctx)
    assert office and entries(ctx, stream)[-1].actor == office[0].id
    register(app, "another-citizen")
    other = next(one for one in case_ids(ctx) if one != stream)
    assert {one.actor for one in entries(ctx, other)} == {""}


def test_the_history_of_a_case_names_who_did_what_and_shows_no_content(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    number = register(app)["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    read(app.test_client(), number)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    capsys.readouterr()
    assert main(["show-case-history", number]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [int(line[0]) for line in lines] == list(range(1, len(lines) + 1))
    done = [tuple(line[2:5]) for line in lines]
    assert ("群众（机器、手机或助手）", "新增", "信访件") in done
    assert ("经办乙（unit）", "新增", "阅看") in done
    assert any(what.startswith("办理步骤：") for _, _, what in done)
    assert "钱多米" not in str(lines) and "打桩" not in str(lines)
    assert main(["show-case-history", "XF20260302-AAAA-0000-00"]) == 1


def test_every_recorded_table_has_a_name_for_people() -> None:
    assert {name for name, rule in RULES.items() if rule.case} == set(audit_zh.ROWS)
