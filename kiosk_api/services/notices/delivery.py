"""One step of telling: send a message, or ask the platform for one in doubt; and take in what a platform reports.

What is about to be done is written down and committed first; sending happens outside any transaction; then what came of
it is written down. A worker that dies in between leaves a message that is being sent, which is asked for and never sent
again unless the platform has never seen it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.notice_attempts import (
    NOT_REACHED,
    REACHED,
    Answer,
    Attempt,
    Delivery,
    State,
    after_ask,
    after_report,
    after_send,
    claimed,
)
from kiosk_api.domain.notice_records import AttemptRow, NoticeRow, NoticeState
from kiosk_api.domain.petitioner_notices import not_in_quiet_hours
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notice_health import note_health
from kiosk_api.services.base.notice_ways import Way, senders_on, way_again
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.sending import Lost, NotSent, Outgoing, Refused, Sender, SendError
from kiosk_api.services.base.sent_ids import known_ids
from kiosk_api.services.notices.planning import needless
from kiosk_api.services.notices.words import message_of

UNBOUND, CHANNEL_OFF = "unbound", "channel_off"
STRANDED_AT_ONCE = 100


@dataclass(frozen=True)
class _Task:
    """What is about to be done: the attempt as it was written down, to whom, and the message."""

    row: AttemptRow
    way: Way
    message: Outgoing


def deliver_one(ctx: Context, channel: str, sender: Sender) -> bool | None:
    """Do one thing on this channel. None when nothing is due, else whether the platform worked."""
    now = ctx.clock.now()
    with ctx.store.read() as records:  # mostly nothing is due, and nobody else has to wait
        if not records.petitioner_notices.is_due(channel, now):
            return None
    with ctx.store.write() as records:
        row = records.petitioner_notices.take_attempt(channel, now)
        if row is None:
            return None
        task = _prepare(ctx, records, row, now)
    if task is None:
        return True
    return _ask(ctx, sender, task) if task.row.attempt.state is State.UNKNOWN else _send(ctx, sender, task)


def clear_stranded(ctx: Context) -> int:
    """End the attempts of channels that were switched off: what was not sent goes the next way, and what may have been
    sent is left to an officer, since nobody can be asked any more. How many it were."""
    now = ctx.clock.now()
    with ctx.store.read() as records:
        on = senders_on(ctx, records)
        if not records.petitioner_notices.stranded(on, now, 1):
            return 0
    with ctx.store.write() as records:
        found = records.petitioner_notices.stranded(on, now, STRANDED_AT_ONCE)
        for row in found:
            notice = records.petitioner_notices.by_id(row.notice_id)
            assert notice is not None  # an attempt goes with its notice
            state = State.REFUSED if row.attempt.state is State.WAITING else State.DOUBTFUL
            _end(records, row, state, CHANNEL_OFF, notice, now)
    return len(found)


def _prepare(ctx: Context, records: Records, row: AttemptRow, now: datetime) -> _Task | None:
    """Write down what is about to be done; None when there is nothing to do after all."""
    store = records.petitioner_notices
    notice = store.by_id(row.notice_id)
    assert notice is not None  # an attempt goes with its notice
    if row.attempt.state is State.WAITING and (until := not_in_quiet_hours(notice.kind, now)) > now:
        store.save_attempt(row, replace(row.attempt, next_at=until))
        return None
    try:
        case = records.cases.by_id(notice.case_id) if notice.case_id else None
        reason = needless(ctx, records, notice, case) if row.attempt.state is State.WAITING else ""
        way = way_again(ctx, records, notice, case, row.channel, row.link_id)
    except Unreadable as broken:
        _end(records, row, State.REFUSED, broken.reason, notice, now)
        return None
    if reason:
        store.save_attempt(row, replace(row.attempt, state=State.REFUSED), last_error=reason)
        store.finish(notice.id, NoticeState.NEEDLESS, reason, now)
        return None
    if way is None and row.attempt.state is State.WAITING:
        _end(records, row, State.REFUSED, UNBOUND, notice, now)
        return None
    started = claimed(row.attempt, now)
    began = now if started.state is State.SENDING else row.began_at
    assert store.save_attempt(row, started, began_at=began)
    way = way or Way(row.channel, row.link_id, "")
    return _Task(
        replace(row, attempt=started, began_at=began), way, message_of(ctx, notice, case, row.id, way.language)
    )


def _send(ctx: Context, sender: Sender, task: _Task) -> bool:
    platform_id, error = "", ""
    try:
        platform_id, answer = sender.send(task.way.address, task.message), Answer.SENT
    except Refused as refused:
        answer, error = Answer.REFUSED, refused.reason
    except NotSent as later:
        answer, error = Answer.NOT_SENT, later.reason
    except SendError as doubt:
        answer, error = Answer.UNKNOWN, doubt.reason
    except Exception as failure:  # a fault of ours after the request may have gone out
        answer, error = Answer.UNKNOWN, type(failure).__name__
    now = ctx.clock.now()
    after = after_send(task.row.attempt, answer, now)
    worked = answer in (Answer.SENT, Answer.REFUSED)
    _record(ctx, task.row, after, now, platform_id=platform_id, error=error, worked=worked)
    return worked


def _ask(ctx: Context, sender: Sender, task: _Task) -> bool:
    row = task.row
    lost = Lost(task.way.address, task.message, row.began_at or ctx.clock.now(), known_ids(ctx, row.channel))
    try:
        found = sender.find(row.id, row.platform_id, None if row.platform_id else lost)
    except Exception as failure:  # it says CANNOT_TELL rather than raise; a fault is no better knowledge
        structlog.get_logger("notices").warning("find_failed", channel=row.channel, error=type(failure).__name__)
        found = Delivery.CANNOT_TELL
    now = ctx.clock.now()
    worked = found is not Delivery.CANNOT_TELL
    after, error = after_ask(row.attempt, found, now), ""
    if after.state is State.SENDING and not task.way.address:
        after, error = replace(row.attempt, state=State.REFUSED), UNBOUND
    kept = _record(ctx, row, after, now, platform_id="", error=error, worked=worked)
    if kept and after.state is State.SENDING:
        return _send(ctx, sender, replace(task, row=replace(row, attempt=after)))
    return worked


def _record(
    ctx: Context, row: AttemptRow, after: Attempt, now: datetime, *, platform_id: str, error: str, worked: bool
) -> bool:
    """Write down what came of it; whether that is what stands now. Another worker may have taken the attempt over as
    that of a dead one: then only what is certain is kept, that it was sent."""
    with ctx.store.write() as records:
        store = records.petitioner_notices
        sent = now if after.state in REACHED else None
        if not store.save_attempt(row, after, sent_at=sent, platform_id=platform_id, last_error=error):
            current = store.attempt_by_key(row.id)
            if current is None or sent is None:
                return False
            row, after = current, after_report(current.attempt, Delivery(after.state.value))
            store.save_attempt(row, after, sent_at=sent, platform_id=platform_id)
        note_health(records, row.channel, now, worked=worked)
        notice = store.by_id(row.notice_id)
        if notice is not None:
            _settle(records, notice, row.id, after.state, error, now)
    structlog.get_logger("notices").info("attempt", channel=row.channel, state=after.state.value, error=error)
    return True


def _end(records: Records, row: AttemptRow, state: State, error: str, notice: NoticeRow, now: datetime) -> None:
    records.petitioner_notices.save_attempt(row, replace(row.attempt, state=state), last_error=error)
    _settle(records, notice, row.id, state, error, now)


def _settle(records: Records, notice: NoticeRow, key: str, state: State, error: str, now: datetime) -> None:
    """What the end of one way means for the notice: told, the next way, or in doubt for good."""
    store = records.petitioner_notices
    if notice.state is NoticeState.OTHERWISE:
        return
    if state in REACHED:
        store.finish(notice.id, NoticeState.TOLD, "", now)
    elif state is State.DOUBTFUL:
        store.finish(notice.id, NoticeState.DOUBTFUL, error, now)
    elif state in NOT_REACHED and store.attempts_of(notice.id)[-1].id == key:
        store.finish(notice.id, NoticeState.WAITING, "", now)


def note_report(ctx: Context, channel: str, found: Delivery, *, platform_id: str = "", key: str = "") -> bool:
    """What a platform reports by itself of a message it knows by its own id or by our key; whether it is one of ours."""
    now = ctx.clock.now()
    with ctx.store.write() as records:
        store = records.petitioner_notices
        row = store.attempt_by_key(key) if key else store.by_platform_id(channel, platform_id)
        if row is None:
            return False
        after = after_report(row.attempt, found)
        if after.state is not row.attempt.state:
            sent = now if after.state in REACHED and row.sent_at is None else None
            store.save_attempt(row, after, sent_at=sent, platform_id=platform_id)
            notice = store.by_id(row.notice_id)
            if notice is not None:
                _settle(records, notice, row.id, after.state, "", now)
    return True
