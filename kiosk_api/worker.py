"""The worker's loop: each job in every round, and the beat only after a round that went well."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

import structlog

from kiosk_api.services.base.clock_watch import ClockWatch
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.renew import Renewal, renew
from kiosk_api.services.cases.background import Handler, beat_and_purge, deliver, sweep

SWEEP_EVERY_S = 60.0
RENEW_EVERY_S = 10.0
POLL_EVERY_S = 1.0
BEAT_EVERY_S = 5.0


class Worker:
    """Jobs that know when they are due; one that fails does not keep the others from theirs."""

    def __init__(self, ctx: Context, handlers: Mapping[str, Handler], watch: ClockWatch | None = None) -> None:
        self._ctx = ctx
        self._handlers = handlers
        self._watch = watch
        self._walk = Renewal()
        self._position = ""
        self._next_sweep = self._next_renewal = self._next_beat = time.monotonic()

    def round(self) -> bool:
        """Do what is due. True when more waits already."""
        jobs = (self._deliver, self._sweep, self._renew)
        outcomes = [self._tried(job) for job in jobs]
        if None not in outcomes:  # silence is what tells readiness that work is not done
            self._tried(self._beat)
        return any(outcomes)

    def _deliver(self) -> bool:
        return deliver(self._ctx, self._handlers) > 0

    def _sweep(self) -> bool:
        if time.monotonic() < self._next_sweep:
            return False
        if not self._clock().believes(self._ctx.clock.now()):
            return False  # "overdue" is noted once a case; it shall be true
        position = sweep(self._ctx, self._position)
        self._position = position or ""
        if position is None:
            self._next_sweep = time.monotonic() + SWEEP_EVERY_S
        return position is not None

    def _renew(self) -> bool:
        if time.monotonic() < self._next_renewal:
            return False
        more = renew(self._ctx, self._walk)
        if not more:
            self._next_renewal = time.monotonic() + RENEW_EVERY_S
        return more

    def _beat(self) -> bool:
        if time.monotonic() >= self._next_beat:
            beat_and_purge(self._ctx, self._clock())
            self._next_beat = time.monotonic() + BEAT_EVERY_S
        return False

    def _clock(self) -> ClockWatch:
        self._watch = self._watch or ClockWatch.over(self._ctx)
        return self._watch

    def _tried(self, job: Callable[[], bool]) -> bool | None:
        """What the job says; None when it failed."""
        try:
            return job()
        except StoreBusy:  # somebody else is writing; the next round tries again
            return None
        except Exception as error:
            frame = error.__traceback__
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            place = f"{frame.tb_frame.f_code.co_name}:{frame.tb_lineno}" if frame else "?"
            structlog.get_logger("worker").error("job_failed", error=type(error).__name__, place=place)
            return None


def work(
    ctx: Context, handlers: Mapping[str, Handler], stop: threading.Event, pulse: Callable[[], None] = lambda: None
) -> None:
    """Rounds until told to stop, which is heard between two pieces of work; `pulse` is called before
    each, for whoever watches that the process does not hang."""
    worker = Worker(ctx, handlers)
    while not stop.is_set():
        pulse()
        if not worker.round():
            stop.wait(POLL_EVERY_S)
