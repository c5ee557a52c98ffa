"""What follows from events is stored with them and kept right as days pass."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.workflow import Action, Event, Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.background import sweep
from kiosk_api.services.cases.projection import store, take_step
from kiosk_api.web.probe import Prober
from tests.desk import staff
from tests.factories import START, UNIT, register


def run(ctx: Context, statement: str) -> None:
    with ctx.store.write() as records:
        records._connection.exec_driver_sql(statement)


def case_id_of(ctx: Context, number: str) -> str:
    with ctx.store.read() as records:
        case = records.cases.by_number(number)
    assert case is not None
    return case.id


def clocks_of(ctx: Context, case_id: str) -> dict[tuple[str, int], tuple[date, str]]:
    with ctx.store.read() as records:
        return {(one.clock, one.seq): (one.due_on, one.state) for one in records.clocks.of_case(case_id)}


def happens(ctx: Context, case_id: str, action: Action) -> None:
    """Record an event whatever the table says."""
    with ctx.store.write() as records:
        case = records.cases.by_id(case_id)
        assert case is not None
        event = Event(action, ctx.clock.now(), Role.REVIEW_UNIT)
        take_step(case, event)
        store(ctx, records, case, [event], records.calendar())


def test_an_open_hearing_moves_the_date_day_by_day(app: Flask) -> None:
    """Its days do not count (Art. 36): the case says of itself that it must be computed again tomorrow."""
    ctx = app.extensions["kiosk"]
    case_id = case_id_of(ctx, register(app)["case_number"])
    happens(ctx, case_id, Action.REQUEST_REEXAMINATION)
    due, _ = clocks_of(ctx, case_id)["reexamination", 1]
    with ctx.store.read() as records:
        assert records.clocks.to_recheck(date(2099, 1, 1), 10) == []
    happens(ctx, case_id, Action.HOLD_HEARING)
    for days in (2, 3, 4):  # the first day counts with those that follow
        with ctx.store.read() as records:
            assert records.clocks.to_recheck(ctx.clock.now().date(), 10) == []
        ctx.clock.advance(timedelta(days=1))
        sweep(ctx)
        assert clocks_of(ctx, case_id)["reexamination", 1] == (due + timedelta(days=days), "running")
    happens(ctx, case_id, Action.END_HEARING)
    ctx.clock.advance(timedelta(days=9))
    sweep(ctx)
    assert clocks_of(ctx, case_id)["reexamination", 1] == (due + timedelta(days=4), "running")


def test_a_changed_calendar_moves_what_counts_working_days(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    number = register(app)["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    case_id = case_id_of(ctx, number)
    other = case_id_of(ctx, register(app, "another-case")["case_number"])
    due, _ = clocks_of(ctx, case_id)["objection", 1]
    with ctx.store.write() as records:
        records.set_calendar_day(due, "holiday", "a test")
    with ctx.store.read() as records:
        assert records.clocks.to_recheck(START.date(), 10) == [case_id]
    sweep(ctx)
    moved, _ = clocks_of(ctx, case_id)["objection", 1]
    assert moved > due
    assert clocks_of(ctx, other).keys() == {("route", 1)}
    with ctx.store.write() as records:
        records.set_calendar_day(due, "holiday", "the same again")
    with ctx.store.read() as records:
        assert records.clocks.to_recheck(START.date(), 10) == []


def test_a_clock_that_starts_again_is_noted_again_and_each_only_once(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    number = register(app)["case_number"]
    case_id = case_id_of(ctx, number)
    ctx.clock.advance(timedelta(days=13))
    sweep(ctx)
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "object", reason="不归我们管")
    staff(app, "office", number, "uphold_objection", reason="同意")
    ctx.clock.advance(timedelta(days=16))
    for _ in range(3):
        sweep(ctx)
        run(ctx, "UPDATE case_clocks SET stage = ''")  # even if it is forgotten how far the sweep has come
    with ctx.store.read() as records:
        noted = records.clocks.warned(case_id)
        times = records._connection.exec_driver_sql("SELECT count(*) FROM clock_warnings").scalar()
    assert noted == {("route", 1, "due_soon"), ("route", 2, "overdue")}
    assert times == 2


def test_a_right_that_nobody_used_lapses_without_a_note(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    number = register(app)["case_number"]
    case_id = case_id_of(ctx, number)
    staff(app, "office", number, "forward", unit=UNIT)
    ctx.clock.advance(timedelta(days=12))
    sweep(ctx)
    with ctx.store.read() as records:
        assert records.clocks.warned(case_id) == {("notice", 1, "due_soon")}
        stages = records._connection.exec_driver_sql("SELECT clock, stage FROM case_clocks WHERE state = 'running'")
        assert dict(tuple(row) for row in stages) == {"notice": "due_soon", "objection": "lapsed"}


def test_readiness_says_what_is_still_to_be_computed(app: Flask, client: FlaskClient) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    assert client.get("/readyz").get_json()["parts"]["deadlines"] == "ok"
    run(ctx, "UPDATE cases SET recheck_on = '1970-01-01'")
    run(ctx, "DELETE FROM case_clocks")
    app.extensions["prober"] = Prober(patience_s=30)
    state = client.get("/readyz").get_json()
    assert state["parts"]["deadlines"] == "degraded"
    assert any("still to be computed: 1" in one for one in state["missing"])
    sweep(ctx)
    app.extensions["prober"] = Prober(patience_s=30)
    assert client.get("/readyz").get_json()["parts"]["deadlines"] == "ok"


def test_no_use_case_stores_events_without_what_follows_from_them() -> None:
    sources = {
        path.name: path.read_text(encoding="utf-8")
        for path in (Path(__file__).resolve().parents[2] / "kiosk_api/services").rglob("*.py")
    }
    assert [name for name, text in sources.items() if "cases.save(" in text] == ["projection.py"]
    adding = [text for text in sources.values() if "cases.add(" in text]
    assert adding
    assert all("put_projection(" in text for text in adding)
