"""Telling petitioners beside the worker's other jobs: one thread that chooses ways, one for each way of sending, and one
for the late answers of each messenger, so that those of one person keep their order.

A platform that is slow or down holds up its own lane and nothing else: no deadline, no other message. Each lane does
one thing at a time, pauses while its platform fails, and ends with the process; what it was doing is found again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import structlog

from kiosk_api.domain.actors import WORKER, Actor, act_as
from kiosk_api.gateways.breaker import Breaker
from kiosk_api.gateways.worker_figures import LANE_FAILURES, SENT
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notice_ways import ORDER, senders_on
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.sending import Sender
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.channels.hear import LATE_TOPIC, late_topic
from kiosk_api.services.channels.late import send_answer
from kiosk_api.services.notices.delivery import clear_stranded, deliver_one
from kiosk_api.services.notices.planning import plan

POLL_EVERY_S = 1.0
FAILURES, PAUSE_S = 3, 30.0
IN_A_ROW = 20  # then the lane looks whether it is to end
LATE_TOPICS = (LATE_TOPIC, *(late_topic(channel) for channel in ORDER))  # the first: what waits since an older version
ENDS_WITHIN_S = 5.0  # for all lanes together; one that hangs in a platform's answer ends with the process


@contextmanager
def lanes(ctx: Context, stop: threading.Event) -> Iterator[None]:
    """Run the lanes while the block runs; `stop` ends them."""
    running = [_started("notices", lambda: clear_stranded(ctx) + plan(ctx) > 0, stop)]
    for topic in LATE_TOPICS:
        running.append(_started(topic, partial(_answer, ctx, topic), stop))
    with ctx.store.read() as records:
        on = senders_on(ctx, records)
    for sender in on.values():
        lane = Lane(ctx, sender, Breaker(FAILURES, PAUSE_S))
        running.append(_started(f"notices-{sender.name}", lane.round, stop))
    try:
        yield
    finally:
        stop.set()
        for one in running:
            one.join(ENDS_WITHIN_S / len(running))


class Lane:
    """One way of sending, with its pause while the platform fails."""

    def __init__(self, ctx: Context, sender: Sender, breaker: Breaker) -> None:
        self._ctx, self._sender, self._breaker = ctx, sender, breaker

    def round(self) -> bool:
        """Some messages; True when there may be more at once."""
        for _ in range(IN_A_ROW):
            if not self._breaker.admit():
                return False
            worked = deliver_one(self._ctx, self._sender.name, self._sender)
            if worked is None:
                return False
            if not worked:
                self._breaker.failed()
                SENT.labels(self._sender.name, "failed").inc()
                return False
            self._breaker.worked()
            SENT.labels(self._sender.name, "worked").inc()
        return True


def _answer(ctx: Context, topic: str) -> bool:
    return deliver(ctx, {LATE_TOPIC: send_answer}, 1, topic=topic) > 0


def _started(name: str, step: Callable[[], bool], stop: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=_run, args=(name, step, stop), name=name, daemon=True)
    thread.start()
    return thread


def _run(name: str, step: Callable[[], bool], stop: threading.Event) -> None:
    act_as(Actor(WORKER))
    while not stop.is_set():
        more = False
        try:
            more = step()
        except StoreBusy:  # somebody else is writing; the next round tries again
            pass
        except Exception as error:
            LANE_FAILURES.labels(name).inc()
            structlog.get_logger(name).error("lane_failed", error=type(error).__name__)
        if not more:
            stop.wait(POLL_EVERY_S)
