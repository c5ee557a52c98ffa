"""The HTTP client for services on this machine, such as the assistant: no proxy, certificates read once,
and an answer that is too long or too slow as a whole is no answer."""

from __future__ import annotations

import json
import ssl
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from kiosk_api.gateways.deadline import DeadlineTransport, within

MOST_BYTES = 2 * 1024 * 1024  # of an answer; the longest real one, the vectors' neighbours, has some ten thousand


@dataclass(frozen=True)
class Said:
    """Status and JSON value of an answer; the value is None when it is none."""

    status: int
    value: Any

    @property
    def is_ok(self) -> bool:
        """Whether the status is a success."""
        return 200 <= self.status < 300


def local_client(
    url: str,
    timeout: httpx.Timeout,
    *,
    limits: httpx.Limits | None = None,
    transport: httpx.BaseTransport | None = None,
) -> httpx.Client:
    """One pooled client; safe to share between threads."""
    limits = limits or httpx.Limits(max_connections=100, max_keepalive_connections=20)
    return httpx.Client(
        base_url=url, timeout=timeout, trust_env=False,
        transport=transport or DeadlineTransport(_certificates(), limits),
    )  # fmt: skip


def post_json(
    client: httpx.Client, path: str, body: object, wait_s: float, *, timeout: float | None = None,
    most_bytes: int = MOST_BYTES,
) -> Said:  # fmt: skip
    """One POST, answered whole within `wait_s` seconds. Raises httpx.HTTPError otherwise.

    `timeout` is for one read and the connection; the client's own by default.
    """
    per_read: Any = httpx.USE_CLIENT_DEFAULT if timeout is None else timeout
    with within(wait_s), client.stream("POST", path, json=body, timeout=per_read) as answer:
        whole = whole_of(answer, most_bytes)
    return Said(answer.status_code, _value(whole))


def whole_of(answer: httpx.Response, most_bytes: int = MOST_BYTES) -> bytes:
    """The body of an answer that is being read. Raises httpx.ReadError when it is longer."""
    whole = bytearray()
    for piece in answer.iter_bytes(64 * 1024):
        whole += piece
        if len(whole) > most_bytes:
            raise httpx.ReadError("the answer is too long")
    return bytes(whole)


def _value(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


@cache
def _certificates() -> ssl.SSLContext:
    """Certificates of all authorities, read once: it takes 40 ms, and each client would do it by itself."""
    return httpx.create_ssl_context(trust_env=False)
