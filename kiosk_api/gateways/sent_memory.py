"""What became of the latest tries of this process, for platforms that cannot be asked by our key."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk_api.services.base.sending import NotSent, Refused

MOST = 2_000


class SentMemory:
    """Key → the platform's id, or "" for a try that certainly failed. Bounded; safe to share between threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()

    def tried(self, key: str, send: Callable[[], str]) -> str:
        """Send, and remember how it ended; the platform's id."""
        self._note(key, None)
        try:
            platform_id = send()
        except (Refused, NotSent):
            self._note(key, "")
            raise
        self._note(key, platform_id or None)
        return platform_id

    def of(self, key: str) -> str | None:
        """The id, "" when the latest try certainly failed, None when nothing is known."""
        with self._lock:
            return self._known.get(key)

    def _note(self, key: str, platform_id: str | None) -> None:
        with self._lock:
            self._known.pop(key, None)
            if platform_id is not None:
                self._known[key] = platform_id
            while len(self._known) > self._most:
                self._known.pop(next(iter(self._known)))
