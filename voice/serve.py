"""The voice process: `python -m voice.serve`, on loopback only (VOICE_PORT, 5060).

GET /health, POST /say, /hear?kind=, /card. It stores and logs nothing of what it is given: neither sound nor words nor
pictures. Bodies, connections and waiting are bounded; who cannot be served now gets 503 with Retry-After.
"""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from voice import standby
from voice.abilities import Abilities, Unable
from voice.lanes import Busy

HOST = "127.0.0.1"
KINDS = frozenset({"words", "name", "phone", "id_number", "case_number", "address"})
MOST_BYTES = {"/say": 16 * 1024, "/hear": 1024 * 1024, "/card": 4 * 1024 * 1024}
TEXT_MOST = 600  # characters
SLOWEST, FASTEST = 0.5, 2.0
READ_WITHIN_S = 10.0
CONNECTIONS = 24
RETRY_AFTER_S = "2"


class Wrong(Exception):
    """The request is not one of those that are answered."""


class Server(ThreadingHTTPServer):
    """Serves at most CONNECTIONS at a time; further ones are closed at once."""

    daemon_threads = True
    request_queue_size = 16

    def __init__(self, port: int, abilities: Abilities) -> None:
        self.abilities = abilities
        self._room = threading.BoundedSemaphore(CONNECTIONS)
        super().__init__((HOST, port), Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """A thread for this connection, if there is room."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # no thread could be started
            self._room.release()
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve the connection and give its place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a traceback could hold what was said."""


class Handler(BaseHTTPRequestHandler):
    """One request a connection."""

    server: Server
    timeout = READ_WITHIN_S

    def do_GET(self) -> None:
        """Health."""
        if urlsplit(self.path).path == "/health":
            self._answer(HTTPStatus.OK, self.server.abilities.there())
        else:
            self._answer(HTTPStatus.NOT_FOUND, {})

    def do_POST(self) -> None:
        """The three things that are done here."""
        from voice.cards import NotAPicture
        from voice.sound import NotSound

        address = urlsplit(self.path)
        act = self._acts().get(address.path)
        if act is None:
            self._answer(HTTPStatus.NOT_FOUND, {})
            return
        try:
            body = self._body(MOST_BYTES[address.path])
            act(body, {name: values[0] for name, values in parse_qs(address.query).items()})
        except (Wrong, NotSound, NotAPicture):
            self._answer(HTTPStatus.BAD_REQUEST, {})
        except (Busy, Unable):
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, {}, {"Retry-After": RETRY_AFTER_S})
        except OSError:
            self.close_connection = True  # whoever asked has gone

    def _acts(self) -> dict[str, Callable[[bytes, dict[str, str]], None]]:
        return {"/say": self._say, "/hear": self._hear, "/card": self._card}

    def _say(self, body: bytes, _: dict[str, str]) -> None:
        try:
            asked = json.loads(body)
            text, speed = str(asked["text"]), float(asked.get("speed", 0.9))
            voice = str(asked.get("voice", "zf_xiaoxiao"))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Wrong from None
        if not text.strip() or len(text) > TEXT_MOST or not SLOWEST <= speed <= FASTEST:
            raise Wrong
        try:
            sound = self.server.abilities.say(text, voice, speed)
        except KeyError:
            raise Wrong from None
        self._send(HTTPStatus.OK, "audio/wav", sound)

    def _hear(self, body: bytes, query: dict[str, str]) -> None:
        if (kind := query.get("kind", "words")) not in KINDS:
            raise Wrong
        self._answer(HTTPStatus.OK, self.server.abilities.hear(body, kind))

    def _card(self, body: bytes, _: dict[str, str]) -> None:
        self._answer(HTTPStatus.OK, self.server.abilities.read(body))

    def _body(self, most: int) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdecimal() or not 0 < int(length[:12]) <= most:
            self.close_connection = True
            raise Wrong
        body = self.rfile.read(int(length))
        if len(body) != int(length):
            raise Wrong
        return body

    def _answer(self, status: HTTPStatus, data: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, "application/json", json.dumps(data, ensure_ascii=False).encode(), headers)

    def _send(self, status: HTTPStatus, media: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the name is http.server's
        """Nothing is logged of a request."""


def main() -> None:
    """Serve until the process is ended."""
    standby.serve_on_order()
    abilities = Abilities()
    with Server(int(os.environ.get("VOICE_PORT", "5060")), abilities) as server:
        server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        abilities.load()
        server.serve_forever()


if __name__ == "__main__":
    main()
