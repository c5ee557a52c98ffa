"""Budgets under concurrency and a wrong clock, and what every refusal must contain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain.budgets import Budget, Spent, after_miss, judge, wait_for_room
from kiosk_api.domain.errors import DomainError
from kiosk_api.gateways.passwords import Argon2Passwords
from kiosk_api.services.base.ports import PasswordsBusy
from kiosk_api.services.cases.background import beat_and_purge
from kiosk_api.services.cases.citizen_steps import look_up
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.services.chat.sessions import ChatSessions
from kiosk_api.services.staff.sign_in import NOBODYS
from tests.factories import PASSWORD, START, petition

TEN = Budget("ten", 10, timedelta(hours=1), timedelta(seconds=30))


def full() -> Spent:
    spent = Spent()
    for _ in range(10):
        spent = after_miss(TEN, spent, START)
    return spent


def test_a_used_up_budget_lets_a_quiet_source_try_and_no_busy_one() -> None:
    later = START + timedelta(seconds=31)
    assert not judge([(TEN, full())], START).is_open
    assert judge([(TEN, full())], later).is_open
    hammering = Spent(tried_at=later - timedelta(seconds=1))
    assert not judge([(TEN, full()), (TEN, hammering)], later).is_open


def test_a_time_in_the_future_counts_as_now() -> None:
    wrong = START - timedelta(days=300)  # the clock was far ahead when these were counted
    spent = after_miss(TEN, full(), wrong)
    assert wait_for_room(TEN, spent, wrong) <= timedelta(minutes=6)
    assert judge([(TEN, spent)], wrong + timedelta(seconds=31)).is_open


def test_guesses_side_by_side_get_no_more_than_the_budget(app: Flask, case: dict[str, Any]) -> None:
    ctx = app.extensions["kiosk"]

    def one(number: int) -> str:
        try:
            who = Identification(case_number=case["case_number"], phone_tail=f"{number:04}")
            look_up(ctx, who, f"198.51.100.{number}")
        except DomainError as error:
            return error.code
        return "found"

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(one, range(60)))
    assert answers.count("case_not_found") == 5
    assert answers.count("too_many_tries") == 55


def test_a_clock_that_jumped_ahead_for_a_while_deletes_nothing_that_was_promised(
    app: Flask,
) -> None:
    ctx = app.extensions["kiosk"]
    now = ctx.clock.now()
    with ctx.store.write() as records:
        records.save_draft("s", "r", {"facts": "半截话"}, now, now + timedelta(days=7))
    beat_and_purge(ctx)
    ctx.clock.advance(timedelta(days=3650))
    for _ in range(20):
        beat_and_purge(ctx)
    ctx.clock.advance(timedelta(days=-3650))
    beat_and_purge(ctx)
    with ctx.store.read() as records:
        assert records.draft_of_session("s", ctx.clock.now()) is not None


def test_few_passwords_are_checked_at_once_and_few_wait() -> None:
    passwords, hold, inside = Argon2Passwords(1, 0, 0.05), Event(), Event()

    def slow() -> None:
        with passwords._turn():
            inside.set()
            assert hold.wait(30)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(slow)
        assert inside.wait(30)
        with pytest.raises(PasswordsBusy):
            passwords.hash("x")
        hold.set()
        running.result()
    assert passwords.matches(passwords.hash("x"), "x")


def test_an_unknown_name_costs_what_a_known_one_costs() -> None:
    assert not Argon2Passwords()._hasher.check_needs_rehash(NOBODYS)


def test_every_refusal_gives_a_time_to_retry(app: Flask, case: dict[str, Any]) -> None:
    client = app.test_client()
    body = {"case_number": case["case_number"], "phone_tail": "0000"}
    answers = [client.post("/api/v1/cases/lookup", json=body) for _ in range(6)]
    assert answers[-1].status_code == 429 and int(answers[-1].headers["Retry-After"]) <= 60
    form = {"username": "office", "password": "wrong"}
    pages = [client.post("/desk/sign-in", data=form) for _ in range(6)]
    assert pages[-1].status_code == 429 and int(pages[-1].headers["Retry-After"]) <= 60
    right = {"username": "office", "password": PASSWORD}
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.post("/desk/sign-in", data=right, environ_base=elsewhere).status_code == 303


def test_too_many_sign_ins_at_once_give_a_time_to_retry(app: Flask) -> None:
    app.extensions["kiosk"].passwords._places = type("Full", (), {"acquire": lambda *_a, **_k: False})()
    answer = app.test_client().post("/api/v1/desk/session", json={"username": "office", "password": PASSWORD})
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0


def test_a_busy_store_gives_a_time_to_retry(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_api.persistence.database.BUSY_TIMEOUT_S", 0.05)
    store = app.extensions["kiosk"].store
    with store.write():  # another writer holds the lock
        answer = app.test_client().post(
            "/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "busy-store-1"}
        )
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
    assert "请" in answer.get_json()["detail"]
    again = app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "busy-store-1"})
    assert again.status_code == 201


def test_a_source_with_many_chats_loses_its_own_oldest() -> None:
    chats = ChatSessions(limited=False, most=10, most_of_one=8)
    chats.turn("neighbour", "203.0.113.1")
    gone = [one for number in range(30) for one in chats.turn(f"chat-{number}", "198.51.100.1")]
    assert "neighbour" in chats and gone == [f"chat-{number}" for number in range(22)]
    for number in range(12):
        gone += chats.turn(f"other-{number}", f"192.0.2.{number}")
        if number < 7:
            assert "neighbour" in chats
    assert len(chats) == 10


def test_new_chats_are_limited_in_rate() -> None:
    seconds = [0.0]
    chats = ChatSessions(now=lambda: seconds[0])
    for number in range(60):
        chats.turn(f"chat-{number}", "198.51.100.1")
    with pytest.raises(DomainError, match="too_many_chats") as refused:
        chats.turn("one-more", "198.51.100.1")
    chats.turn("chat-3", "198.51.100.1")  # running conversations continue
    chats.turn("neighbour", "203.0.113.1")
    seconds[0] += refused.value.retry_after_s or 0
    chats.turn("one-more", "198.51.100.1")
