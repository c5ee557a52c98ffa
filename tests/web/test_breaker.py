"""With a hanging bot a few people wait, then nobody; deletions that failed are repeated later."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kiosk_api.gateways import rasa
from kiosk_api.gateways.breaker import FAILURES, PAUSE_S, Breaker
from kiosk_api.gateways.rasa import RasaAssistant
from kiosk_api.gateways.understanding import RasaUnderstanding
from kiosk_api.services.base.ports import AssistantUnavailable
from kiosk_api.services.chat.chat import TOO_LATE_S
from tests.factories import fresh_app

SESSION = "a-conversation-of-somebody"


class Bot:
    """A fake of Rasa's HTTP channels, with a switch."""

    def __init__(self) -> None:
        self.mode = "well"
        self.asked: list[str] = []
        self.forgot: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        sender = json.loads(request.content)["sender"] if request.content else ""
        if self.mode == "hangs":
            self.asked.append(sender)
            raise httpx.ReadTimeout("hangs")
        if request.url.path.endswith("/forget/conversation"):
            self.forgot.append(sender)
            return httpx.Response(200, json={})
        self.asked.append(sender)
        return httpx.Response(200, json=[] if self.mode == "fails" else [{"text": "您好"}])


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def assistant(bot: Bot) -> RasaAssistant:
    return RasaAssistant("http://bot", transport=httpx.MockTransport(bot))


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def refused(assistant: RasaAssistant) -> bool:
    try:
        assistant.say(SESSION, "你好")
    except AssistantUnavailable:
        return True
    return False


def test_the_breaker_opens_after_failures_in_a_row_and_lets_one_try_through() -> None:
    now = [0.0]
    breaker = Breaker(now=lambda: now[0])
    for _ in range(FAILURES - 1):
        breaker.failed()
    breaker.worked()
    for _ in range(FAILURES - 1):
        breaker.failed()
    assert breaker.admit()
    breaker.failed()
    assert breaker.is_open
    assert not breaker.admit()
    now[0] += PAUSE_S
    assert not breaker.admit(tries=False)
    assert breaker.admit()
    assert not breaker.admit()  # one try per pause
    breaker.worked()
    assert breaker.admit()
    assert not breaker.is_open


def test_a_bot_that_hangs_is_not_asked_again_by_citizens(assistant: RasaAssistant, bot: Bot) -> None:
    bot.mode = "hangs"
    assert all(refused(assistant) for _ in range(20))
    assert len(bot.asked) == FAILURES
    assert assistant.is_away


def test_messages_that_fail_inside_the_bot_do_not_open_the_breaker(assistant: RasaAssistant, bot: Bot) -> None:
    bot.mode = "fails"
    assert all(refused(assistant) for _ in range(20))
    bot.mode = "well"
    assert not refused(assistant)


def test_the_background_check_has_real_turns_and_deletes_them(
    assistant: RasaAssistant, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rasa, "TRY_EVERY_S", 0.01)
    monkeypatch.setattr(rasa, "CHECK_EVERY_S", 0.01)
    bot.mode = "hangs"
    assistant.watch()
    until(lambda: assistant.is_away)
    assert not assistant.is_up()
    bot.mode = "well"
    until(assistant.is_up)
    assert not refused(assistant)
    bot.mode = "hangs"  # it hangs while nobody talks: detected anyway
    until(lambda: not assistant.is_up())
    asked = [one for one in bot.asked if one != SESSION]
    assert asked
    assert all(one.startswith("probe-") for one in asked)
    assert set(bot.forgot) <= set(asked)
    assert bot.forgot


def test_an_end_of_conversation_that_did_not_reach_the_bot_is_sent_again(
    assistant: RasaAssistant, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rasa, "TRY_EVERY_S", 0.01)
    bot.mode = "hangs"
    assistant.forget(SESSION)
    assert bot.forgot == []
    bot.mode = "well"
    assistant.watch()
    until(lambda: SESSION in bot.forgot)


def test_a_petition_does_not_wait_for_a_bot_that_is_known_to_hang() -> None:
    asked = []
    reader = RasaUnderstanding("http://127.0.0.1:1", is_away=lambda: asked.append(1) is None)
    assert reader.read("半夜打桩") is None
    assert reader._away_until == 0.0  # it was not even tried
    assert asked


def test_a_turn_whose_thread_came_too_late_is_answered_at_once(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)
    late = {"kiosk.waited_s": TOO_LATE_S + 0.1}
    client = app.test_client()
    answer = client.post("/api/v1/chat", json={"text": "你好"}, environ_overrides=late).get_json()
    assert answer["degraded"]
    assert answer["replies"][0]["links"][0]["href"] == "/form"
    assert not app.extensions["kiosk"].assistant.received
    assert not client.post("/api/v1/chat", json={"text": "你好"}).get_json()["degraded"]


def test_twelve_people_and_a_hung_bot_share_the_few_waits(bot: Bot) -> None:
    """Twelve calls at once: everybody gets an answer, and only the first calls reach the bot."""
    gate = threading.Event()

    def hang(request: httpx.Request) -> httpx.Response:
        bot.asked.append("x")
        gate.wait(60)
        raise httpx.ReadTimeout("hangs")

    assistant = RasaAssistant("http://bot", transport=httpx.MockTransport(hang))
    results: list[bool] = []
    people = [threading.Thread(target=lambda: results.append(refused(assistant))) for _ in range(12)]
    for one in people:
        one.start()
    until(lambda: len(bot.asked) == 12)
    gate.set()
    for one in people:
        one.join(60)
    assert results == [True] * 12
    assert refused(assistant)
    assert len(bot.asked) == 12
