"""The gateway to sentence vectors: bot away, still learning, invalid answers."""

from __future__ import annotations

import threading
from collections.abc import Callable

import httpx
import pytest

from kiosk_api.gateways.nearness import RasaNearness

PHRASES = ["怎么复查", "怎么催办"]


def gateway(answer: Callable[[httpx.Request], httpx.Response]) -> RasaNearness:
    made = RasaNearness("http://bot.invalid")
    made._client = httpx.Client(base_url="http://bot.invalid", transport=httpx.MockTransport(answer))
    return made


def test_cosines_come_by_position() -> None:
    made = gateway(lambda _: httpx.Response(200, json={"near": [[1, 0.9], [0, 0.2]]}))
    assert made.near("d", PHRASES, ["催"]) == {1: 0.9, 0: 0.2}


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503, json={}),
        httpx.Response(200, text="?"),
        httpx.Response(200, json={}),
        httpx.Response(200, json={"near": [[7, 0.9]]}),
        httpx.Response(200, json={"near": "x"}),
    ],
)
def test_an_invalid_answer_counts_as_the_bot_being_away(answer: httpx.Response) -> None:
    assert gateway(lambda _: answer).near("d", PHRASES, ["催"]) is None


def test_after_a_failure_the_next_call_does_not_wait() -> None:
    calls: list[str] = []

    def down(request: httpx.Request) -> httpx.Response:
        calls.append(request.url.path)
        raise httpx.ConnectError("down")

    made = gateway(down)
    assert made.near("d", PHRASES, ["催"]) is None and made.near("d", PHRASES, ["催"]) is None
    assert len(calls) == 1


def test_phrases_unknown_to_the_bot_are_sent_in_the_background() -> None:
    taught = threading.Event()

    def bot(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/learn"):
            taught.set()
            return httpx.Response(200, json={"known": 2})
        return httpx.Response(200, json={"near": [[0, 1.0]]}) if taught.is_set() else (httpx.Response(409, json={}))

    made = gateway(bot)
    assert made.near("d", PHRASES, ["查"]) is None
    assert taught.wait(5)
    assert made.near("d", PHRASES, ["查"]) == {0: 1.0}
