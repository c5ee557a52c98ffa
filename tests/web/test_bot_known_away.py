"""A bot that is known to hang gets no calls; and the longest wait of one person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kiosk_api.app import create_app
from kiosk_api.gateways.breaker import FAILURES
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.gateways.nearness import RasaNearness
from kiosk_api.gateways.rasa import TURN_S, RasaAssistant
from kiosk_api.gateways.understanding import RasaUnderstanding
from kiosk_api.services.base.context import Context
from kiosk_api.services.chat.chat import TOO_LATE_S
from tests.factories import START, fresh_app, settings

PROMISED_S = 8.0  # what services/chat/chat.py says of a turn
ASKS: dict[str, Callable[[Context], object]] = {
    "understanding": lambda ctx: ctx.understanding.read("半夜打桩"),
    "nearness": lambda ctx: ctx.nearness.near("d", ["怎么复查"], ["查"]),
}


def fails(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("down")


def counted(gateway: RasaUnderstanding | RasaNearness) -> list[str]:
    """The paths of its calls from now on; each call fails."""
    calls: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        calls.append(request.url.path)
        return fails(request)

    gateway._client = httpx.Client(base_url="http://bot.invalid", transport=httpx.MockTransport(note))
    return calls


@pytest.mark.parametrize("away", [True, False])
def test_a_gateway_makes_no_call_while_the_bot_is_known_to_be_away(away: bool) -> None:
    reader = RasaUnderstanding("http://bot.invalid", is_away=lambda: away)
    near = RasaNearness("http://bot.invalid", is_away=lambda: away)
    read, asked = counted(reader), counted(near)
    assert reader.read("半夜打桩") is None
    assert near.near("d", ["怎么复查"], ["查"]) is None
    assert (len(read), len(asked)) == ((0, 0) if away else (1, 1))


@pytest.mark.parametrize("port", sorted(ASKS))
def test_the_gateways_share_the_breaker_of_the_assistant(tmp_path: Path, port: str) -> None:
    fresh_app(tmp_path)  # for its store
    ctx = create_app(settings(tmp_path), clock=SettableClock(START)).extensions["kiosk"]
    calls = counted(getattr(ctx, port))
    for _ in range(FAILURES):
        ctx.assistant._breaker.failed()
    assert ctx.assistant.is_away
    assert ASKS[port](ctx) is None
    assert calls == []
    ctx.assistant._breaker.worked()
    assert ASKS[port](ctx) is None
    assert len(calls) == 1


def test_a_turn_and_its_wait_for_a_thread_end_within_the_promised_time() -> None:
    given: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        given.append(request.extensions["timeout"]["read"])
        return httpx.Response(200, json=[{"text": "您好"}])

    assistant = RasaAssistant("http://bot.invalid", transport=httpx.MockTransport(answer))
    assistant.say("a-conversation-of-somebody", "你好")
    assert given == [TURN_S]
    assert TURN_S + TOO_LATE_S <= PROMISED_S
