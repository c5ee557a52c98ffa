"""The worker's tasks: outbox messages, deadlines, deleting expired data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.policy import DUE_SOON
from kiosk_api.services.base.clock_watch import TRUSTED, ClockWatch
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.quarantine import quarantine_case, quarantine_record
from kiosk_api.services.base.records import OutboxMessage
from kiosk_api.services.cases.projection import is_projected, put_projection

LEASE_S = 60
BATCH = 50
CLOCKS = 10_000  # in one transaction
MESSAGES = 10  # a round of slow ones ends well before the worker counts as silent
RETRY_MOST = timedelta(hours=1)
Handler = Callable[[Context, OutboxMessage], None]


def deliver(
    ctx: Context, handlers: Mapping[str, Handler], limit: int = MESSAGES, *, topic: str = "", but: str = ""
) -> int:
    """Handle waiting messages, each at least once; failures come back later, more slowly. Of one topic, or of all but one.

    A topic may be divided by a dot: `answer.sms` has the handler of `answer`, and `but="answer"` leaves it out too.
    """
    log = structlog.get_logger("outbox")
    with ctx.store.read() as records:  # an idle worker never takes the write lock
        if not records.has_messages(ctx.clock.now(), topic, but):
            return 0
    with ctx.store.write() as records:
        messages = records.claim_messages(ctx.clock.now(), LEASE_S, limit, topic, but)
    for message in messages:
        now = ctx.clock.now()
        try:
            handlers[message.topic.partition(".")[0]](ctx, message)
        except Exception as error:
            wait = min(timedelta(seconds=5 * 2 ** min(message.attempts, 10)), RETRY_MOST)
            log.warning("message_failed", topic=message.topic, error=type(error).__name__)
            with ctx.store.write() as records:
                records.message_failed(message.id, now + wait, type(error).__name__)
        else:
            with ctx.store.write() as records:
                records.message_done(message.id, now)
    return len(messages)


def sweep(ctx: Context, clocks: int = CLOCKS) -> bool:
    """One step of keeping deadlines; whether there is more to do at once. At most so many clocks are noted.

    First what must be computed again: cases whose dates move with the day (an open hearing), those that a change of the
    calendar touches, and those stored before there were projections. Then running clocks that have become due soon or
    overdue are noted, once for each clock of a case and stage, so running it twice changes nothing.
    """
    today = ctx.clock.now().date()
    with ctx.store.read() as records:
        ids = records.clocks.to_recheck(today, BATCH)
        calendar = records.calendar()
    for case_id in ids:
        _bring_up_to_date(ctx, case_id, calendar)
    return note_deadlines(ctx, clocks) or len(ids) == BATCH


def note_deadlines(ctx: Context, limit: int) -> bool:
    """Note a batch of clocks that are due soon or overdue; whether there may be more."""
    now = ctx.clock.now()
    with ctx.store.read() as records:  # mostly nothing waits, and nobody else has to
        if not records.clocks.has_passed(now.date(), now.date() + DUE_SOON):
            return False
    with ctx.store.write() as records:
        looked, noted = records.clocks.sweep(now.date(), now.date() + DUE_SOON, now, limit)
    log = structlog.get_logger("sweep")
    for (clock, stage), times in sorted(noted.items()):
        log.info("clock", clock=clock, stage=stage, count=times)
    return looked >= limit


def inspect(ctx: Context, after: str = "") -> str | None:
    """Read one batch of cases that are not closed, and correct stored clocks that do not follow from their events.

    Returns the id to go on after, or None at the end. A case that does not open goes into quarantine, and the walk goes
    on with the next.
    """
    with ctx.store.read() as records:
        ids = records.cases.open_ids(after, BATCH)
        calendar = records.calendar()
    repaired = sum(_bring_up_to_date(ctx, one, calendar, only_if_wrong=True) for one in ids)
    if repaired:
        structlog.get_logger("sweep").warning("projections_repaired", count=repaired)
    return ids[-1] if len(ids) == BATCH else None


def _bring_up_to_date(ctx: Context, case_id: str, calendar: WorkCalendar, *, only_if_wrong: bool = False) -> bool:
    """Compute the projection of a case again; whether it was different. One that cannot be processed blocks no other."""
    try:
        if only_if_wrong:
            with ctx.store.read() as records:
                case = records.cases.by_id(case_id)
                assert case is not None  # cases are never deleted
                if is_projected(ctx, records, case, calendar):
                    return False
        with ctx.store.write() as records:
            records.clocks.hold(case_id)
            case = records.cases.by_id(case_id)
            assert case is not None
            return put_projection(ctx, records, case, calendar)
    except Unreadable as broken:  # of one that was erased nothing is computed
        quarantine_record(ctx, broken)
    except StoreBusy:
        raise
    except Exception as error:
        quarantine_case(ctx, case_id, type(error).__name__)
    return False


def beat_and_purge(ctx: Context, watch: ClockWatch | None = None) -> None:
    """Write the heartbeat after a round of work, and delete expired data if the clock is trusted."""
    now = ctx.clock.now()
    believed = (watch or ClockWatch.from_store(ctx)).is_trusted(now)
    with ctx.store.write() as records:
        if believed:
            records.purge(now)
            records.beat(TRUSTED, now)
        records.beat("worker", now)
