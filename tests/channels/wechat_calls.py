"""What WeChat's platform answers when we call it, and a small real server for it.

It keeps the platform's own rules: tokens that expire, five messages within 48 hours, templates that were approved.
`fail` makes the next calls of a path go wrong.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

APP_ID, SECRET = "wx0123456789abcdef", "invented-secret"
FORGETS_KEY = timedelta(minutes=10)
PERSON = "oInvented_person-0123456789"  # an OpenID
CUSTOM, TEMPLATE = "/cgi-bin/message/custom/send", "/cgi-bin/message/template/send"
SUBSCRIPTION, STABLE_TOKEN = "/cgi-bin/message/subscribe/bizsend", "/cgi-bin/stable_token"
FORM = "受理编号：{{character_string1.DATA}}\n办理事项：{{thing2.DATA}}\n"  # as the platform writes one
DROP, HANG, GARBLED, SERVER_ERROR = "drop", "hang", "garbled", "server_error"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fedccc59e7"
    "0000000049454e44ae426082"
)


class Calls:
    """The state of an account at the platform."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.url = ""
        self.lock = threading.RLock()
        self.access_token = ""
        self.renewals = 0  # tokens that were made
        self.calls: list[str] = []
        self.menu: dict[str, Any] = {}
        self.said: list[dict[str, Any]] = []  # customer-service messages, as they came
        self.templated: list[dict[str, Any]] = []
        self.subscribed: list[dict[str, Any]] = []
        self.media: dict[str, tuple[str, bytes]] = {"media-1": ("image/png", PNG)}
        self.template_ids, self.subscription_ids = {"T-news"}, {"S-news"}
        self.agreed: set[str] = set()  # OpenIDs that agreed to subscription messages
        self.followers = {PERSON}
        self.is_ip_listed = True
        self._left: dict[str, tuple[int, datetime]] = {}  # customer messages, until
        self._fail: dict[str, deque[int | str]] = defaultdict(deque)
        self._expires: datetime | None = None
        self._keys: dict[str, tuple[int, datetime]] = {}

    def fail(self, path: str, *how: int | str) -> None:
        """The next calls of `path` go wrong: an errcode, DROP, HANG, GARBLED or SERVER_ERROR each."""
        self._fail[path].extend(how)

    def forget_token(self) -> None:
        """The platform no longer takes the token it gave."""
        self.access_token, self._expires = "", None

    def failure(self, path: str) -> int | str | None:
        """How this call goes wrong, if it does."""
        with self.lock:
            return self._fail[path].popleft() if self._fail[path] else None

    def note(self, fields: Mapping[str, Any]) -> None:
        """What a message allows us: five answers within 48 hours, three within a minute after an event."""
        person, event = str(fields["FromUserName"]), fields.get("Event")
        left, until = self._left.get(person, (0, self.now()))
        if event is None:
            self._left[person] = (5, self.now() + timedelta(hours=48))
        elif event in ("CLICK", "SCAN", "subscribe") and (left < 3 or until < self.now()):
            self._left[person] = (3, self.now() + timedelta(minutes=1))
        if event == "subscribe":
            self.followers.add(person)
        if event == "unsubscribe":
            self.followers.discard(person)
            self._left.pop(person, None)

    def answer(self, method: str, path: str, query: Mapping[str, str], body: dict[str, Any]) -> dict[str, Any]:
        """The JSON that answers a call."""
        with self.lock:
            self.calls.append(path)
            if path == STABLE_TOKEN:
                return self._give_token(body)
            if query.get("access_token") != self.access_token or not self.access_token:
                return {"errcode": 40001, "errmsg": "invalid credential, access_token is invalid or not latest"}
            if self._expires is not None and self._expires <= self.now():
                return {"errcode": 42001, "errmsg": "access_token expired"}
            handler = _CALLS.get((method, path))
            return handler(self, body) if handler else {"errcode": 40066, "errmsg": "invalid url"}

    def _give_token(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if not self.is_ip_listed:
            return {"errcode": 40164, "errmsg": "invalid ip 127.0.0.1, not in whitelist"}
        if body.get("appid") != APP_ID:
            return {"errcode": 40013, "errmsg": "invalid appid"}
        if body.get("secret") != SECRET:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if body.get("force_refresh") or not self.access_token or self._expires is None or self._expires <= self.now():
            self.renewals += 1
            self.access_token = f"token-{self.renewals}-{secrets.token_hex(4)}"
            self._expires = self.now() + timedelta(seconds=7200)
        assert self._expires is not None
        return {"access_token": self.access_token, "expires_in": int((self._expires - self.now()).total_seconds())}

    def _customer(self, body: dict[str, Any]) -> dict[str, Any]:
        person = body.get("touser", "")
        left, until = self._left.get(person, (0, self.now()))
        if until < self.now() or person not in self._left:
            return {"errcode": 45015, "errmsg": "response out of time limit or subscription is canceled"}
        if not left:
            return {"errcode": 45047, "errmsg": "out of response count limit"}
        if body["msgtype"] == "text" and len(body["text"]["content"].encode()) > 2048:
            return {"errcode": 45002, "errmsg": "content size out of limit"}
        if body["msgtype"] == "msgmenu" and not body["msgmenu"]["list"]:
            return {"errcode": 40035, "errmsg": "invalid parameter"}
        self._left[person] = (left - 1, until)
        self.said.append(body)
        return {"errcode": 0, "errmsg": "ok"}

    def _template(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("template_id") not in self.template_ids:
            return {"errcode": 40037, "errmsg": "invalid template_id"}
        if body.get("touser") not in self.followers:
            return {"errcode": 43004, "errmsg": "require subscribe"}
        if any(name.startswith("thing") and len(one["value"]) > 20 for name, one in body["data"].items()):
            return {"errcode": 47003, "errmsg": "argument invalid"}
        key = body.get("client_msg_id", "")
        number, since = self._keys.get(key, (0, self.now() - FORGETS_KEY))
        if self.now() - since >= FORGETS_KEY:  # before that the same key is dropped, and answered as before
            number = 200_000_000 + len(self.templated)
            self._keys[key] = number, self.now()
            self.templated.append(body)
        return {"errcode": 0, "errmsg": "ok", "msgid": number}

    def _subscription(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("touser") not in self.agreed:
            return {"errcode": 43101, "errmsg": "user refuse to accept the msg"}
        self.subscribed.append(body)
        return {"errcode": 0, "errmsg": "ok"}

    def _create_menu(self, body: dict[str, Any]) -> dict[str, Any]:
        buttons = body.get("button", [])
        if not 1 <= len(buttons) <= 3:
            return {"errcode": 40017, "errmsg": "invalid button size"}
        for one in buttons:
            below = one.get("sub_button", [])
            if (
                len(one["name"].encode()) > 16
                or any(len(each["name"].encode()) > 60 for each in below)
                or len(below) > 5
            ):
                return {"errcode": 40018, "errmsg": "invalid button name size"}
        self.menu = body
        return {"errcode": 0, "errmsg": "ok"}

    def _menu_info(self, _body: dict[str, Any]) -> dict[str, Any]:
        shown = [  # as documented: what stands below an entry is in a `list` of its own
            {**one, "sub_button": {"list": one["sub_button"]}} if "sub_button" in one else one
            for one in self.menu.get("button", [])
        ]
        return {"is_menu_open": 1 if shown else 0, "selfmenu_info": {"button": shown}}

    def _templates(self, _body: dict[str, Any]) -> dict[str, Any]:
        return {
            "template_list": [
                {"template_id": one, "title": "办理进展提醒", "content": FORM} for one in sorted(self.template_ids)
            ]
        }

    def _subscriptions(self, _body: dict[str, Any]) -> dict[str, Any]:
        found = [
            {"priTmplId": one, "title": "办理进展", "content": FORM, "type": 3} for one in sorted(self.subscription_ids)
        ]
        return {"errcode": 0, "errmsg": "ok", "data": found}


_CALLS: dict[tuple[str, str], Callable[[Calls, dict[str, Any]], dict[str, Any]]] = {
    ("POST", CUSTOM): Calls._customer,
    ("POST", TEMPLATE): Calls._template,
    ("POST", SUBSCRIPTION): Calls._subscription,
    ("POST", "/cgi-bin/menu/create"): Calls._create_menu,
    ("GET", "/cgi-bin/get_current_selfmenu_info"): Calls._menu_info,
    ("GET", "/cgi-bin/getcallbackip"): lambda _calls, _body: {"ip_list": ["106.55.206.146", "101.226.103.0/25"]},
    ("GET", "/cgi-bin/template/get_all_private_template"): Calls._templates,
    ("GET", "/wxaapi/newtmpl/gettemplate"): Calls._subscriptions,
    ("GET", "/cgi-bin/media/get"): lambda _calls, _body: {"errcode": 40007, "errmsg": "invalid media_id"},
}  # fmt: skip
Platform = TypeVar("Platform", bound=Calls)


@contextmanager
def serving(platform: Platform) -> Iterator[Platform]:
    """The platform answers at `platform.url` until the block ends."""
    stopped = threading.Event()

    class Handler(_Handler):
        calls, ended = platform, stopped

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    platform.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield platform
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    calls: Calls
    ended: threading.Event

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def _serve(self, method: str) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        how = self.calls.failure(parts.path)
        if how in (DROP, HANG):
            self.ended.wait(60 if how == HANG else 0)
            self.close_connection = True
        elif how == SERVER_ERROR:
            self._send(502, "text/html", b"<html>bad gateway</html>")
        elif how == GARBLED:
            self._send(200, "text/plain", b"{not json")
        elif isinstance(how, int):
            self._say({"errcode": how, "errmsg": f"made to fail for {PERSON}"})
        else:
            answer = self.calls.answer(method, parts.path, query, json.loads(content or b"{}"))
            kept = self.calls.media.get(query.get("media_id", ""))
            if kept and answer.get("errcode") == 40007:
                self._send(200, *kept)
            else:
                self._say(answer)

    def _say(self, answer: Mapping[str, Any]) -> None:
        self._send(200, "application/json; encoding=utf-8", json.dumps(answer).encode())

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_what: Any) -> None:
        """Logs nothing."""
