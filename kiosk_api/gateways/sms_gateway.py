"""Text messages by a gateway of the office's choice: one HTTP request a message, described by settings.

What is sent is a template with the fields of PLACES; how success, a refusal for good and the platform's id are told from
the answer is a JSON pointer (RFC 6901) with values. An answer that is no success and no named refusal is "not now".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

import httpx

from kiosk_api.domain.phones import takes_texts
from kiosk_api.gateways.platform_http import Answer, NoAnswer, ask, platform_client
from kiosk_api.services.base.sending import Delivery, Lost, NotSent, Outgoing, Refused, Unknown

PLACES = ("to", "number", "text", "key", "link", "secret", "template", "fields", "id")
_PLACE = re.compile(r"\{(" + "|".join(PLACES) + r")\}")
_RULE = re.compile(r"((?:/[^/=]{1,80}){1,8})=(.{1,400})")
_POINTER = re.compile(r"(?:/[^/=]{1,80}){1,8}")
_HEADER = re.compile(r"([A-Za-z0-9-]{1,60}): ?(.{1,1000})")
_INDEX = re.compile("[0-9]{1,4}")
_MOST_ID = 128


class GatewayFault(ValueError):
    """A setting that cannot be used; says which, in English."""


@dataclass(frozen=True)
class Rule:
    """`/code=0|OK`: what stands there is one of the values."""

    pointer: str
    values: frozenset[str]

    @classmethod
    def read(cls, name: str, text: str) -> Rule | None:
        """None for an empty setting. Raises GatewayFault."""
        if not text:
            return None
        if not (found := _RULE.fullmatch(text)):
            raise GatewayFault(f"{name} must be a JSON pointer, = and values with | between them, such as /code=0|OK")
        return cls(found[1], frozenset(found[2].split("|")))

    def holds(self, value: Any) -> bool:
        """Whether it holds of a JSON value."""
        return said_at(value, self.pointer) in self.values


@dataclass(frozen=True)
class Gateway:
    """The settings, as `SMS_GATEWAY_…` gives them."""

    url: str
    method: str
    headers: str
    body: str
    secret: str = ""
    ok: str = ""
    id: str = ""
    refused: str = ""
    find_url: str = ""
    delivered: str = ""
    failed: str = ""
    never_seen: str = ""
    templates: Mapping[str, str] | None = None


class SmsGateway:
    """A Sender. Raises GatewayFault, naming the setting, when one cannot be used."""

    name = "sms"

    def __init__(self, given: Gateway, *, transport: httpx.BaseTransport | None = None) -> None:
        self._given = given
        self._headers = _headers(given.headers)
        kind = next((value for name, value in self._headers.items() if name.lower() == "content-type"), "")
        self._escape = _escaping(kind)
        self._ok = Rule.read("SMS_GATEWAY_OK", given.ok)
        self._refused = Rule.read("SMS_GATEWAY_REFUSED", given.refused)
        self._states = [
            (state, rule)
            for state, rule in (
                (Delivery.DELIVERED, Rule.read("SMS_GATEWAY_DELIVERED", given.delivered)),
                (Delivery.FAILED, Rule.read("SMS_GATEWAY_FAILED", given.failed)),
                (Delivery.NEVER_SEEN, Rule.read("SMS_GATEWAY_NEVER_SEEN", given.never_seen)),
            )
            if rule
        ]
        if given.id and not _POINTER.fullmatch(given.id):
            raise GatewayFault("SMS_GATEWAY_ID must be a JSON pointer such as /data/id")
        self._client = platform_client(transport=transport)
        if "json" in kind and given.body:
            sample = self.body_for(
                "+8613800000000", Outgoing("k", "验证\n“文字”", "t", {"a": "1"}, "https://example.org")
            )
            try:
                json.loads(sample)
            except ValueError:
                raise GatewayFault('SMS_GATEWAY_BODY is no JSON; fields stand inside quotes, such as "{to}"') from None

    def is_on(self) -> bool:
        """True: without an address there is no such sender."""
        return True

    @property
    def can_be_asked(self) -> bool:
        """Whether a message can be looked for by our key."""
        return "{key}" in self._given.find_url

    def send(self, to: str, message: Outgoing) -> str:
        """Send; the platform's id where SMS_GATEWAY_ID names one. Raises Refused, NotSent or Unknown."""
        if not takes_texts(to):
            raise Refused("no_mobile")
        fields = self._fields(to, message)
        try:
            answer = ask(
                self._client, self._given.method, _fill(self._given.url, fields, _in_address),
                headers={name: _fill(value, fields, _in_header) for name, value in self._headers.items()},
                content=self.body_for(to, message) if self._given.method != "GET" else None,
            )  # fmt: skip
        except NoAnswer as none:
            raise (Unknown if none.arrived else NotSent)(none.reason) from None
        return self._judge(answer)

    def find(self, key: str, platform_id: str, lost: Lost | None = None) -> Delivery:
        """What the platform knows of it, where SMS_GATEWAY_FIND_URL says how to ask; else nobody can tell."""
        if not self._given.find_url or not (self.can_be_asked or platform_id):
            return Delivery.CANNOT_TELL
        fields = {"key": key, "id": platform_id, "secret": self._given.secret}
        if lost:
            fields |= {"to": lost.to, "number": _national(lost.to)}
        try:
            answer = ask(
                self._client, "GET", _fill(self._given.find_url, fields, _in_address),
                headers={
                    name: _fill(value, fields, _in_header) for name, value in self._headers.items()
                    if name.lower() != "content-type"
                },
            )  # fmt: skip
        except NoAnswer:
            return Delivery.CANNOT_TELL
        value = answer.value() if answer.is_ok or answer.status == httpx.codes.NOT_FOUND else None
        for state, rule in self._states:
            if rule.holds(value):
                return state
        is_known = answer.is_ok and self._ok is not None and self._ok.holds(value)
        return Delivery.SENT if is_known and platform_id else Delivery.CANNOT_TELL

    def body_for(self, to: str, message: Outgoing) -> bytes:
        """The body of the request that sends this."""
        return _fill(self._given.body, self._fields(to, message), self._escape).encode()

    def _fields(self, to: str, message: Outgoing) -> dict[str, str]:
        named = self._given.templates or {}
        return {
            "to": to,
            "number": _national(to),
            "text": message.text if message.link in message.text else f"{message.text} {message.link}",
            "key": message.key,
            "link": message.link,
            "secret": self._given.secret,
            "template": named.get(message.template, message.template),
            "fields": json.dumps(dict(message.fields), ensure_ascii=False),
        }

    def _judge(self, answer: Answer) -> str:
        value = answer.value()
        if self._refused and answer.status < 500 and self._refused.holds(value):
            raise Refused("refused")
        if answer.status >= 500:
            raise Unknown("server_error")
        if not answer.is_ok:
            raise NotSent("busy" if answer.status == 429 else f"status_{answer.status}")
        if self._ok and value is None:
            raise Unknown("strange_answer")
        if self._ok and not self._ok.holds(value):
            raise NotSent("not_accepted")
        return said_at(value, self._given.id)[:_MOST_ID] if self._given.id else ""


