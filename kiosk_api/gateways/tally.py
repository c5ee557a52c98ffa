"""Counts of handbook questions without an answer, written in the background every few seconds."""

from __future__ import annotations

import atexit
import threading
from collections import Counter
from datetime import date

from kiosk_api.services.base.ports import Store, StoreBusy

EVERY_S = 10.0


class StoredTally:
    """Counts in memory, written to the store soon after; again later if the store is busy."""

    def __init__(self, store: Store, every_s: float = EVERY_S) -> None:
        self._store = store
        self._every_s = every_s
        self._lock = threading.Lock()
        self._waiting: Counter[tuple[date, str, str]] = Counter()
        self._timer: threading.Timer | None = None
        atexit.register(self.flush)

    def add(self, day: date, outcome: str, topic: str) -> None:
        """Count one question."""
        with self._lock:
            self._waiting[day, outcome, topic] += 1
            self._start_timer()

    def _start_timer(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(self._every_s, self.flush)
            self._timer.daemon = True
            self._timer.start()

    def flush(self) -> None:
        """Write the waiting counts."""
        with self._lock:
            waiting, self._waiting, self._timer = self._waiting, Counter(), None
        if not waiting:
            return
        try:
            with self._store.write() as unit:
                for day in {one[0] for one in waiting}:
                    unit.count_gaps(
                        day, {(outcome, topic): times for (on, outcome, topic), times in waiting.items() if on == day}
                    )
        except StoreBusy:
            with self._lock:
                self._waiting.update(waiting)
                self._start_timer()
