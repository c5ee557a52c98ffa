"""A full disk, a held lock and a clock that jumped are detected, reported and harmless."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from kiosk_api.domain.budgets import Spent
from kiosk_api.domain.policy import CLOCK_CONFIRMED, DISK_FOR_PICTURES, DISK_LOW, DISK_STOP
from kiosk_api.services.base.clock_watch import ClockWatch
from kiosk_api.services.base.ports import StoreBusy, StoreFull
from kiosk_api.services.cases.background import beat_and_purge
from kiosk_api.services.chat.drafts import load_draft, save_draft
from kiosk_api.web.probe import Prober
from tests.factories import START, fresh_app, petition


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


def with_room(app: Flask, free: int) -> None:
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], disk_free=lambda: free)


@pytest.mark.parametrize(
    ("free", "disk", "status", "filed", "picture"),
    [
        (DISK_LOW, "ok", 200, 201, 201),
        (DISK_LOW - 1, "degraded", 200, 201, 201),
        (DISK_FOR_PICTURES - 1, "degraded", 200, 201, 503),
        (DISK_STOP - 1, "off", 503, 503, 503),
    ],
)
def test_petitions_are_refused_before_the_disk_is_full_and_pictures_before_them(
    app: Flask, free: int, disk: str, status: int, filed: int, picture: int
) -> None:
    client = app.test_client()
    with_room(app, free)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["parts"]["disk"]) == (status, disk)
    headers = {"Idempotency-Key": "room-0001"}
    answer = client.post("/api/v1/petitions", json=petition(), headers=headers)
    assert answer.status_code == filed
    if filed == 503:
        assert answer.get_json()["code"] == "store_full"
        assert "到窗口" in answer.get_json()["detail"]
        with_room(app, DISK_LOW)
        assert client.post("/api/v1/petitions", json=petition(), headers=headers).status_code == 201
        with_room(app, free)
    from kiosk_api.services.base.disk_space import require_room_for_pictures

    if picture == 503:
        with pytest.raises(Exception, match="pictures_full"):
            require_room_for_pictures(app.extensions["kiosk"])
    else:
        require_room_for_pictures(app.extensions["kiosk"])


def test_a_full_store_is_reported_as_full_and_not_as_busy(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    with pytest.raises(StoreFull), ctx.store.write():
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    with pytest.raises(StoreBusy) as busy, ctx.store.write():
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))
    assert not isinstance(busy.value, StoreFull)


def test_a_locked_store_never_delays_health_and_is_reported(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk_api.web.probe.LOCKED_AFTER_S", 1.0)
    client = app.test_client()
    app.extensions["prober"] = Prober(patience_s=0.2)
    with closing(sqlite3.connect(tmp_path / "kiosk.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert client.get("/healthz").status_code == 200
        first = client.get("/readyz")
        assert first.get_json()["parts"]["store"] == "degraded"
        deadline = time.monotonic() + 60
        while client.get("/readyz").status_code != 503:
            assert time.monotonic() < deadline
        other.execute("ROLLBACK")
    deadline = time.monotonic() + 60
    while (answer := client.get("/readyz")).status_code != 200:
        assert time.monotonic() < deadline
    assert answer.get_json()["parts"]["store"] in ("ok", "degraded")


class Time:
    """A monotonic clock that the test moves."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


def test_after_a_clock_jump_nothing_is_deleted_until_the_clock_has_run_evenly(app: Flask) -> None:
    ctx, passed = app.extensions["kiosk"], Time()
    watch = ClockWatch(None, ctx.clock.now(), passed)
    save_draft(ctx, "session-1234", {"name": "钱多米"}, asked_for=True)
    beat_and_purge(ctx, watch)
    ctx.clock.advance(timedelta(days=4000))
    beat_and_purge(ctx, watch)
    ctx.clock.advance(timedelta(days=-4000))
    passed.passed += 5
    assert load_draft(ctx, "session-1234", None, "127.0.0.1").draft == {"name": "钱多米"}
    assert app.test_client().get("/readyz").get_json()["parts"]["worker"] == "degraded"
    beat_and_purge(ctx, watch)  # set right; still doubted, still there
    ctx.clock.advance(timedelta(days=8))  # a week really passes
    passed.passed += timedelta(days=8).total_seconds()
    beat_and_purge(ctx, watch)
    with ctx.store.read() as records:
        long_ago = ctx.clock.now() - timedelta(days=7000)
        mark = ctx.marks.mark("draft.session", "session-1234")
        assert records.draft_of_session(mark, long_ago) is None


def test_a_worker_that_starts_with_a_clock_far_from_the_last_one_waits(app: Flask) -> None:
    passed = Time()
    for away in (timedelta(days=400), timedelta(hours=-2)):
        watch = ClockWatch(START, START + away, passed)
        assert not watch.is_trusted(START + away)
        for _ in range(70):  # minutes that pass evenly
            passed.passed += 60
            away += timedelta(minutes=1)
            believed = watch.is_trusted(START + away)
        assert believed
    watch = ClockWatch(START, START + timedelta(minutes=20), passed)
    assert watch.is_trusted(START + timedelta(minutes=20))


def test_a_restart_does_not_make_a_doubted_clock_trusted(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    beat_and_purge(ctx)
    ctx.clock.advance(timedelta(days=400))
    for _ in range(3):
        beat_and_purge(ctx, ClockWatch.from_store(ctx))
    assert not ClockWatch.from_store(ctx).is_trusted(ctx.clock.now())
    state = app.test_client().get("/readyz").get_json()["parts"]
    assert (state["worker"], state["clock"]) == ("ok", "degraded")
    assert timedelta(minutes=10) <= CLOCK_CONFIRMED


def test_a_beat_from_the_future_does_not_count(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    beat_and_purge(ctx)
    ctx.clock.advance(timedelta(days=-1))
    assert app.test_client().get("/readyz").get_json()["parts"]["worker"] == "degraded"


def test_one_purge_deletes_a_bounded_number_of_rows(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_api.persistence.records.PURGE_MOST", 3)
    ctx = app.extensions["kiosk"]
    with ctx.store.write() as records:
        for number in range(5):
            records.allowances.put(f"{number:064d}", Spent(times=1), ctx.clock.now() - timedelta(days=30))
    left = []
    for _ in range(3):
        with ctx.store.write() as records:
            records.purge(ctx.clock.now())
            kept = records.allowances.read([f"{number:064d}" for number in range(5)])
            left.append(sum(one.times for one in kept))
    assert left == [2, 0, 0]
