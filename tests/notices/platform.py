"""A platform that sends messages, as a small real server: it remembers every key, and fails as it is told.

It knows a message by the sender's key. What it does with the next messages stands in `moods`: `ok`, `busy` (answers 503
and keeps nothing), `refuse` (422), `lost` (keeps the message and hangs up), `dropped` (hangs up and keeps nothing) and
`forgotten` (keeps it, hangs up, and says later that it never saw it).
"""

from __future__ import annotations

import json
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kiosk_api.services.base.sending import Delivery, Lost, NotSent, Outgoing, Refused, Unknown

KEPT = frozenset({"ok", "lost"})
CERTAINLY_NOT = frozenset({"busy"})
"""Answers after which the same message may be sent again without asking."""


class Platform:
    """What it has seen, in order: ("send", key, mood) and ("find", key, answer)."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str]] = []
        self.texts: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.moods: deque[str] = deque()
        self.lock = threading.Lock()
        self.url = ""

    def take(self, key: str, to: str, text: str) -> str:
        """A message comes in; its mood."""
        with self.lock:
            mood = self.moods.popleft() if self.moods else "ok"
            self.seen.append(("send", key, mood))
            self.texts[key], self.addresses[key] = text, to
            return mood

    def find(self, key: str) -> str:
        """What is known of a key."""
        with self.lock:
            kept = any(what == "send" and one == key and mood in KEPT for what, one, mood in self.seen)
            answer = "sent" if kept else "never_seen"
            self.seen.append(("find", key, answer))
            return answer

    def delivered(self) -> Counter[str]:
        """How often each key was taken as a message to be delivered."""
        return Counter(key for what, key, mood in self.seen if what == "send" and mood in {*KEPT, "forgotten"})

    def sent_again_unasked(self) -> list[str]:
        """Keys that were sent again although the platform had neither refused the first nor said that it never saw it."""
        wrong, certain = [], {}
        for what, key, said in self.seen:
            if what == "send":
                if not certain.get(key, True):
                    wrong.append(key)
                certain[key] = said in CERTAINLY_NOT
            elif said == "never_seen":
                certain[key] = True
        return wrong


class PlatformSender:
    """The Sender of this platform."""

    def __init__(self, url: str, name: str = "sms", *, on: bool = True) -> None:
        self.name, self._on = name, on
        self._address = urlsplit(url).netloc

    def is_on(self) -> bool:
        return self._on

    def send(self, to: str, message: Outgoing) -> str:
        body = json.dumps({"key": message.key, "to": to, "text": message.text})
        connection = HTTPConnection(self._address, timeout=20)
        try:
            try:
                connection.connect()
            except OSError:
                raise NotSent("no_connection") from None
            try:
                connection.request("POST", "/send", body)
                answer = connection.getresponse()
                said = json.loads(answer.read())
            except (OSError, HTTPException):
                raise Unknown("no_answer") from None
        finally:
            connection.close()
        if answer.status == 422:
            raise Refused("no_such_number")
        if answer.status == 503:
            raise NotSent("busy")
        return str(said["id"])

    def find(self, key: str, platform_id: str, lost: Lost | None = None) -> Delivery:
        connection = HTTPConnection(self._address, timeout=20)
        try:
            connection.request("GET", f"/find?key={key}")
            return Delivery(json.loads(connection.getresponse().read())["state"])
        except (OSError, HTTPException):
            return Delivery.CANNOT_TELL
        finally:
            connection.close()


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            mood = platform.take(given["key"], given["to"], given["text"])
            if mood in ("lost", "dropped", "forgotten"):
                self.close_connection = True
                return
            self._answer({"ok": 200, "busy": 503, "refuse": 422}[mood], {"id": f"platform-{given['key']}"})

        def do_GET(self) -> None:
            key = parse_qs(urlsplit(self.path).query)["key"][0]
            self._answer(200, {"state": platform.find(key)})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that was killed is no error."""


@contextmanager
def running_platform() -> Iterator[Platform]:
    """A platform that answers until the block ends."""
    platform = Platform()
    server = _Server(("127.0.0.1", 0), _handler(platform))
    platform.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
