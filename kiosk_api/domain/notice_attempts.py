"""One way of telling a notice, from the first try to its end. Pure: what the loop does and what a platform answers go in,
the next state comes out.

The rule that everything here serves: the same message is sent again only after it is certain that it was not sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk_api.domain.policy import (
    NOTICE_ASKED_AFTER,
    NOTICE_ASKS,
    NOTICE_LEASE,
    NOTICE_PAUSE,
    NOTICE_PAUSE_MOST,
    NOTICE_TRIES,
)


class State(StrEnum):
    """`DEAD`: given up after the last try, certainly not sent. `DOUBTFUL`: nobody can say whether it was sent."""

    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    REFUSED = "refused"
    FAILED = "failed"
    DEAD = "dead"
    DOUBTFUL = "doubtful"


OPEN = frozenset({State.WAITING, State.SENDING, State.UNKNOWN})
"""The worker still has something to do."""
REACHED = frozenset({State.SENT, State.DELIVERED})
NOT_REACHED = frozenset({State.REFUSED, State.FAILED, State.DEAD})
"""Certainly not reached this way: another way may be tried."""


class Answer(StrEnum):
    """What a sender says of a try (services/base/sending.py)."""

    SENT = "sent"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


class Delivery(StrEnum):
    """What a platform knows of a message: it has it, the phone has it, it gave up; or it knows of none."""

    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    NEVER_SEEN = "never_seen"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Attempt:
    """How far it is: how often it was tried, how often the platform was asked, and when something is to be done next."""

    state: State
    next_at: datetime
    tries: int = 0
    asks: int = 0


def claimed(one: Attempt, now: datetime) -> Attempt:
    """Before the worker does anything: written down first, so that a worker that dies leaves a trace.

    A waiting one is about to be sent. One found as being sent belongs to a worker that died or hangs: it may have been
    sent, so it is about to be asked for, as is one that was in doubt before.
    """
    if one.state is State.WAITING:
        return replace(one, state=State.SENDING, tries=one.tries + 1, next_at=now + NOTICE_LEASE)
    if one.state in (State.SENDING, State.UNKNOWN):
        return replace(one, state=State.UNKNOWN, asks=one.asks + 1, next_at=now + NOTICE_LEASE)
    raise ValueError(one.state)


def after_send(one: Attempt, answer: Answer, now: datetime) -> Attempt:
    """What the sender said of the try of `one`, which is being sent."""
    if one.state is not State.SENDING:
        raise ValueError(one.state)
    if answer is Answer.SENT:
        return replace(one, state=State.SENT)
    if answer is Answer.REFUSED:
        return replace(one, state=State.REFUSED)
    if answer is Answer.UNKNOWN:
        return replace(one, state=State.UNKNOWN, next_at=now + NOTICE_ASKED_AFTER)
    return _again(one, now)


def after_ask(one: Attempt, found: Delivery, now: datetime) -> Attempt:
    """What the platform said when it was asked for a message in doubt. One that it never saw is sent again at once: what
    was just heard holds now, and a platform that drops repetitions does so for some minutes only."""
    if one.state is not State.UNKNOWN:
        raise ValueError(one.state)
    if found is Delivery.NEVER_SEEN:
        if one.tries >= NOTICE_TRIES:
            return replace(one, state=State.DEAD)
        return replace(one, state=State.SENDING, tries=one.tries + 1, asks=0, next_at=now + NOTICE_LEASE)
    if found is Delivery.CANNOT_TELL:
        if one.asks >= NOTICE_ASKS:
            return replace(one, state=State.DOUBTFUL)
        return replace(one, next_at=now + _pause(one.asks))
    return replace(one, state=State(found.value))


def after_report(one: Attempt, found: Delivery) -> Attempt:
    """What a platform reports by itself, perhaps late, twice or out of order: what has reached the phone stays so."""
    if found in (Delivery.NEVER_SEEN, Delivery.CANNOT_TELL) or one.state in (State.WAITING, State.DELIVERED):
        return one
    if found is Delivery.DELIVERED:
        return replace(one, state=State.DELIVERED)
    if found is Delivery.FAILED:
        return replace(one, state=State.FAILED) if one.state is not State.DEAD else one
    return replace(one, state=State.SENT) if one.state in (State.SENDING, State.UNKNOWN, State.DOUBTFUL) else one


def _again(one: Attempt, now: datetime) -> Attempt:
    """It was certainly not sent: later again, more slowly each time, until the office's number of tries."""
    if one.tries >= NOTICE_TRIES:
        return replace(one, state=State.DEAD)
    return replace(one, state=State.WAITING, next_at=now + _pause(one.tries))


def _pause(times: int) -> timedelta:
    doublings = min(max(times - 1, 0), 20)
    return min(NOTICE_PAUSE * (1 << doublings), NOTICE_PAUSE_MOST)
