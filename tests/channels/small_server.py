"""A real HTTP server on this machine, in a thread, for a platform that a test pretends to be."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

MOST_BODY = 1024 * 1024


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in small letters
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Reply:
    """What it gets; `cut` closes the connection without an answer, `hold` keeps it open until the server ends."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    hold: bool = False


class _Quiet(ThreadingHTTPServer):
    """A client that has gone is nothing to tell."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def serving(answer: Callable[[Request], Reply]) -> Iterator[str]:
    """Its address; every request is answered by `answer`, in a thread of its own."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            asked = urlsplit(self.path)
            size = min(int(self.headers.get("Content-Length") or 0), MOST_BODY)
            reply = answer(
                Request(
                    self.command, asked.path, dict(parse_qsl(asked.query, keep_blank_values=True)),
                    {name.lower(): value for name, value in self.headers.items()}, self.rfile.read(size),
                )
            )  # fmt: skip
            if reply.hold:
                over.wait()
            if reply.cut or reply.hold:
                self.close_connection = True
                return
            self.send_response_only(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        do_GET = do_POST = do_PUT = do_HEAD = handle_one  # noqa: N815 — the names of http.server

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = _Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
