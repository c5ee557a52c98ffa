"""A changed byte makes one case unreadable, and is reported; the worker and all other cases go on."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api import cli
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import Deadline, deadlines
from kiosk_api.domain.workflow import Event, Role
from kiosk_api.gateways.notify import HANDLERS
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.records import CaseFilter, Officer
from kiosk_api.services.cases.background import inspect, sweep
from kiosk_api.services.staff.staff_cases import Wanted, list_cases
from kiosk_api.worker import Worker
from tests.factories import PASSWORD, fresh_app, petition
from tests.past_guards import past_guards
from tests.stores import connect


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def registered(client: FlaskClient, number: int) -> dict[str, str]:
    answer = client.post("/api/v1/petitions", json=petition(),
                         headers={"Idempotency-Key": f"broken-{number}"})  # fmt: skip
    return dict(answer.get_json())


def flip(tmp_path: Path, table: str, column: str, where: str, at: int = 40) -> bytes:
    """Change one byte of a stored value; returns the former value."""
    with closing(connect(tmp_path)) as store, store:
        (value,) = store.execute(f"SELECT {column} FROM {table} WHERE {where}").fetchone()
        changed = value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]
        with past_guards(store.execute):
            store.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (changed,))
    return bytes(value)


def first_id(tmp_path: Path, order: str = "id") -> tuple[str, str]:
    with closing(connect(tmp_path)) as store:
        found: tuple[str, str] = store.execute(f"SELECT id, case_number FROM cases ORDER BY {order} LIMIT 1").fetchone()
    return found


@pytest.mark.parametrize(
    ("table", "column", "key", "at"),
    [("cases", "petition", "id", 40), ("cases", "route", "id", 0), ("events", "data", "case_id", 3),
     ("events", "data", "case_id", 20)],
)  # fmt: skip
def test_the_sweep_continues_after_a_case_that_cannot_be_read(
    app: Flask, client: FlaskClient, tmp_path: Path, table: str, column: str, key: str, at: int
) -> None:
    ctx = app.extensions["kiosk"]
    cases = {one["case_number"]: one for one in (registered(client, n) for n in range(3))}
    case_id, number = first_id(tmp_path)
    flip(tmp_path, table, column, f"{key} = '{case_id}'", at)
    ctx.clock.advance(timedelta(days=40))
    worker = Worker(ctx, HANDLERS)
    worker.round()
    with ctx.store.write() as records:
        apart = records.quarantined()
        assert [(one.case_number, one.place) for one in apart] == [(number, f"{table}.{column}")]
        others = [one for one in records.cases.open_ids("", 10) if one != case_id]
        assert len(others) == 2
        for one in others:
            assert records.clocks.warned(one) == {("route", 1, "overdue")}
    state = client.get("/readyz").get_json()
    assert state["parts"]["worker"] == "ok"
    assert state["parts"]["records"] == "degraded" and state["status"] == "degraded"
    assert b"petition_quarantined_records 1.0" in client.get("/metrics").data
    for body in ({"lookup_token": cases[number]["lookup_token"]},
                 {"case_number": number, "phone_tail": "5678"}):  # fmt: skip
        answer = client.post("/api/v1/cases/lookup", json=body)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "case_unreadable")
        assert "不是您的错" in answer.get_json()["detail"]
    office = Officer("any", "any", "王敏", Role.PETITION_OFFICE, None)
    shown = list_cases(ctx, office, Wanted("all")).items
    assert [one.case_number for one in shown if one.unreadable] == [number]


def test_the_desk_reports_it_only_to_officers_who_may_see_the_case(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    registered(client, 1)
    case_id, number = first_id(tmp_path)
    flip(tmp_path, "cases", "petition", f"id = '{case_id}'")
    for name, status, says in (("office", 409, "读不出来"), ("unit", 404, "没有这件")):
        desk = app.test_client()
        desk.post("/desk/sign-in", data={"username": name, "password": PASSWORD})
        page = desk.get(f"/desk/cases/{number}")
        assert page.status_code == status
        assert says in page.get_data(as_text=True)


def test_an_unreadable_message_delays_no_other(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    ctx, seen = app.extensions["kiosk"], []
    registered(client, 1)
    flip(tmp_path, "outbox", "payload", "topic = 'case_registered'")
    registered(client, 2)
    handlers = {name: lambda _ctx, message: seen.append(message.case_id)
                for name in ("case_registered", "case_moved", "read_later")}  # fmt: skip
    worker = Worker(ctx, handlers)
    for _ in range(3):
        worker.round()
    assert len(set(seen)) == 2  # both cases' other messages, and the second's own
    with ctx.store.read() as records:
        assert [one.place for one in records.quarantined()] == ["outbox.payload"]
    assert client.get("/readyz").get_json()["parts"]["worker"] == "ok"


def test_a_quarantined_case_is_not_listed_and_not_swept_again(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    """Otherwise every round would fail at the same case and message; and a lost message must not take a
    case out of the sweep."""
    ctx = app.extensions["kiosk"]
    for one in range(2):
        registered(client, one)
    case_id, number = first_id(tmp_path)
    flip(tmp_path, "cases", "petition", f"id = '{case_id}'")
    other = first_id(tmp_path, "id DESC")[0]
    flip(tmp_path, "outbox", "payload", f"topic = 'case_registered' AND case_id = '{other}'")
    with ctx.store.read() as records:
        assert records.cases.open_ids("", 10) == [case_id, other]
    done: list[str] = []
    handlers = {name: lambda _ctx, message: done.append(message.id)
                for name in ("case_registered", "case_moved", "read_later")}  # fmt: skip
    ctx.clock.advance(timedelta(days=40))
    worker = Worker(ctx, handlers)
    worker.round()
    assert done
    for _ in range(3):
        with ctx.store.read() as records:
            assert records.cases.open_ids("", 10) == [other]
            assert {one.place for one in records.quarantined()} == {"cases.petition", "outbox.payload"}
            assert not records.has_messages(ctx.clock.now())
        ctx.clock.advance(timedelta(minutes=2))  # longer than the lease of a message
        worker.round()
    office = Officer("any", "any", "王敏", Role.PETITION_OFFICE, None)
    shown = list_cases(ctx, office, Wanted("all")).items
    assert [one.case_number for one in shown if one.unreadable] == [number]
    ctx.clock.advance(timedelta(days=400))
    with ctx.store.read() as records:
        assert not records.has_messages(ctx.clock.now())


def test_a_case_whose_deadlines_fail_delays_no_other(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that can be read but whose deadlines cannot be computed."""
    ctx = app.extensions["kiosk"]
    for one in range(3):
        registered(client, one)
        ctx.clock.advance(timedelta(minutes=1))  # so that no two histories are equal
    case_id, number = first_id(tmp_path)
    ctx.clock.advance(timedelta(days=40))
    with ctx.store.read() as records:
        ids, case = records.cases.open_ids("", 10), records.cases.by_id(case_id)
    assert case is not None and ids[0] == case_id and len(ids) == 3

    def broken(events: list[Event], calendar: WorkCalendar, now: datetime) -> list[Deadline]:
        if events == case.events:
            raise ZeroDivisionError
        return deadlines(events, calendar, now)

    with monkeypatch.context() as patched:
        patched.setattr("kiosk_api.domain.projection.deadlines", broken)
        assert inspect(ctx) is None
    with ctx.store.write() as records:
        (apart,) = records.quarantined()
        assert (apart.case_number, apart.reason) == (number, "ZeroDivisionError")
        assert records.cases.open_ids("", 10) == ids[1:]
    while sweep(ctx):  # its stored clocks are noted all the same
        pass
    with ctx.store.read() as records:
        assert [records.clocks.warned(one) for one in ids] == [{("route", 1, "overdue")}] * 3


