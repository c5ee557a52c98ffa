"""The other database: the same tables, the same lists in the same order, the same clocks."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from kiosk_api.domain.policy import DUE_SOON
from kiosk_api.domain.workflow import Role
from kiosk_api.gateways.calendar_seed import seed_calendar
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.persistence.database import SqlStore, make_engine
from kiosk_api.persistence.migrate import migrate
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.background import note_deadlines, sweep
from kiosk_api.services.cases.rebuild import rebuild
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.channels.hear import hear
from kiosk_api.services.chat.repeats import Repeats
from kiosk_api.services.chat.sessions import ChatSessions
from kiosk_api.services.notices.delivery import deliver_one
from kiosk_api.services.notices.planning import plan
from kiosk_api.services.staff import staff_cases
from tests.channels.messengers import SlowAssistant, message
from tests.factories import START, UNIT, fresh_app
from tests.notices.telling import Kept
from tests.postgres_server import server
from tests.random_lives import live, run, stored
from tests.waiting import wait_for


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application over a PostgreSQL database of its own, with cases that lived at random."""
    folder: Path = tmp_path_factory.mktemp("postgresql")
    name = server().make()
    url = server().url(name)
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()
    made = fresh_app(folder / "data", KIOSK_DATABASE_URL=url)
    with made.extensions["kiosk"].store.write() as records:
        seed_calendar(records, START)
    live(made, cases=16, rounds=60)
    yield made
    made.extensions["kiosk"].store.close()
    server().drop(name)


@pytest.mark.parametrize("role", list(Role))
def test_lists_hold_what_they_should_in_their_order(app: Flask, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    ctx = app.extensions["kiosk"]
    monkeypatch.setattr(staff_cases, "PAGE_SIZE", 7)
    officer, today = Officer("one", "one", "某某", role, UNIT), ctx.clock.now().date()
    everything = listed(app, officer, "all")
    assert [one.case_number for one in everything] == [
        one.case_number
        for one in sorted(
            everything,
            key=lambda one: (not one.emergency, str(one.next_deadline or "9"), -one.registered_at.timestamp()),
        )
    ]
    for view, until in (("due", today + DUE_SOON), ("overdue", today - timedelta(days=1))):
        near = [one for one in everything if one.next_deadline and one.next_deadline <= until]
        assert listed(app, officer, view) == near


def listed(app: Flask, officer: Officer, view: str) -> list[staff_cases.CaseLine]:
    ctx, found, page = app.extensions["kiosk"], [], 1
    while True:
        one = staff_cases.list_cases(ctx, officer, staff_cases.Wanted(view), page)
        found += one.items
        if not one.has_next:
            assert one.counts[view] == len(found)
            return found
        page += 1


def test_everything_built_anew_equals_what_was_kept(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    before = stored(ctx)
    assert {one.changed for one in rebuild(ctx)} == {0}
    run(ctx, "DELETE FROM case_clocks")
    run(ctx, "UPDATE cases SET status = 'eaten by mice', list_order = '', next_due_on = NULL, urged = 9")
    assert sum(one.changed for one in list(rebuild(ctx))[-1:])
    assert stored(ctx) == before


def test_the_sweep_notes_each_clock_once(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    ctx.clock.advance(timedelta(days=400))
    while sweep(ctx):
        pass
    with ctx.store.read() as records:
        noted = {one: records.clocks.warned(one) for one in records.cases.ids("", 100)}
        late = [
            (case_id, one.clock, one.seq)
            for case_id in noted
            for one in records.clocks.of_case(case_id)
            if one.state == "running"
        ]
    assert late
    run(ctx, "UPDATE case_clocks SET stage = ''")
    while note_deadlines(ctx, 5):
        pass
    with ctx.store.read() as records:
        assert {one: records.clocks.warned(one) for one in noted} == noted
    for (case_id, clock, seq), stage in product(late, ("overdue",)):
        right = clock in ("objection", "ask_review", "ask_reexamination")
        assert ((clock, seq, stage) in noted[case_id]) is not right


def test_several_workers_note_each_clock_once(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    ctx.clock.advance(timedelta(days=400))
    with ctx.store.read() as records:
        before = sum(len(records.clocks.warned(one)) for one in records.cases.ids("", 100))
    stores = [SqlStore(make_engine(str(ctx.store._engine.url)), ctx.store._cipher) for _ in range(4)]

    def work(store: SqlStore) -> None:
        own = replace(ctx, store=store)
        while note_deadlines(own, 3):
            pass

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, stores))
    for store in stores:
        store.close()
    with ctx.store.read() as records:
        times = records._connection.execute(text("SELECT count(*) FROM clock_warnings")).scalar()
        noted = {one: records.clocks.warned(one) for one in records.cases.ids("", 100)}
    assert times == sum(len(one) for one in noted.values()) >= before
    run(ctx, "UPDATE case_clocks SET stage = ''")
    assert not note_deadlines(ctx, 1_000)
    with ctx.store.read() as records:
        assert records._connection.execute(text("SELECT count(*) FROM clock_warnings")).scalar() == times


def test_several_workers_tell_each_notice_once(app: Flask) -> None:
    kept = Kept("sms")
    morning = (app.extensions["kiosk"].clock.now() + timedelta(days=5)).replace(hour=10)
    ctx = replace(app.extensions["kiosk"], senders={"sms": kept}, clock=SettableClock(morning))

    def work(_: int) -> None:
        while plan(ctx) or deliver_one(ctx, "sms", kept) is not None:
            pass

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    work(0)
    keys = [message.key for _, message in kept.sent]
    assert len(keys) == len(set(keys)) > 0
    with ctx.store.read() as records:
        told = [one for case in records.cases.ids("", 1_000) for one in records.petitioner_notices.of_case(case, 100)]
    assert {notice.state.value for notice, _ in told} <= {"told", "needless", "untold"}
    assert sum(len(attempts) for _, attempts in told) == len(keys)


def test_one_message_to_two_processes_at_once_is_heard_once(app: Flask) -> None:
    assistant = SlowAssistant()
    ctx = replace(app.extensions["kiosk"], assistant=assistant)
    desks = [Desk(ChatSessions(), Repeats()) for _ in range(2)]
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(hear, ctx, desks[n % 2], message("你好"), 300.0) for n in range(12)]
        assert assistant.reached.acquire(timeout=300)
        more = [pool.submit(hear, ctx, desks[n % 2], message(f"第{n}句", f"later-{n}"), 0.0) for n in range(3)]
        assistant.go.set()
        found = {one.result().texts for one in asked}
        for one in more:
            one.result()
    wait_for(lambda: not any(one.busy() for one in desks))
    assert found == {("听到：你好",)} and sorted(assistant.received) == ["你好", "第0句", "第1句", "第2句"]
