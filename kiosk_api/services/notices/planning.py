"""Choose the next way of telling a notice, or that it need not or cannot be told."""

from __future__ import annotations

import secrets
from datetime import datetime

from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.messengers import Proof
from kiosk_api.domain.notice_attempts import State
from kiosk_api.domain.notice_records import AttemptRow, NoticeRow, NoticeState
from kiosk_api.domain.petitioner_notices import NOTICES, NoticeKind, not_in_quiet_hours
from kiosk_api.domain.policy import NOTICE_WAYS_MOST
from kiosk_api.domain.workflow import Action, Role, allowed
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notice_ways import Way, senders_on, ways_of
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.cases.case_view import state_of

AT_ONCE = 20  # notices in one transaction: each opens a case
WITHOUT_OPENING = 1_000
CHANNELS_OFF, NO_WAY, NOT_WANTED, PAST, GONE = "channels_off", "no_way", "not_wanted", "past", "gone"
SAID_IN_TALK = "said_in_talk"


def plan(ctx: Context, limit: int = AT_ONCE) -> int:
    """Choose for the notices that have waited longest; how many were looked at."""
    now = ctx.clock.now()
    with ctx.store.read() as records:  # mostly nothing waits, and nobody else has to
        if not records.petitioner_notices.is_waiting(now):
            return 0
        on = frozenset(senders_on(ctx, records))
    with ctx.store.write() as records:
        if not on:
            return records.petitioner_notices.none_can_go(CHANNELS_OFF, now, WITHOUT_OPENING)
        waiting = records.petitioner_notices.take_waiting(now, limit)
        for notice in waiting:
            _choose(ctx, records, notice, on, now)
    return len(waiting)


def _choose(ctx: Context, records: Records, notice: NoticeRow, on: frozenset[str], now: datetime) -> None:
    store = records.petitioner_notices
    if (until := not_in_quiet_hours(notice.kind, now)) > now:
        store.later(notice.id, until)
        return
    try:
        case = records.cases.by_id(notice.case_id) if notice.case_id else None
        if reason := needless(ctx, records, notice, case):
            store.finish(notice.id, NoticeState.NEEDLESS, reason, now)
            return
        tried = store.attempts_of(notice.id)
        way = _next_way(ways_of(ctx, records, notice, case, on), tried)
    except Unreadable as broken:  # the case is in quarantine, or goes there; staff can still reach the person
        store.finish(notice.id, NoticeState.UNTOLD, broken.reason, now)
        return
    if way is None:
        reason = next((one.last_error for one in reversed(tried) if one.last_error), NO_WAY)
        store.finish(notice.id, NoticeState.UNTOLD, reason, now)
        return
    store.add_attempt(notice.id, secrets.token_hex(16), len(tried), way.channel, way.link_id, now)
    store.finish(notice.id, NoticeState.UNDERWAY, "", now)


def _next_way(ways: list[Way], tried: list[AttemptRow]) -> Way | None:
    """The first way not tried yet; none where the person may have been reached already."""
    if len(tried) >= NOTICE_WAYS_MOST or any(one.attempt.state in (State.DOUBTFUL, State.SENT) for one in tried):
        return None
    before = {(one.channel, one.link_id) for one in tried}
    return next((one for one in ways if (one.channel, one.link_id) not in before), None)


def needless(ctx: Context, records: Records, notice: NoticeRow, case: CaseRecord | None) -> str:
    """Why it is not to be told any more, as a code; "" while it is."""
    if case is None:
        return "" if notice.case_id is None and records.callbacks.by_id(notice.subject) else GONE
    if not NOTICES[notice.kind].is_statutory and records.petitioner_notices.wants_only_owed(case.id):
        return NOT_WANTED
    if notice.kind is NoticeKind.REGISTERED and _filed_in_a_messenger(records, case):
        return SAID_IN_TALK
    if notice.kind is NoticeKind.RATING and not _may_rate(ctx, records, case):
        return PAST
    if notice.kind in (NoticeKind.DUE, NoticeKind.OVERDUE) and not _runs(records, case, notice):
        return PAST
    return ""


def _filed_in_a_messenger(records: Records, case: CaseRecord) -> bool:
    """Whether the talk in which it was filed has said so a moment ago."""
    return any(one.proof is Proof.FILED for one in records.case_links.of_case(case.id))


def _may_rate(ctx: Context, records: Records, case: CaseRecord) -> bool:
    """Whether a rating is open and has not been given."""
    if any(event.action is Action.RATE for event in case.events):
        return False
    options = allowed(state_of(case), Role.PETITIONER, ctx.clock.now(), records.calendar())
    return any(one.allowed for one in options if one.rule.action is Action.RATE)


def _runs(records: Records, case: CaseRecord, notice: NoticeRow) -> bool:
    """Whether the clock still runs that it was noted of: nobody is told of a date that no longer matters."""
    _, _, clock, seq, _ = notice.id.split(":")
    return any(
        one.clock == clock and str(one.seq) == seq and one.state == "running" for one in records.clocks.of_case(case.id)
    )