def test_a_busy_store_quarantines_no_case(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy store is no fault of the case; the next round tries it again."""
    ctx = app.extensions["kiosk"]
    registered(client, 1)

    def busy(*_: object) -> None:
        raise StoreBusy

    monkeypatch.setattr("kiosk_api.domain.projection.deadlines", busy)
    with pytest.raises(StoreBusy):
        inspect(ctx)
    with ctx.store.read() as records:
        assert records.quarantined() == [] and len(records.cases.open_ids("", 10)) == 1


def test_a_repaired_case_is_restored_by_command(
    app: Flask,
    client: FlaskClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = registered(client, 1)
    case_id, number = first_id(tmp_path)
    before = flip(tmp_path, "cases", "petition", f"id = '{case_id}'")
    client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]})
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    assert cli.main(["quarantine", "--retry"]) == 0
    listed = capsys.readouterr().out
    assert number in listed and "cases.petition" in listed and "钱多米" not in listed
    with closing(connect(tmp_path)) as store, store:
        store.execute("UPDATE cases SET petition = ?", (before,))
    assert cli.main(["quarantine", "--retry"]) == 0
    assert "恢复1项" in capsys.readouterr().out
    assert client.post("/api/v1/cases/lookup",
                       json={"lookup_token": case["lookup_token"]}).status_code == 200  # fmt: skip
    assert client.get("/readyz").get_json()["parts"]["records"] == "ok"


def test_the_beat_follows_the_work_and_is_left_out_when_it_failed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ctx = app.extensions["kiosk"]

    def broken(*_: object) -> int:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("kiosk_api.worker.deliver", broken)
        worker = Worker(ctx, HANDLERS)
        worker.round()
        with ctx.store.read() as records:
            assert records.last_beat("worker") is None
    worker.round()
    with ctx.store.read() as records:
        assert records.last_beat("worker") == ctx.clock.now()


def test_a_retry_with_an_unreadable_stored_answer_registers_no_second_case(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    registered(client, 1)
    flip(tmp_path, "idempotency", "answer", "1 = 1")
    again = client.post("/api/v1/petitions", json=petition(),
                        headers={"Idempotency-Key": "broken-1"})  # fmt: skip
    assert (again.status_code, again.get_json()["code"]) == (409, "record_unreadable")
    with app.extensions["kiosk"].store.read() as records:
        assert records.cases.count(CaseFilter()) == 1
