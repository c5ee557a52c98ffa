"""Twilio as it is documented: it takes messages, lists them, signs what it calls, repeats, delays and fails as told.

https://www.twilio.com/docs/usage/webhooks/webhooks-security (signature), …/messaging/api/message-resource,
…/messaging/guides/webhook-request, …/messaging/guides/outbound-message-status-in-status-callbacks. The signature is
computed here anew and not with the library that the application checks it with.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from tests.channels.small_server import Reply, Request, serving

ACCOUNT = "AC" + "1" * 32
TOKEN = "invented-token"
NUMBER = "+12025550123"  # of a range that is never given out
PICTURE = "/picture"
ORDINARY = object()

Post = Callable[[str, Mapping[str, str], Mapping[str, str]], Any]


def signature(token: str, url: str, form: Mapping[str, str]) -> str:
    """HMAC-SHA1 over the address and every name with its value, sorted by name, in base64."""
    text = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


@dataclass
class FakeTwilio:
    """One account. `next_answers`: what the next attempts to send get, in turn; afterwards each succeeds."""

    now: Callable[[], datetime]
    post: Post | None = None
    home: str = ""  # where the application is reached from outside
    messages: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    next_answers: deque[Any] = field(default_factory=deque)
    numbers: list[dict[str, Any]] = field(default_factory=list)
    state: str = "active"
    pictures: dict[str, Reply] = field(default_factory=dict)
    url: str = ""
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    # What the application asks of it

    def answer(self, request: Request) -> Reply:
        self.asked.append(request)
        known = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") != known:
            return self.error(401, 20003)
        path = request.path.removeprefix(f"/2010-04-01/Accounts/{ACCOUNT}")
        if request.path in self.pictures:
            return self.pictures[request.path]
        if path == ".json":
            return self.said({"sid": ACCOUNT, "status": self.state})
        if path == "/IncomingPhoneNumbers.json":
            asked = request.query.get("PhoneNumber")
            return self.said({"incoming_phone_numbers": [one for one in self.numbers if one["phone_number"] == asked]})
        if path == "/Messages.json" and request.method == "POST":
            return self.take(request)
        if path == "/Messages.json":
            found = [one for one in self.messages if one["to"] == request.query.get("To")]
            return self.said({"messages": found[::-1][: int(request.query.get("PageSize", "50"))]})
        sid = path.removeprefix("/Messages/").removesuffix(".json")
        one = next((one for one in self.messages if one["sid"] == sid), None)
        return self.said(one) if one else self.error(404, 20404)

    def take(self, request: Request) -> Reply:
        """A message to be sent: as the next of `next_answers` says, which may take it and still fail to say so."""
        planned = self.next_answers.popleft() if self.next_answers else ORDINARY
        if planned == "lost on the way":  # never taken
            return Reply(cut=True)
        if isinstance(planned, tuple):
            return self.error(*planned)
        form = request.form
        message = {
            "sid": self.sid(), "to": form["To"], "from": form.get("From", form.get("MessagingServiceSid")),
            "body": form.get("Body", "approved words"), "status": "queued", "direction": "outbound-api",
            "date_created": format_datetime(self.now()), "callback": form.get("StatusCallback", ""), "form": form,
        }  # fmt: skip
        self.messages.append(message)
        if planned == "taken, no answer":
            return Reply(cut=True)
        if planned == "taken, hangs":
            return Reply(hold=True)
        if planned == "taken, 500":
            return self.error(500, 20500)
        if planned == "taken, nonsense":
            return Reply(201, b"<html>")
        return self.said(message, 201)

    def said(self, value: Any, status: int = 200) -> Reply:
        headers = {"Content-Type": "application/json", "Date": format_datetime(self.now())}
        return Reply(status, json.dumps(value).encode(), headers)

    def error(self, status: int, code: int) -> Reply:
        return self.said({"code": code, "message": "invented", "status": status}, status)

    # What it sends to the application

    def sid(self, kind: str = "SM") -> str:
        return f"{kind}{next(self._ids):032x}"

    def incoming(self, text: str, *, sender: str = "+8613812345678", to: str = NUMBER, **more: str) -> dict[str, str]:
        """The form of a message from a person, with everything that Twilio sends for an SMS."""
        sid = more.pop("MessageSid", "") or self.sid()
        return {
            "ToCountry": "US", "ToState": "", "SmsMessageSid": sid, "NumMedia": "0", "ToCity": "", "FromZip": "",
            "SmsSid": sid, "FromState": "", "SmsStatus": "received", "FromCity": "", "Body": text,
            "FromCountry": "CN", "To": to, "ToZip": "", "NumSegments": "1", "MessageSid": sid, "AccountSid": ACCOUNT,
            "From": sender, "ApiVersion": "2010-04-01", **more,
        }  # fmt: skip

    def text(self, text: str, **more: Any) -> Any:
        """A person writes; the application's answer."""
        return self.call("/channels/twilio", self.incoming(text, **more))

    def call(self, path: str, form: Mapping[str, str]) -> Any:
        """A signed request to the application."""
        url = path if "://" in path else self.home + path
        assert self.post is not None
        return self.post(url, form, {"X-Twilio-Signature": signature(TOKEN, url, form)})

    def report(self, message: Mapping[str, Any], status: str, **more: str) -> Any:
        """Its status callback. Callbacks come late, twice and in any order; the test decides."""
        form = {
            "SmsSid": message["sid"], "SmsStatus": status, "MessageStatus": status, "To": message["to"],
            "MessageSid": message["sid"], "AccountSid": ACCOUNT, "From": NUMBER, "ApiVersion": "2010-04-01", **more,
        }  # fmt: skip
        return self.call(message["callback"], form)


@contextmanager
def fake_twilio(now: Callable[[], datetime], *, post: Post | None = None, home: str = "") -> Iterator[FakeTwilio]:
    """Running until the block ends."""
    twilio = FakeTwilio(now, post, home)
    with serving(lambda request: twilio.answer(request)) as url:
        twilio.url = url
        yield twilio
