"""A circuit breaker: after some failures in a row callers are refused at once, until one try succeeds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 3
PAUSE_S = 5.0


class Breaker:
    """Safe to share between threads. Uses the monotonic clock."""

    def __init__(
        self, failures: int = FAILURES, pause_s: float = PAUSE_S, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._pause_s, self._now = failures, pause_s, now
        self._lock = threading.Lock()
        self._failed = 0
        self._next_try: float | None = None  # None: closed

    @property
    def is_open(self) -> bool:
        """Whether callers are refused at once."""
        return self._next_try is not None

    def admit(self, tries: bool = True) -> bool:
        """Whether this caller may go on. While open, one caller per pause is let through as a try.

        With `tries` false nobody is: somebody else makes the tries.
        """
        with self._lock:
            if self._next_try is None:
                return True
            now = self._now()
            if not tries or now < self._next_try:
                return False
            self._next_try = now + self._pause_s
            return True

    def worked(self) -> None:
        """Record an answer: closes the breaker."""
        with self._lock:
            self._failed, self._next_try = 0, None

    def failed(self) -> None:
        """Record that no answer came in time."""
        with self._lock:
            self._failed += 1
            if self._failed >= self._most:
                self._next_try = self._now() + self._pause_s
