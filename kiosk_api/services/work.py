"""What the worker does: outbox messages, the deadline sweep, housekeeping."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.policy import DUE_SOON
from kiosk_api.services.case_view import next_due
from kiosk_api.services.context import Context
from kiosk_api.services.records import OutboxMessage

LEASE_S = 60
BATCH = 50
PURGE_STEP = timedelta(minutes=1)
RETRY_MOST = timedelta(hours=1)
Handler = Callable[[Context, OutboxMessage], None]


def deliver(ctx: Context, handlers: Mapping[str, Handler]) -> int:
    """Handle waiting messages, each at least once; failures come back later, more slowly."""
    log = structlog.get_logger("outbox")
    with ctx.store.read() as records:  # an idle worker never takes the write lock
        if not records.has_messages(ctx.clock.now()):
            return 0
    with ctx.store.write() as records:
        messages = records.claim_messages(ctx.clock.now(), LEASE_S, BATCH)
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
    changes nothing.
    """
    log = structlog.get_logger("sweep")
    now = ctx.clock.now()
    today = now.date()
    with ctx.store.read() as records:
        ids = records.cases.open_ids(after, BATCH)
        calendar = records.calendar()
        cases = [records.cases.by_id(case_id) for case_id in ids]
    for case in filter(None, cases):
        stages = []
        for one in deadlines(case.events, calendar, now):
            if one.state == "overdue":
                stages.append((one.key, "overdue"))
            elif one.state == "running" and one.due_on - today <= DUE_SOON:
                stages.append((one.key, "due_soon"))
        if not stages:
            continue
        with ctx.store.write() as records:
            records.cases.set_next_due(case.id, next_due(case, calendar, now))
            for clock, stage in stages:
                if records.warn_once(case.id, clock, stage, now):
                    log.info("clock", clock=clock, stage=stage)
    return ids[-1] if len(ids) == BATCH else None


def beat_and_purge(ctx: Context) -> None:
    """Say "alive" and delete what has expired."""
    now = ctx.clock.now()
    with ctx.store.write() as records:
        records.beat("worker", now)
        until = purged_until(records.last_beat("purge"), now)
        records.beat("purge", until)
        records.purge(until)


def purged_until(before: datetime | None, now: datetime) -> datetime:
    """Up to which moment expired things are deleted in this round.

    A clock that has jumped ahead makes everything look expired. So each round, five seconds after
    the one before, goes on by a minute at most: once the clock is right again next to nothing is
    lost, and after a real pause the purge catches up twelve times as fast as time goes by.
    """
    return now if before is None else min(now, before + PURGE_STEP)
