"""The worker: messages are delivered at least once, warnings once, and every case is swept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CaseFilter, OutboxMessage
from kiosk_api.services.cases.background import CLOCKS, LEASE_S, beat_and_purge, deliver, sweep
from kiosk_api.worker import Worker
from tests.factories import petition, reading


@pytest.fixture(autouse=True)
def classifier(app: Flask) -> None:
    app.extensions["kiosk"].understanding.reading = reading()


def register(client: FlaskClient, key: str) -> str:
    answer = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": f"worker-{key}"})
    return str(answer.get_json()["case_number"])


def test_a_message_is_handled_once_and_then_deleted(app: Flask, client: FlaskClient) -> None:
    ctx, seen = app.extensions["kiosk"], []
    register(client, "one")
    handlers = {"case_registered": lambda _ctx, message: seen.append(message.topic)}
    assert deliver(ctx, handlers) == 1
    assert deliver(ctx, handlers) == 0
    assert seen == ["case_registered"]


def test_a_failed_message_is_delivered_again_later(app: Flask, client: FlaskClient) -> None:
    ctx: Context = app.extensions["kiosk"]
    register(client, "two")
    tries: list[int] = []

    def failing(_ctx: Context, message: OutboxMessage) -> None:
        tries.append(message.attempts)
        if len(tries) < 3:
            raise OSError

    for _ in range(3):
        deliver(ctx, {"case_registered": failing})
        assert deliver(ctx, {"case_registered": failing}) == 0
        ctx.clock.advance(timedelta(minutes=2))
    assert tries == [1, 2, 3]


def test_a_message_of_a_worker_that_died_is_delivered_by_the_next(app: Flask, client: FlaskClient) -> None:
    ctx = app.extensions["kiosk"]
    register(client, "three")
    with ctx.store.write() as records:
        assert len(records.claim_messages(ctx.clock.now(), LEASE_S, 10)) == 1
    seen: list[str] = []
    handlers = {"case_registered": lambda _ctx, message: seen.append(message.id)}
    assert deliver(ctx, handlers) == 0
    ctx.clock.advance(timedelta(seconds=LEASE_S + 1))
    assert deliver(ctx, handlers) == 1


def test_the_sweep_reaches_every_case_and_warns_once(app: Flask, client: FlaskClient) -> None:
    ctx = app.extensions["kiosk"]
    for number in range(60):
        register(client, f"many-{number}")
    assert not sweep(ctx, 25)
    ctx.clock.advance(timedelta(days=16))
    rounds = 1
    while sweep(ctx, 25):
        rounds += 1
    assert rounds == 3
    with ctx.store.read() as records:
        for case_id in records.cases.open_ids("", 100):
            assert records.clocks.warned(case_id) == {("route", 1, "overdue")}
        assert records.cases.count(CaseFilter(due_before=ctx.clock.now().date())) == 60
    assert not sweep(ctx)


def test_a_slow_machine_notes_fewer_clocks_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def slow(_ctx: Context, clocks: int) -> bool:
        asked.append(clocks)
        monkeypatch.setattr("kiosk_api.worker.SWEEP_MOST_S", -1.0 if len(asked) < 9 else 60.0)
        return True

    monkeypatch.setattr("kiosk_api.worker.sweep", slow)
    worker = Worker(app.extensions["kiosk"], {})
    for _ in range(12):
        worker.round()
    assert asked[0] == CLOCKS and min(asked) == 500
    assert asked[-1] > asked[-2] > 500


def test_the_worker_writes_its_heartbeat_and_deletes_expired_data(app: Flask, client: FlaskClient) -> None:
    ctx = app.extensions["kiosk"]
    beat_and_purge(ctx)
    assert client.get("/readyz").get_json()["parts"]["worker"] == "ok"
    ctx.clock.advance(timedelta(minutes=5))
    assert client.get("/readyz").get_json()["parts"]["worker"] == "degraded"
