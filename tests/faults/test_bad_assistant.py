"""An assistant that drips, floods or answers garbage holds nobody up and breaks no page."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk_api.gateways.deadline import within
from kiosk_api.gateways.local_http import MOST_BYTES, local_client, post_json
from kiosk_api.gateways.nearness import RasaNearness
from kiosk_api.gateways.platform_http import NoAnswer, ask, platform_client
from kiosk_api.gateways.rasa import RasaAssistant
from kiosk_api.gateways.understanding import RasaUnderstanding
from kiosk_api.services.base.ports import AssistantUnavailable
from tests.factories import fresh_app, petition

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
TURN_S = 0.2  # of the clients under test
GIVE_UP_S = 60.0  # a drip that nobody ends


@contextmanager
def answering(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that reads one request per connection and leaves the rest to `answer`."""
    door, ended = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                sock, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(sock,), daemon=True).start()

    def one(sock: socket.socket) -> None:
        with sock:
            try:
                sock.recv(65_536)
                answer(sock)
            except OSError:
                """The client has hung up, as it should."""

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        ended.set()
        door.close()


def dripping(before: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    """Sends `before` at once and then `drop` again and again: never silent for as long as one read may take."""

    def answer(sock: socket.socket) -> None:
        sock.sendall(before)
        ends = time.monotonic() + GIVE_UP_S
        while time.monotonic() < ends:
            sock.sendall(drop)
            time.sleep(TURN_S / 10)

    return answer


DRIPS = {
    "head": dripping(HEAD + b"X-Slow: ", b"x"),
    "body": dripping(HEAD + b"Content-Length: 100000\r\n\r\n[", b" "),
    "chunks": dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "interim": dripping(b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
}


@pytest.mark.parametrize("drip", sorted(DRIPS))
def test_a_dripping_answer_ends_with_the_turn(drip: str) -> None:
    with answering(DRIPS[drip]) as url:
        begun = time.monotonic()
        with pytest.raises(AssistantUnavailable):
            RasaAssistant(url, TURN_S).say("session", "你好")
        assert RasaUnderstanding(url, TURN_S).read("半夜打桩") is None
        assert RasaNearness(url, TURN_S).near("d", ["怎么复查"], ["查"]) is None
        assert not RasaAssistant(url, TURN_S).is_up() or drip != "head"
        with pytest.raises(NoAnswer):
            ask(platform_client(url), "POST", "/", wait_s=TURN_S)
        assert time.monotonic() - begun < GIVE_UP_S / 2  # they end by themselves, not with the drip


def test_an_endless_answer_is_cut_off() -> None:
    def flood(sock: socket.socket) -> None:
        sock.sendall(HEAD + b"\r\n[")
        while True:
            sock.sendall(b" " * 65_536)

    with answering(flood) as url, pytest.raises(httpx.ReadError):
        post_json(local_client(url, httpx.Timeout(GIVE_UP_S)), "/", {}, GIVE_UP_S, most_bytes=MOST_BYTES)


def test_an_outer_deadline_counts_before_an_inner_one() -> None:
    with answering(DRIPS["body"]) as url, within(TURN_S), pytest.raises(httpx.TimeoutException):
        post_json(local_client(url, httpx.Timeout(GIVE_UP_S)), "/", {}, GIVE_UP_S)


GARBAGE: dict[str, bytes] = {
    "nothing": b"", "no_json": b"<html>502</html>", "not_utf8": b"\xff\xfe[", "null": b"null", "number": b"7",
    "object": b'{"text": "x"}', "empty": b"[]", "numbers": b"[1, null]", "nested": b"[" * 200_000, "nan": b'[{"text": NaN}]',
    "text_is_list": b'[{"text": ["x"]}]', "custom_is_text": b'[{"custom": "x"}]',
    "options_are_text": b'[{"custom": {"text": "x", "options": "y"}}]',
    "links_without_address": b'[{"custom": {"text": "x", "links": [{"label": "y"}]}}]',
    "links_are_numbers": b'[{"custom": {"text": "x", "links": [1]}}]',
    "half_a_sign": rb'[{"text": "\ud800"}]', "huge_number": b'[{"text": "x", "n": 1e999}]',
    "card_is_text": b'[{"custom": {"text": "x", "card": "y"}}]', "saved_is_list": b'[{"custom": {"saved": ["y"]}}]',
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(GARBAGE))
@pytest.mark.parametrize("status", [b"200 OK", b"500 Broken"])
def test_garbage_is_no_answer_and_the_form_is_offered(tmp_path: Path, name: str, status: bytes) -> None:
    body = GARBAGE[name]

    def answer(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 %b\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body))

    with answering(answer) as url:
        client = real_assistant(tmp_path, url)
        said = client.post("/api/v1/chat", json={"text": "你好"})
        assert said.status_code == 200 and said.get_json()["degraded"], said.get_json()
        assert said.get_json()["replies"][0]["links"][0]["href"] == "/form"
        filed = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "among-garbage"})
        assert filed.status_code == 201
        assert client.post("/api/v1/route", json={"text": "半夜打桩"}).status_code == 200
        assert client.post("/api/v1/handbook/ask", json={"question": "怎么申请复查"}).status_code == 200


@pytest.mark.parametrize("value", [{"near": [[10**400, 1]]}, {"near": [["x", 1]]}, {"near": 3}, [], None])
def test_garbage_about_nearness_is_no_answer(value: Any) -> None:
    body = json.dumps(value).encode()
    with answering(lambda sock: sock.sendall(HEAD + b"Content-Length: %d\r\n\r\n%b" % (len(body), body))) as url:
        assert RasaNearness(url).near("d", ["怎么复查"], ["查"]) is None
        assert RasaUnderstanding(url).read("半夜打桩") is None


def real_assistant(folder: Path, url: str) -> Any:
    app = fresh_app(folder)
    app.extensions["kiosk"] = replace(
        app.extensions["kiosk"], assistant=RasaAssistant(url), understanding=RasaUnderstanding(url),
        nearness=RasaNearness(url),
    )  # fmt: skip
    return app.test_client()
