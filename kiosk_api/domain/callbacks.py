"""A callback request: a citizen leaves a number, the office rings. Its states, what an officer may do, and by when.

None of this is law: the due time and the number of tries are the office's own choices (policy.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import CALLBACK_DAY_ENDS, CALLBACK_TRIES, CALLBACK_WORKING_DAYS


class State(StrEnum):
    """What the citizen is shown."""

    WAITING = "waiting"
    ANSWERED = "answered"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What happened, in the order of a request's life."""

    REQUESTED = "requested"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


OFFICER_STEPS = (Step.REACHED, Step.NOT_REACHED, Step.CLOSED)


@dataclass(frozen=True)
class Progress:
    """The state, how many calls nobody answered, and whether nothing more is to be done."""

    state: State = State.WAITING
    tries: int = 0
    is_closed: bool = False


def may_do(now: Progress) -> tuple[Step, ...]:
    """The steps that are open now."""
    if now.is_closed:
        return ()
    if now.state is State.WAITING:
        return (Step.REACHED, Step.NOT_REACHED, Step.CLOSED, Step.WITHDRAWN)
    return (Step.CLOSED,)


def after(now: Progress, step: Step) -> Progress:
    """The progress after a step. Raises DomainError `not_allowed_now`.

    A call that nobody answers leaves the request waiting until the last try, which closes it as missed.
    """
    if step not in may_do(now):
        raise DomainError("not_allowed_now", "这个回电已经办过了，请回到列表看最新情况。")
    if step is Step.REACHED:
        return Progress(State.ANSWERED, now.tries)
    if step is Step.NOT_REACHED:
        tries = now.tries + 1
        is_last = tries >= CALLBACK_TRIES
        return Progress(State.MISSED if is_last else State.WAITING, tries, is_last)
    if step is Step.WITHDRAWN:
        return Progress(State.WITHDRAWN, now.tries, is_closed=True)
    return Progress(State.ANSWERED, now.tries, is_closed=True)


def due_by(requested_at: datetime, calendar: WorkCalendar) -> datetime:
    """When the office wants to have rung at the latest: the end of the next working day."""
    day = calendar.add_working_days(requested_at.date(), CALLBACK_WORKING_DAYS)
    return datetime.combine(day, CALLBACK_DAY_ENDS, requested_at.tzinfo)


def is_overdue(now: Progress, due_by: datetime, moment: datetime) -> bool:
    """Whether it still waits after its due time."""
    return now.state is State.WAITING and due_by < moment
