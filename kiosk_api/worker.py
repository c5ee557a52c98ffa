"""The worker's loop: every job in each round, and a beat only after a round without failures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

import structlog

from kiosk_api.domain.actors import WORKER, Actor, act_as
from kiosk_api.gateways.worker_figures import JOB_SECONDS, JOBS, ROUND_AT
from kiosk_api.services.audit.anchor import anchor, is_due
from kiosk_api.services.base.clock_watch import ClockWatch
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.renew import Renewal, renew
from kiosk_api.services.cases.background import CLOCKS, Handler, beat_and_purge, deliver, inspect, sweep
from kiosk_api.services.channels.hear import LATE_TOPIC
from kiosk_api.services.channels.late import mend
from kiosk_api.services.retention.erasing import erase_due

SWEEP_EVERY_S = 60.0
SWEEP_MOST_S = 0.5  # of a batch: on a slow machine it takes fewer clocks, so that no citizen waits for the store
CLOCKS_LEAST = 500
INSPECT_EVERY_S = 1.0  # from one batch to the next
INSPECT_AGAIN_S = 60.0  # after the last
RENEW_EVERY_S = 10.0
ERASE_EVERY_S = 1.0  # from one batch to the next
ERASE_AGAIN_S = 600.0  # after the last
ANCHOR_EVERY_S = 600.0  # whether one is due: it is once a day
POLL_EVERY_S = 1.0
BEAT_EVERY_S = 5.0


class Worker:
    """Jobs with their due times; a job that fails does not stop the others."""

    def __init__(self, ctx: Context, handlers: Mapping[str, Handler], watch: ClockWatch | None = None) -> None:
        self._ctx = ctx
        self._handlers = handlers
        self._watch = watch
        self._renewal = Renewal()
        self._position = ""
        self._clocks = CLOCKS
        self._next_erasing = self._next_anchor = time.monotonic()
        self._next_sweep = self._next_inspection = self._next_renewal = self._next_beat = time.monotonic()

    def round(self) -> bool:
        """Run the jobs that are due. True when more work is waiting."""
        jobs = (self._deliver, self._mend, self._sweep, self._inspect, self._renew, self._erase, self._anchor)
        outcomes = [self._run_job(job) for job in jobs]
        if None not in outcomes:  # a missing beat makes /readyz report that work is not done
            self._run_job(self._beat)
            ROUND_AT.set_to_current_time()
        return any(outcomes)

    def _deliver(self) -> bool:
        return deliver(self._ctx, self._handlers, but=LATE_TOPIC) > 0  # these have a lane of their own

    def _mend(self) -> bool:
        return mend(self._ctx)

    def _sweep(self) -> bool:
        if time.monotonic() < self._next_sweep:
            return False
        if not self._clock().is_trusted(self._ctx.clock.now()):
            return False  # "overdue" is recorded once per case, so the clock must be right
        began = time.monotonic()
        more = sweep(self._ctx, self._clocks)
        slow = time.monotonic() - began > SWEEP_MOST_S
        self._clocks = max(CLOCKS_LEAST, self._clocks // 2) if slow else min(CLOCKS, self._clocks * 2)
        if not more:
            self._next_sweep = time.monotonic() + SWEEP_EVERY_S
            return False
        return True

    def _inspect(self) -> bool:
        """A batch now and then: nothing waits for it."""
        if time.monotonic() < self._next_inspection or not self._clock().is_trusted(self._ctx.clock.now()):
            return False
        position = inspect(self._ctx, self._position)
        self._position = position or ""
        pause = INSPECT_EVERY_S if position else INSPECT_AGAIN_S
        self._next_inspection = time.monotonic() + pause
        return False

    def _renew(self) -> bool:
        if time.monotonic() < self._next_renewal:
            return False
        more = renew(self._ctx, self._renewal)
        if not more:
            self._next_renewal = time.monotonic() + RENEW_EVERY_S
        return more

    def _erase(self) -> bool:
        """What is past its time, a batch now and then: nothing waits for it, and a wrong clock must not decide it."""
        if time.monotonic() < self._next_erasing or not self._clock().is_trusted(self._ctx.clock.now()):
            return False
        done = erase_due(self._ctx)
        self._next_erasing = time.monotonic() + (ERASE_EVERY_S if done else ERASE_AGAIN_S)
        return False

    def _anchor(self) -> bool:
        if time.monotonic() >= self._next_anchor:
            self._next_anchor = time.monotonic() + ANCHOR_EVERY_S
            if self._clock().is_trusted(self._ctx.clock.now()) and is_due(self._ctx):
                anchor(self._ctx)
        return False

    def _beat(self) -> bool:
        if time.monotonic() >= self._next_beat:
            beat_and_purge(self._ctx, self._clock())
            self._next_beat = time.monotonic() + BEAT_EVERY_S
        return False

    def _clock(self) -> ClockWatch:
        self._watch = self._watch or ClockWatch.from_store(self._ctx)
        return self._watch

    def _run_job(self, job: Callable[[], bool]) -> bool | None:
        """The result of the job; None when it failed."""
        name, began = job.__name__.strip("_"), time.monotonic()
        try:
            if more := job():
                JOB_SECONDS.labels(name).observe(time.monotonic() - began)
            JOBS.labels(name, "more" if more else "done").inc()
            return more
        except StoreBusy:  # another process is writing; the next round tries again
            JOBS.labels(name, "busy").inc()
            return None
        except Exception as error:
            JOBS.labels(name, "failed").inc()
            frame = error.__traceback__
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            place = f"{frame.tb_frame.f_code.co_name}:{frame.tb_lineno}" if frame else "?"
            structlog.get_logger("worker").error("job_failed", error=type(error).__name__, place=place)
            return None


def work(
    ctx: Context, handlers: Mapping[str, Handler], stop: threading.Event, beat: Callable[[], None] = lambda: None
) -> None:
    """Run rounds until `stop` is set; it is checked between two rounds. `beat` is called before each
    round, so that the supervisor notices a process that hangs."""
    act_as(Actor(WORKER))
    worker = Worker(ctx, handlers)
    while not stop.is_set():
        beat()
        if not worker.round():
            stop.wait(POLL_EVERY_S)
