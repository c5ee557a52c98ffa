"""Requests to the platforms of messengers: no answer may be long, slow or redirected, and a failure says whether
the request can have arrived."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import httpx

from kiosk_api.gateways.deadline import within
from kiosk_api.gateways.local_http import local_client

WAIT_S = 10.0  # for an answer as a whole
MOST_BYTES = 256 * 1024
_BEFORE_SENDING = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.LocalProtocolError,
)  # fmt: skip


class NoAnswer(Exception):
    """`arrived` is false when the request certainly never reached the platform."""

    def __init__(self, reason: str, *, arrived: bool) -> None:
        super().__init__(reason)
        self.reason, self.arrived = reason, arrived


@dataclass(frozen=True)
class Answer:
    """Status, headers and a body of limited size."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def is_ok(self) -> bool:
        """Whether the status is a success."""
        return 200 <= self.status < 300

    def value(self) -> Any:
        """The body as JSON; None when it is none, which no platform sends."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def member(self, name: str) -> Any:
        """A member of the JSON object, or None."""
        value = self.value()
        return value.get(name) if isinstance(value, dict) else None


def platform_client(url: str = "", *, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """One pooled client of a few connections; safe to share between threads."""
    limits = httpx.Limits(max_connections=8, max_keepalive_connections=2)
    return local_client(url, _timeout(WAIT_S), limits=limits, transport=transport)


def ask(client: httpx.Client, method: str, url: str, *, wait_s: float = WAIT_S, most_bytes: int = MOST_BYTES,
        **more: Any) -> Answer:  # fmt: skip
    """One request, never redirected. Raises NoAnswer, also for an answer that is too long or comes too slowly."""
    ends = time.monotonic() + wait_s
    try:
        with (
            within(wait_s),
            client.stream(method, url, follow_redirects=False, timeout=_timeout(wait_s), **more) as answer,
        ):
            body = bytearray()
            for piece in answer.iter_bytes(16 * 1024):
                body += piece
                if len(body) > most_bytes:
                    raise NoAnswer("too_long", arrived=True)
                if time.monotonic() > ends:
                    raise NoAnswer("too_slow", arrived=True)
            return Answer(answer.status_code, answer.headers, bytes(body))
    except _BEFORE_SENDING:
        raise NoAnswer("no_connection", arrived=False) from None
    except (httpx.InvalidURL, UnicodeError):  # an address or a header that cannot be written
        raise NoAnswer("bad_address", arrived=False) from None
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise NoAnswer("timeout" if isinstance(error, httpx.TimeoutException) else "cut_off", arrived=True) from None


def _timeout(wait_s: float) -> httpx.Timeout:
    return httpx.Timeout(wait_s, connect=4.0, pool=2.0)
