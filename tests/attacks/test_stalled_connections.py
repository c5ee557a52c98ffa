"""A stalled connection uses a little memory for a short time, and never a thread."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk_api.server import listener
from kiosk_api.server.limits import Limits, networks
from kiosk_api.server.listener import Listener
from tests.attacks.server import (
    WAIT_S,
    Gate,
    StrictLimits,
    answer,
    is_closed,
    plain,
    send,
    serving,
)
from tests.factories import fresh_app, petition

HALF_HEAD = b"POST /api/v1/petitions HTTP/1.1\r\nHost: x\r\nX-Slow: "
HALF_BODY = b'POST /api/v1/petitions HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{"pet'
NEVER = 3600.0
LARGE = b"x" * 8_000_000  # more than the kernel buffers


def large(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(LARGE)))])
    return [LARGE]


def register(client: httpx.Client, key: str) -> int:
    answered = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": key})
    return answered.status_code


def test_sixty_four_stalled_of_each_kind_and_a_thousand_idle_block_nobody(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_RATE_LIMITS="off")
    with serving(app, Limits(connections=1400)) as served:
        strangers: list[socket.socket] = []
        for _ in range(64):
            for words in (HALF_HEAD, HALF_BODY, b"GET /form HTTP/1.1\r\nHost: x\r\n\r\n"):
                sock = served.connect(receive_buffer=2048)
                sock.sendall(words)  # and nothing more; the third kind reads no answer
                strangers.append(sock)
        strangers += [served.connect() for _ in range(1000)]
        with served.client() as client:
            assert client.get("/healthz").status_code == 200
            assert {register(client, f"among-strangers-{n}") for n in range(5)} == {201}
        for sock in strangers:
            sock.close()


def test_half_a_head_that_arrives_byte_by_byte_is_dropped() -> None:
    with serving(plain, Limits(header_s=0.5)) as served:
        sock, ended = served.connect(), threading.Event()
        sock.sendall(HALF_HEAD)
        dripping = threading.Thread(target=drip, args=(sock, ended))
        dripping.start()
        assert is_closed(sock)
        ended.set()
        dripping.join()


def test_half_a_body_that_arrives_byte_by_byte_is_dropped() -> None:
    with serving(plain, Limits(body_s=0.5, slow_bps=1 << 20)) as served:
        sock, ended = served.connect(), threading.Event()
        sock.sendall(HALF_BODY)
        dripping = threading.Thread(target=drip, args=(sock, ended))
        dripping.start()
        assert is_closed(sock)
        ended.set()
        dripping.join()


def drip(sock: socket.socket, ended: threading.Event) -> None:
    """Send a byte now and then, so that the connection is never silent."""
    while not ended.wait(0.05):
        try:
            sock.send(b"x")
        except OSError:
            return


def test_a_body_that_stops_arriving_is_dropped() -> None:
    with serving(plain, Limits(silence_s=0.5)) as served:
        sock = served.connect()
        sock.sendall(HALF_BODY)
        assert is_closed(sock)


def test_a_large_body_over_a_poor_line_has_the_time_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listener, "TICK_S", 0.05)
    with serving(plain, Limits(body_s=0.0, slow_bps=10, silence_s=NEVER)) as served:
        looked = looks_of(served.listener, monkeypatch)
        sock = served.connect()
        sock.sendall(b"POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 4000\r\n\r\n")
        for _ in range(4):  # 400 s are allowed; a small one would be closed at the second check
            sock.sendall(b"x" * 1000)
            for _ in range(3):
                assert looked.acquire(timeout=WAIT_S)
        assert answer(sock).endswith(b"4000")


def looks_of(server: Listener, monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """Released each time the server has checked for overdue connections."""
    looked, look = threading.Semaphore(0), server.close_overdue

    def counted(now: float) -> None:
        look(now)
        looked.release()

    monkeypatch.setattr(server, "close_overdue", counted)
    return looked


def test_an_answer_that_nobody_fetches_is_dropped() -> None:
    with serving(large, Limits(silence_s=0.5)) as served:
        sock = served.connect(receive_buffer=2048)
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        with served.client() as client:  # the thread is free meanwhile
            assert len(client.get("/").content) == len(LARGE)
        served.wait_until_empty()
        sock.close()


def test_an_answer_that_is_fetched_too_slowly_is_dropped() -> None:
    with serving(large, Limits(write_s=0.5, slow_bps=1 << 30, silence_s=NEVER)) as served:
        sock, ended = served.connect(receive_buffer=2048), threading.Event()
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        sipping = threading.Thread(target=sip, args=(sock, ended), daemon=True)
        sipping.start()
        served.wait_until_empty()
        ended.set()
        sipping.join()
        sock.close()


def sip(sock: socket.socket, ended: threading.Event) -> None:
    """Fetch a few bytes now and then; the whole answer would take an hour."""
    while not ended.wait(0.05):
        try:
            if not sock.recv(100):
                return
        except OSError:
            return


def test_a_connection_that_is_silent_after_an_answer_is_closed() -> None:
    limits = Limits(idle_s=0.5, header_s=NEVER, silence_s=NEVER, write_s=NEVER)
    with serving(plain, limits) as served:
        sock = served.connect()
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answer(sock).endswith(b"0")


def test_an_idle_connection_ends_and_a_used_one_stays() -> None:
    with serving(plain, Limits(idle_s=3.0, header_s=0.2)) as served:
        unused = served.connect()
        with served.client() as client:
            client.get("/")
            assert is_closed(unused)
            used = client.get("/").extensions["network_stream"].get_extra_info("client_addr")
            again = client.get("/").extensions["network_stream"].get_extra_info("client_addr")
        assert used == again


def test_a_source_over_its_cap_loses_its_oldest_connection() -> None:
    with serving(plain, StrictLimits(per_source=4)) as served:
        held = [served.connect() for _ in range(4)]
        with served.client() as client:
            assert client.get("/").status_code == 200
        assert is_closed(held[0])
        for sock in held:
            sock.close()


def test_a_full_server_accepts_a_new_connection_and_closes_a_stalled_one() -> None:
    with serving(plain, Limits(connections=6)) as served:
        stalled = []
        for _ in range(6):
            stalled.append(served.connect())
            stalled[-1].sendall(HALF_HEAD)
        with served.client() as client:
            assert client.get("/").status_code == 200
        assert is_closed(stalled[0])
        for sock in stalled:
            sock.close()


def test_on_a_full_server_the_source_with_most_connections_loses_one() -> None:
    with serving(plain, StrictLimits(connections=4)) as served:
        single = served.connect(source="127.0.0.2")
        many = [served.connect() for _ in range(4)]
        assert is_closed(many[0])
        single.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert answer(single).endswith(b"0")
        for sock in many:
            sock.close()


def test_no_running_request_is_closed_for_a_new_connection() -> None:
    app = Gate("/slow")
    with serving(app, StrictLimits(per_source=2)) as served:
        first = send(served.connect(), "/slow")  # the oldest
        assert app.arrived.acquire(timeout=WAIT_S)
        stalled = served.connect()
        stalled.sendall(HALF_HEAD)
        second = send(served.connect(), "/slow")
        assert is_closed(stalled)
        assert app.arrived.acquire(timeout=WAIT_S)
        assert is_closed(served.connect())  # no other connection may be closed
        app.open.set()
        for sock in (first, second):
            assert answer(sock).startswith(b"HTTP/1.1 200")


def test_our_own_proxies_and_this_machine_are_exempt_from_the_cap() -> None:
    limits = Limits(exempt=networks(["192.0.2.0/24", "2001:db8::1"]))
    assert limits.is_exempt("127.0.0.1")
    assert limits.is_exempt("::1")
    assert limits.is_exempt("::ffff:192.0.2.7")
    assert limits.is_exempt("2001:db8::1")
    assert not limits.is_exempt("198.51.100.1")
    assert not limits.is_exempt("")


def test_bodies_that_arrive_together_do_not_exceed_the_buffer() -> None:
    with serving(plain, Limits(buffered_bytes=900_000)) as served:
        head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 700000\r\n\r\n"
        first = served.connect()
        first.sendall(head + b"x" * 600_000)
        with served.client() as client:
            assert client.post("/", content=b"y" * 1000).text == "1000"  # small ones pass
        second = served.connect()
        second.sendall(head)
        with suppress(ConnectionError):  # refused while it is still sending
            second.sendall(b"x" * 600_000)
        refused = answer(second)
        assert refused.startswith(b"HTTP/1.1 503")
        assert b"Retry-After" in refused
        assert b'"code": "busy"' in refused
        first.sendall(b"x" * 100_000)
        first.shutdown(socket.SHUT_WR)  # so that the connection ends and all of the answer is read
        assert answer(first).endswith(b"700000")
