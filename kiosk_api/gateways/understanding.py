"""The trained classifier of matters, asked from Rasa over loopback (bot/channels)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import httpx
from opencc import OpenCC

from kiosk_api.domain.routing import Reading
from kiosk_api.gateways.local_http import local_client, post_json

AT_ONCE = 4  # further callers at the same time get none, so that they do not wait
PAUSE_S = 3.0  # after a failure no caller waits for the classifier
_TABLES = ("window", "domain", "topic", "kind", "accuses", "hot_field", "danger")


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("tw2s")


class RasaUnderstanding:
    """One pooled client; safe to share between threads. Returns None when the bot is away, without a long wait."""

    def __init__(self, url: str, timeout_s: float = 1.5, is_away: Callable[[], bool] = lambda: False) -> None:
        self._is_away = is_away  # a bot known to hang is not asked
        self._wait_s = timeout_s
        self._client = local_client(url, httpx.Timeout(timeout_s, connect=0.3))
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._away_until = 0.0

    def read(self, text: str) -> Reading | None:
        """Probabilities for window, field, topic, kind, screened field and danger."""
        if time.monotonic() < self._away_until or self._is_away():
            return None
        if not self._places.acquire(blocking=False):
            return None
        try:
            answer = post_json(self._client, "/webhooks/matter/read", {"text": text}, self._wait_s)
            if not answer.is_ok:
                raise ValueError("refused")
            return reading_of(answer.value)
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
            self._away_until = time.monotonic() + PAUSE_S
            return None
        finally:
            self._places.release()

    def simplified(self, text: str) -> str:
        """Traditional characters as simplified ones; the record keeps the original."""
        return str(_converter().convert(text))


def reading_of(found: dict[str, Any]) -> Reading:
    """Check the shape: every share is a number in 0..1."""
    tables = {name: {str(label): float(share) for label, share in found[name].items()} for name in _TABLES}
    if not all(0.0 <= share <= 1.0 for table in tables.values() for share in table.values()):
        raise ValueError("share outside 0..1")
    return Reading(**tables, words=tuple(str(word) for word in found["words"]), version=str(found["version"]))
