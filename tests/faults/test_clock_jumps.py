"""The clock jumps, forwards and back, by a day and across a deadline: steps keep their order, nothing is said to be late that is
not, nothing is lost, and readiness says that the clock is doubted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.services.base.clock_watch import ClockWatch
from kiosk_api.services.cases.background import beat_and_purge, inspect, sweep
from tests.desk import staff, with_officers
from tests.factories import UNIT, fresh_app, petition, register

DAY = timedelta(days=1)
ACROSS = timedelta(days=17)  # fifteen days to forward, and a weekend
JUMPS = {
    "forwards": (DAY, -DAY),
    "back": (-DAY, DAY),
    "across_a_deadline": (ACROSS, -ACROSS),
    "an_hour": (timedelta(hours=1),) * 2,
}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = fresh_app(tmp_path)
    with_officers(app)
    return app


def looked_up(app: Flask, token: str) -> dict[str, Any]:
    answer = app.test_client().post("/api/v1/cases/lookup", json={"lookup_token": token})
    assert answer.status_code == 200
    return dict(answer.get_json())


@pytest.mark.parametrize("name", sorted(JUMPS))
def test_steps_keep_their_order_and_the_case_is_as_it_would_have_been(app: Flask, name: str) -> None:
    ctx, (away, back) = app.extensions["kiosk"], JUMPS[name]
    made = register(app, "before-the-jump")
    ctx.clock.advance(away)
    staff(app, "office", made["case_number"], "forward", unit=UNIT)
    ctx.clock.advance(back)
    staff(app, "unit", made["case_number"], "accept", procedure="investigation")
    while sweep(ctx):
        """Until nothing more is due."""
    inspect(ctx)
    seen = looked_up(app, made["lookup_token"])
    assert [one["event"] for one in seen["timeline"]] == ["register", "forward", "accept"]
    assert seen["status"] == "accepted"
    running = [one for one in seen["deadlines"] if one["state"] not in ("met", "stopped", "cancelled")]
    # Sixty days from an acceptance today: not late. A step taken by a wrong clock keeps the time it was taken at.
    assert [one["state"] for one in running] == (["missed", "running"] if name == "across_a_deadline" else ["running"])
    again = app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "before-the-jump"})
    assert again.get_json() == made


def test_nothing_stays_late_that_was_late_only_by_a_wrong_clock(app: Flask) -> None:
    ctx, made = app.extensions["kiosk"], register(app)
    ctx.clock.advance(ACROSS)
    while sweep(ctx):
        """The wrong clock notes what it must take for late."""
    assert "overdue" in str(looked_up(app, made["lookup_token"]))
    ctx.clock.advance(-ACROSS)
    while sweep(ctx):
        """Set right."""
    seen = looked_up(app, made["lookup_token"])
    assert {one["state"] for one in seen["deadlines"]} == {"running"} and not seen.get("overdue")


@pytest.mark.parametrize("away", [DAY, -DAY, ACROSS, timedelta(days=-400)])
def test_a_jump_is_plainly_marked_until_the_clock_has_run_evenly(app: Flask, away: timedelta) -> None:
    ctx, passed = app.extensions["kiosk"], [0.0]
    watch = ClockWatch(None, ctx.clock.now(), lambda: passed[0])
    beat_and_purge(ctx, watch)
    assert watch.is_trusted(ctx.clock.now())
    ctx.clock.advance(away)
    passed[0] += 5
    assert not watch.is_trusted(ctx.clock.now())
    register(app, "while-it-is-doubted")  # people are served all the same
    for _ in range(70):
        passed[0] += 60
        ctx.clock.advance(timedelta(minutes=1))
        trusted = watch.is_trusted(ctx.clock.now())
    assert trusted
