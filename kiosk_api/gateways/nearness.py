"""Sentence vectors for the handbook, asked from Rasa over loopback (bot/channels).

The bot learns the phrases of an edition once; until it has, and while it is away, the handbook
answers from words alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence

import httpx

from kiosk_api.gateways.local_http import local_client, post_json

AT_ONCE = 4  # further callers at the same time get none, so that they do not wait
PAUSE_S = 3.0  # after a failure no caller waits for the bot
LEARN_S = 60.0  # encoding a large handbook is slow; no request waits for it
UNKNOWN = 409
FIRST_TRIES = 60  # PAUSE_S apart, while Rasa loads its model


class RasaNearness:
    """One pooled client; safe to share between threads. Returns None when the bot is away, without a long wait."""

    def __init__(self, url: str, timeout_s: float = 0.8, is_away: Callable[[], bool] = lambda: False) -> None:
        self._is_away = is_away  # a bot known to hang is not asked
        self._wait_s = timeout_s
        self._client = local_client(url, httpx.Timeout(timeout_s, connect=0.3))
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._teaching = threading.Lock()
        self._away_until = 0.0

    def near(
        self,
        digest: str,
        phrases: Sequence[str],
        parts: Sequence[str],
    ) -> Mapping[int, float] | None:
        """Position in `phrases` → cosine, of the nearest; None when the bot is away."""
        if time.monotonic() < self._away_until or self._is_away():
            return None
        if not self._places.acquire(blocking=False):
            return None
        try:
            asked = {"digest": digest, "parts": list(parts)}
            answer = post_json(self._client, "/webhooks/nearness/near", asked, self._wait_s)
            if answer.status == UNKNOWN:
                self._teach(digest, phrases)
                return None
            if not answer.is_ok:
                raise ValueError("refused")
            found = {int(place): float(cosine) for place, cosine in answer.value["near"]}
            return found if all(0 <= place < len(phrases) for place in found) else None
        except (httpx.HTTPError, ValueError, KeyError, TypeError, OverflowError):
            self._away_until = time.monotonic() + PAUSE_S
            return None
        finally:
            self._places.release()

    def begin(self, digest: str, phrases: Sequence[str]) -> None:
        """Send the first edition to the bot as soon as it is up, before questions arrive."""

        def work() -> None:
            for _ in range(FIRST_TRIES):
                if self.near(digest, phrases, ["信访"]) is not None:
                    return
                time.sleep(PAUSE_S)

        threading.Thread(target=work, name="handbook-begins", daemon=True).start()

    def _teach(self, digest: str, phrases: Sequence[str]) -> None:
        """Send an edition in the background, one at a time."""
        if not self._teaching.acquire(blocking=False):
            return

        def work() -> None:
            try:
                learned = {"digest": digest, "phrases": list(phrases)}
                post_json(self._client, "/webhooks/nearness/learn", learned, LEARN_S, timeout=LEARN_S)
            except httpx.HTTPError:
                self._away_until = time.monotonic() + PAUSE_S
            finally:
                self._teaching.release()

        threading.Thread(target=work, name="handbook-vectors", daemon=True).start()
