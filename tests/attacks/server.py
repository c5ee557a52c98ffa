"""The real server around any application, and raw client sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from kiosk_api.server.limits import Limits
from kiosk_api.server.listener import Listener

WAIT_S = 60.0  # for a busy machine; normally nothing waits that long


@dataclass(frozen=True)
class StrictLimits(Limits):
    """Limits that also apply to loopback."""

    def is_exempt(self, address: str) -> bool:
        return False


@dataclass
class Served:
    """A running server."""

    listener: Listener
    port: int
    thread: threading.Thread

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self, *, receive_buffer: int | None = None, source: str = "127.0.0.1") -> socket.socket:
        sock = socket.socket()
        sock.bind((source, 0))
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.settimeout(WAIT_S)
        sock.connect(("127.0.0.1", self.port))
        return sock

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=WAIT_S, trust_env=False)

    def wait_until_empty(self) -> None:
        """Wait until the server has closed every connection."""
        deadline = time.monotonic() + WAIT_S
        while self.listener.active_channels:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def stop(self) -> None:
        self.listener.stop()
        self.thread.join(WAIT_S)
        assert not self.thread.is_alive()


@contextmanager
def serving(app: Callable[..., Any], limits: Limits | None = None) -> Iterator[Served]:
    """The server on a free port, shut down gracefully."""
    listener = Listener(app, socket.create_server(("127.0.0.1", 0), backlog=1024), limits)
    port = listener.socket.getsockname()[1]
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    served = Served(listener, port, thread)
    try:
        yield served
    finally:
        served.stop()


def is_closed(sock: socket.socket) -> bool:
    """Wait until the other side has ended the connection."""
    try:
        while sock.recv(65_536):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        pass
    return True


def answer(sock: socket.socket) -> bytes:
    """Everything until the other side ends the connection."""
    parts = []
    try:
        while part := sock.recv(65_536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def plain(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """Answers with the length of the body."""
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [str(len(body)).encode()]


class Gate:
    """An application in which some requests wait until the test releases them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.arrived = threading.Semaphore(0)
        self.open = threading.Event()
        self.waited: list[float] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == self.path:
            self.arrived.release()
            assert self.open.wait(WAIT_S)
        self.waited.append(environ["kiosk.waited_s"])
        return plain(environ, start)


def send(sock: socket.socket, path: str) -> socket.socket:
    sock.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    return sock
