"""Hanging conversations or a single source cannot take the threads of health and petitions."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from kiosk_api.logs import configure_logging
from kiosk_api.server.lanes import THREADS, WORK, Lane, lane_of
from kiosk_api.server.limits import Limits
from kiosk_api.server.listener import Listener
from tests.attacks.server import WAIT_S, Gate, answer, plain, send, serving


def test_hanging_conversations_take_no_thread_of_health_or_petitions() -> None:
    app = Gate("/api/v1/chat")
    with serving(app) as served:
        talking = [send(served.connect(), "/api/v1/chat") for _ in range(40)]
        for _ in range(THREADS["chat"] - 2):  # as many as one source may hold
            assert app.arrived.acquire(timeout=WAIT_S)
        with served.client() as client:
            assert client.get("/healthz").status_code == 200
            assert client.get("/readyz").status_code == 200
            assert client.post("/api/v1/petitions").status_code == 200
        app.open.set()
        assert all(answer(sock).startswith(b"HTTP/1.1 200") for sock in talking)
    assert max(app.waited) > 0


def test_health_answers_while_every_other_thread_is_busy() -> None:
    app = Gate("/slow")
    with serving(app) as served:
        held = [send(served.connect(), "/slow") for _ in range(40)]
        for _ in range(THREADS[WORK] - 2):
            assert app.arrived.acquire(timeout=WAIT_S)
        with served.client() as client:
            assert client.get("/healthz").status_code == 200
        app.open.set()
        assert all(answer(sock).startswith(b"HTTP/1.1 200") for sock in held)


class Piece:
    """One request of a source."""

    path = "/"

    def __init__(self, source: str, done: list[str], work: Callable[[], object] = bool) -> None:
        self.source, self.done, self.work = source, done, work
        self.finished = threading.Event()

    def service(self) -> None:
        self.work()
        self.done.append(self.source)
        self.finished.set()

    def cancel(self) -> None:
        self.done.append(f"dropped {self.source}")

    def refuse(self) -> None:
        self.work = lambda: self.done.append("refused")

    def is_gone(self) -> bool:
        return False


def test_some_threads_are_left_for_other_sources() -> None:
    lane, gate = Lane("test", 4, lambda _error: None), threading.Event()
    begun = {source: threading.Semaphore(0) for source in ("many", "other", "third")}
    done: list[str] = []

    def piece(source: str) -> Piece:
        return Piece(source, done, lambda: (begun[source].release(), gate.wait()))

    many, others = [piece("many") for _ in range(20)], [piece("other"), piece("third")]
    for one in many:
        lane.add(one)
    for _ in range(4 - 2):  # as many as one source may hold
        assert begun["many"].acquire(timeout=WAIT_S)
    for one in others:  # behind eighteen waiting requests
        lane.add(one)
        assert begun[one.source].acquire(timeout=WAIT_S)
    assert done == []
    gate.set()
    assert all(one.finished.wait(WAIT_S) for one in many + others)
    lane.close()


def test_sources_take_turns() -> None:
    done: list[str] = []
    lane, begun, gate = Lane("test", 1, lambda _error: None), threading.Event(), threading.Event()
    lane.add(Piece("x", done, lambda: (begun.set(), gate.wait(WAIT_S))))
    assert begun.wait(WAIT_S)
    waiting = [Piece(source, done) for source in ("a", "a", "a", "b")]
    for one in waiting:
        lane.add(one)
    gate.set()
    assert all(one.finished.wait(WAIT_S) for one in waiting)
    assert done == ["x", "a", "b", "a", "a"]
    lane.close()


def test_a_failing_request_ends_no_thread() -> None:
    failed: list[BaseException] = []
    lane = Lane("test", 1, failed.append)

    def fail() -> None:
        raise ValueError

    lane.add(Piece("a", [], fail))
    after = Piece("a", [])
    lane.add(after)
    assert after.finished.wait(WAIT_S)
    assert [type(one) for one in failed] == [ValueError]
    lane.close()


@pytest.mark.parametrize(("path", "lane"), [
    ("/healthz", "alive"), ("/readyz", "ready"), ("/readyz/", "ready"), ("/metrics", "ready"),
    ("/api/v1/chat", "chat"), ("/api/v1/chat/end", "chat"), ("/channels/twilio", "messengers"), ("/channels/wechat", "messengers"),
    ("/api/v1/petitions", "filing"), ("/api/v1/cases/urge", "filing"), ("/api/v1/callbacks", "filing"), ("", "work"),
    ("/api/v1/cases/lookup", "lookups"), ("/r", "lookups"), ("/api/v1/handbook/ask", "work"), ("/static/js/pages/form.js", "work"),
    ("/desk", "staff"), ("/desk/cases/XF1", "staff"), ("/api/v1/desk/cases", "staff"), ("/internal/v1/drafts/save", "parts"),
    ("/desks", "work"),
])  # fmt: skip
def test_each_path_has_its_lane(path: str, lane: str) -> None:
    assert lane_of(path) == lane


def test_a_running_request_is_answered_during_shutdown() -> None:
    app = Gate("/slow")
    with serving(app) as served:
        running = send(served.connect(), "/slow")
        assert app.arrived.acquire(timeout=WAIT_S)
        arriving = served.connect()
        arriving.sendall(b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab")
        with served.client() as client:  # the loop has accepted this one, so also the two above
            client.get("/y")
        served.listener.stop()
        arriving.sendall(b"cd")
        assert answer(arriving).endswith(b"4")
        app.open.set()
        assert answer(running).startswith(b"HTTP/1.1 200")
        served.thread.join(WAIT_S)
        with pytest.raises(ConnectionRefusedError):
            served.connect()


def test_a_request_in_the_accept_queue_is_answered_during_shutdown() -> None:
    door = socket.create_server(("127.0.0.1", 0), backlog=128)
    waiting = [send(socket.create_connection(door.getsockname(), WAIT_S), "/") for _ in range(100)]
    listener = Listener(plain, door)
    listener.stop()  # before the loop has accepted a connection
    thread = threading.Thread(target=listener.run)
    thread.start()
    for one in waiting:  # more than one round accepts
        assert answer(one).startswith(b"HTTP/1.1 200")
    thread.join(WAIT_S)


def test_a_stalled_connection_does_not_delay_shutdown() -> None:
    with serving(plain, Limits(grace_s=0.3)) as served:
        stalled = served.connect()
        stalled.sendall(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n")
        with served.client() as client:
            client.get("/")
        served.stop()
        stalled.close()


def test_a_connection_in_the_accept_queue_is_served_by_the_next_process() -> None:
    door = socket.create_server(("127.0.0.1", 0), backlog=64)
    first = Listener(plain, door.dup())
    thread = threading.Thread(target=first.run)
    thread.start()
    first.stop()
    thread.join(WAIT_S)
    waiting = send(socket.create_connection(door.getsockname(), WAIT_S), "/")
    second = Listener(plain, door)
    thread = threading.Thread(target=second.run)
    thread.start()
    assert answer(waiting).startswith(b"HTTP/1.1 200")
    second.stop()
    thread.join(WAIT_S)


@pytest.mark.parametrize(("words", "status", "code"), [
    (b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", b"431", b"too_large"),
    (b"\x16\x03\x01\x02\r\n\r\n", b"400", b"bad_request"),
    (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", b"413", b"too_large"),
    (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"400", b"bad_request"),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", b"501", b"bad_request"),
])  # fmt: skip
def test_a_malformed_request_gets_a_problem_document(words: bytes, status: bytes, code: bytes) -> None:
    with serving(plain) as served:
        sock = served.connect()
        sock.sendall(words)
        said = answer(sock)
    assert said.split()[1] == status
    assert b"application/problem+json" in said
    assert b'"code": "' + code in said
    assert b"Server:" not in said


def test_the_library_logs_no_path(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        raise ValueError("青石巷")

    configure_logging()
    with caplog.at_level(logging.DEBUG, "waitress"), serving(broken) as served, served.client() as client:
        assert client.get("/s/a-secret-token").status_code == 503
    assert "ValueError" in caplog.text
    assert "a-secret-token" not in caplog.text
    assert "青石巷" not in caplog.text
