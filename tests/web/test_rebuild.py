"""What follows from events can be made anew by command, whatever has become of it."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api import cli
from kiosk_api.domain.clocks import RIGHTS, deadlines
from kiosk_api.domain.projection import project
from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.background import inspect
from kiosk_api.services.cases.rebuild import rebuild
from tests.desk import staff
from tests.factories import fresh_app, petition, register
from tests.random_lives import PROJECTED, live, run, stored

DAMAGES = (
    ("clocks gone", "DELETE FROM case_clocks"),
    ("clocks wrong", "UPDATE case_clocks SET due_on = '2031-01-01', state = 'met'"),
    ("a clock too many", "INSERT INTO case_clocks SELECT case_id, 'route', 9, due_on, state, '' "
                                 "FROM case_clocks WHERE clock = 'route' AND seq = 1"),
    ("contacts gone", "DELETE FROM contacts"),
    ("supervisions open again", "UPDATE supervisions SET closed_at = NULL, answered = false, due_on = '2031-01-01'"),
    ("advice to somebody else", "UPDATE advice SET unit_id = 'somebody', adopted = 'adopted'"),
    ("dates", "UPDATE cases SET next_due_on = NULL, recheck_on = NULL, list_order = ''"),
    ("states", "UPDATE cases SET status = 'closed', responsible_unit = 'somebody else'"),
    ("a state that is none", "UPDATE cases SET status = 'eaten by mice'"),
    ("a channel that is none", "UPDATE cases SET channel = 'pigeon'"),
    ("kinds", "UPDATE cases SET kind = 'suggestion', confidential = false, doubtful = true, emergency = true"),
    ("fields", "UPDATE cases SET domain = 'economy', hot_field = 'labour', \"window\" = 'court'"),
    ("arrivals", "UPDATE cases SET channel = 'letter', repeat_of = 'another'"),
    ("urges", "UPDATE cases SET urged = 77, urge_waits = true"),
)  # fmt: skip


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Context:
    app = fresh_app(tmp_path_factory.mktemp("lives"), officers=True)
    live(app)
    return app.extensions["kiosk"]


def test_random_lives_reach_many_states(lives: Context) -> None:
    assert len({row[0][1] for row in stored(lives).values()}) >= 6


def test_random_lives_hold_contacts_supervisions_and_advice(lives: Context) -> None:
    found = [one for _, _, one in stored(lives).values()]
    for name in ("contacts", "supervisions", "advice"):
        assert any(getattr(one, name) for one in found), name
    assert {one.answered for each in found for one in each.supervisions} == {True, False}
    assert {bool(one.answered_at) for each in found for one in each.advice} == {True, False}


def test_what_is_stored_is_what_the_rules_say(lives: Context) -> None:
    now, today = lives.clock.now(), lives.clock.now().date()
    with lives.store.read() as records:
        calendar = records.calendar()
        for case_id, (row, *_) in stored(lives).items():
            case = records.cases.by_id(case_id)
            assert case is not None
            shown = deadlines(case.events, calendar, now)
            rows = records.clocks.of_case(case_id)
            assert sorted((one.key, one.late_since or one.due_on) for one in shown) == sorted(
                (one.clock, one.due_on) for one in rows
            )
            late = {one.key for one in shown if one.state == "overdue"}
            assert late == {
                one.clock for one in rows if one.state == "running" and one.due_on < today and one.clock not in RIGHTS
            }
            waiting = [
                one.late_since or one.due_on
                for one in shown
                if one.state in ("running", "overdue") and one.key not in RIGHTS
            ]
            due = row[PROJECTED.index("next_due_on") + 1]
            assert (due and str(due)) == (min(waiting).isoformat() if waiting else None)


def test_rows_stay_right_as_days_pass(lives: Context) -> None:
    """Nothing is written when a day passes, unless the case says that its dates move with the day."""
    now = lives.clock.now()
    with lives.store.read() as records:
        calendar = records.calendar()
        cases = [records.cases.by_id(one) for one in stored(lives)]
    steady = [one for one in cases if one and project(one.events, calendar, now).recheck_on is None]
    assert steady
    for case, days in product(steady, (1, 7, 40, 400)):
        rows, then = project(case.events, calendar, now).clocks, now + timedelta(days=days)
        late = {(one.clock, one.due_on) for one in rows if one.state == "running" and one.due_on < then.date()}
        shown = deadlines(case.events, calendar, then)
        assert project(case.events, calendar, then).clocks == rows
        assert late == {(one.key, one.late_since or one.due_on) for one in shown if one.state in ("overdue", "lapsed")}


def test_everything_built_anew_equals_what_was_kept(lives: Context) -> None:
    before = stored(lives)
    assert [one.changed for one in rebuild(lives)][-1] == 0
    assert stored(lives) == before


@pytest.mark.parametrize("damage", [pytest.param(sql, id=name) for name, sql in DAMAGES])
def test_damaged_rows_are_made_anew(lives: Context, damage: str) -> None:
    before = stored(lives)
    run(lives, damage)
    assert stored(lives) != before
    *_, done = rebuild(lives)
    assert (done.cases, done.unreadable) == (len(before), 0)
    assert done.changed
    assert stored(lives) == before


def test_the_worker_corrects_wrong_clocks_of_open_cases(lives: Context) -> None:
    before = stored(lives)
    run(lives, "UPDATE case_clocks SET due_on = '2031-01-01'")
    run(lives, "UPDATE cases SET next_due_on = NULL, list_order = ''")
    place: str | None = ""
    while place is not None:
        place = inspect(lives, place)
    with lives.store.read() as records:
        is_open = set(records.cases.open_ids("", 100))
    after = stored(lives)
    assert is_open
    assert {one: after[one] for one in is_open} == {one: before[one] for one in is_open}
    list(rebuild(lives))


def test_a_rebuild_goes_on_where_it_was_stopped(lives: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_api.services.cases.rebuild.BATCH", 15)
    before = stored(lives)
    run(lives, "DELETE FROM case_clocks")
    first = next(iter(rebuild(lives)))
    assert first.cases == 15
    assert sum(one.cases for one in list(rebuild(lives, first.last))[-1:]) == len(before) - 15
    assert stored(lives) == before


def test_the_command_says_what_it_found(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    run(ctx, "UPDATE cases SET urged = 5")
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    assert cli.main(["rebuild"]) == 0
    assert capsys.readouterr().out == "共核对1件，更正1件，读不出0件。\n"
    assert cli.main(["rebuild"]) == 0
    assert "更正0件" in capsys.readouterr().out


def test_who_asks_for_secrecy_keeps_it_when_a_doubt_is_settled(app: Flask, client: FlaskClient) -> None:
    """The same step is taken live and when everything is made anew."""
    ctx = app.extensions["kiosk"]
    body = petition(confidential=True, route_answers={"accusation": "unsure"})
    answer = client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "a-secret-doubt"})
    staff(app, "office", answer.get_json()["case_number"], "decide_accusation", kind="ordinary")
    before = stored(ctx)
    assert [one.changed for one in rebuild(ctx)] == [0]
    assert stored(ctx) == before
