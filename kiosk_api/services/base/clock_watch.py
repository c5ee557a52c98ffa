"""Whether the clock can be trusted before data is deleted because it expired.

A kiosk's clock may start years ahead after its battery died. What it would then call expired is
gone for good, so deleting waits until the clock has run evenly for a while: time for it to be set
right, and for somebody to see the warning in readiness.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from kiosk_api.domain.policy import CLOCK_AWAY, CLOCK_CONFIRMED, CLOCK_JUMP
from kiosk_api.services.base.context import Context

TRUSTED = "clock"  # heartbeat: when the clock was last trusted


class ClockWatch:
    """Compares the clock with elapsed time; the worker keeps one instance while it runs."""

    def __init__(self, last: datetime | None, now: datetime, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`last`: the last time, if any, at which the store recorded a trusted clock."""
        self._monotonic = monotonic
        self._now, self._passed = now, monotonic()
        self._doubted_at: float | None = None
        if last is not None and not -CLOCK_JUMP <= now - last <= CLOCK_AWAY:
            self._doubt()

    @classmethod
    def from_store(cls, ctx: Context) -> ClockWatch:
        """A watch that starts from the time recorded in the store."""
        with ctx.store.read() as records:
            last = records.last_beat(TRUSTED)
        return cls(last, ctx.clock.now())

    def is_trusted(self, now: datetime) -> bool:
        """Whether the clock is trusted now. Call it often: it compares the time between two calls."""
        passed = self._monotonic()
        really = timedelta(seconds=passed - self._passed)
        if abs((now - self._now) - really) > CLOCK_JUMP:
            self._doubt()
        self._now, self._passed = now, passed
        if self._doubted_at is not None:
            if timedelta(seconds=passed - self._doubted_at) < CLOCK_CONFIRMED:
                return False
            self._doubted_at = None
        return True

    def _doubt(self) -> None:
        self._doubted_at = self._monotonic()
        structlog.get_logger("clock").warning("clock_jumped")