def said_at(value: Any, pointer: str) -> str:
    """What stands at a JSON pointer, as text: "" for nothing, null and what is no single value."""
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and _INDEX.fullmatch(step) and int(step) < len(value):
            value = value[int(step)]
        else:
            return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def _fill(template: str, fields: Mapping[str, str], escaped: Callable[[str], str]) -> str:
    return _PLACE.sub(lambda found: escaped(fields.get(found[1], "")), template)


def _national(number: str) -> str:
    """A Chinese number as domestic gateways want it, without +86; others as they are."""
    return number.removeprefix("+86")


def _headers(text: str) -> dict[str, str]:
    found = {}
    for line in filter(None, (one.strip() for one in text.splitlines())):
        if not (match := _HEADER.fullmatch(line)):
            raise GatewayFault("SMS_GATEWAY_HEADERS must be lines such as X-Key: {secret}")
        found[match[1]] = match[2]
    return found


def _escaping(kind: str) -> Callable[[str], str]:
    kind = kind.lower()
    if "json" in kind:
        return lambda text: json.dumps(text, ensure_ascii=False)[1:-1]
    if "x-www-form-urlencoded" in kind:
        return quote_plus
    if "xml" in kind:
        return escape
    raise GatewayFault("SMS_GATEWAY_HEADERS must name a Content-Type with json, x-www-form-urlencoded or xml")


def _in_address(text: str) -> str:
    return quote(text, safe="")


def _in_header(text: str) -> str:
    return "".join(one for one in text if one.isprintable())
