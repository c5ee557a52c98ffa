"""Calls of the voice process on this machine (voice/serve.py): bounded in time and size, nothing of them kept or logged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from kiosk_api.gateways.deadline import within
from kiosk_api.gateways.local_http import MOST_BYTES, local_client, whole_of

ASKED_AGAIN_S = 5.0  # between two questions what it can do
PARTS = ("says", "hears", "cards")
_HEALTH_S = 0.5
_BUSY = 503


class Away(Exception):
    """Nobody answered in time; nothing of the request is in this exception."""


@dataclass(frozen=True)
class Reply:
    """Status and body of an answer; `is_busy`: others are served, and it asks to come back."""

    status: int
    body: bytes
    is_busy: bool


class VoiceCall:
    """One pooled client; safe to share between threads."""

    def __init__(self, url: str, wait_s: float, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._client = local_client(url, httpx.Timeout(wait_s, connect=0.3))
        self._wait_s, self._elapsed = wait_s, elapsed
        self._there: dict[str, bool] = {}
        self._asked_at = -ASKED_AGAIN_S

    def offers(self, part: str) -> bool:
        """Whether it can do one of PARTS now; it is asked every few seconds at most."""
        now = self._elapsed()
        if now - self._asked_at >= ASKED_AGAIN_S:
            self._there, self._asked_at = self._health(), now
        return self._there.get(part, False)

    def post(
        self,
        path: str,
        content: bytes,
        media: str,
        *,
        params: Mapping[str, str] | None = None,
        wait_s: float | None = None,
        most_bytes: int = MOST_BYTES,
    ) -> Reply:
        """The answer to `content`, whole within `wait_s` seconds. Raises Away."""
        wait = self._wait_s if wait_s is None else wait_s
        asked: dict[str, Any] = {"content": content, "params": params, "headers": {"Content-Type": media}}
        try:
            with within(wait), self._client.stream("POST", path, timeout=wait, **asked) as answer:
                asks_back = answer.status_code == _BUSY and "Retry-After" in answer.headers
                return Reply(answer.status_code, whole_of(answer, most_bytes), asks_back)
        except httpx.HTTPError:  # it may quote the request: nothing of it is passed on
            raise Away from None

    def _health(self) -> dict[str, bool]:
        try:
            with within(_HEALTH_S), self._client.stream("GET", "/health", timeout=_HEALTH_S) as answer:
                said = json.loads(whole_of(answer)) if answer.status_code == 200 else {}
        except (httpx.HTTPError, ValueError, RecursionError):
            return {}
        return {name: said.get(name) is True for name in PARTS} if isinstance(said, dict) else {}
