"""A circuit breaker: after some failures in a row nobody waits any more, until one try succeeds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 3
PAUSE_S = 5.0


class Breaker:
    """Safe to share between threads. The clock only goes on (`time.monotonic`)."""

    def __init__(
        self, failures: int = FAILURES, pause_s: float = PAUSE_S, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._pause_s, self._now = failures, pause_s, now
        self._lock = threading.Lock()
        self._failed = 0
        self._next_try: float | None = None  # None: closed

    @property
    def is_open(self) -> bool:
        """Whether callers are sent away at once."""
        return self._next_try is not None

    def admit(self, tries: bool = True) -> bool:
        """Whether this caller may go on. Open, one caller is let through each pause, as a try.

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
        """An answer came: closed again."""
        with self._lock:
            self._failed, self._next_try = 0, None

    def failed(self) -> None:
        """No answer came, or not in time."""
        with self._lock:
            self._failed += 1
            if self._failed >= self._most:
                self._next_try = self._now() + self._pause_s
