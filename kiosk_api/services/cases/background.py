"""The worker's tasks: outbox messages, the deadline sweep, deleting expired data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.policy import DUE_SOON
from kiosk_api.services.base.clock_watch import TRUSTED, ClockWatch
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.quarantine import quarantine_case, quarantine_record
from kiosk_api.services.base.records import OutboxMessage
from kiosk_api.services.cases.case_view import next_due

LEASE_S = 60
BATCH = 50
MESSAGES = 10  # a round of slow ones ends well before the worker counts as silent
RETRY_MOST = timedelta(hours=1)
Handler = Callable[[Context, OutboxMessage], None]


def deliver(ctx: Context, handlers: Mapping[str, Handler]) -> int:
    """Handle waiting messages, each at least once; failures come back later, more slowly."""
    log = structlog.get_logger("outbox")
    with ctx.store.read() as records:  # an idle worker never takes the write lock
        if not records.has_messages(ctx.clock.now()):
            return 0
    with ctx.store.write() as records:
        messages = records.claim_messages(ctx.clock.now(), LEASE_S, MESSAGES)
    for message in messages:
        now = ctx.clock.now()
        try:
            handlers[message.topic](ctx, message)
        except Exception as error:
            wait = min(timedelta(seconds=5 * 2 ** min(message.attempts, 10)), RETRY_MOST)
            log.warning("message_failed", topic=message.topic, error=type(error).__name__)
            with ctx.store.write() as records:
                records.message_failed(message.id, now + wait, type(error).__name__)
        else:
            with ctx.store.write() as records:
                records.message_done(message.id, now)
    return len(messages)


def sweep(ctx: Context, after: str = "") -> str | None:
    """Bring one batch of open cases' next dates up to today; note what is due or overdue.

    Returns the id to go on after, or None at the end. Walks in id order, so that no group of
    cases can hide another; the note is unique per (case, clock, stage), so running it twice
    changes nothing. A case that does not open goes into quarantine, and the sweep goes on with the next.
    """
    with ctx.store.read() as records:
        ids = records.cases.open_ids(after, BATCH)
        calendar = records.calendar()
    for case_id in ids:
        try:
            _look_after(ctx, case_id, calendar)
        except Unreadable as broken:
            quarantine_record(ctx, broken)
        except StoreBusy:
            raise
        except Exception as error:  # one case that cannot be processed must not block the others
            quarantine_case(ctx, case_id, type(error).__name__)
    return ids[-1] if len(ids) == BATCH else None


def _look_after(ctx: Context, case_id: str, calendar: WorkCalendar) -> None:
    log = structlog.get_logger("sweep")
    now = ctx.clock.now()
    with ctx.store.read() as records:
        case = records.cases.by_id(case_id)
    assert case is not None  # cases are never deleted
    stages = []
    for one in deadlines(case.events, calendar, now):
        if one.state == "overdue":
            stages.append((one.key, "overdue"))
        elif one.state == "running" and one.due_on - now.date() <= DUE_SOON:
            stages.append((one.key, "due_soon"))
    if not stages:
        return
    with ctx.store.write() as records:
        records.cases.set_next_due(case.id, next_due(case, calendar, now))
        for clock, stage in stages:
            if records.warn_once(case.id, clock, stage, now):
                log.info("clock", clock=clock, stage=stage)


def beat_and_purge(ctx: Context, watch: ClockWatch | None = None) -> None:
    """Write the heartbeat after a round of work, and delete expired data if the clock is trusted."""
    now = ctx.clock.now()
    believed = (watch or ClockWatch.from_store(ctx)).is_trusted(now)
    with ctx.store.write() as records:
        if believed:
            records.purge(now)
            records.beat(TRUSTED, now)
        records.beat("worker", now)
