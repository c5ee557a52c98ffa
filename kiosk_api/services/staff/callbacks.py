"""Requests to be called back at the desk: the list, one of them, and what an officer did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from kiosk_api.domain.callbacks import OFFICER_STEPS, Step, is_overdue, may_do
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import COMMENT_MAX
from kiosk_api.domain.typed import clean, says_something
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Callback, CallbackEvent, CallbackLine, Officer
from kiosk_api.services.chat.hall_calls import IN_THE_HALL, WAITING_SHOWN, require_hall
from kiosk_api.services.chat.leave_number import take_step
from kiosk_api.services.staff.staff_cases import PAGE_SIZE


@dataclass(frozen=True)
class CallbackPage:
    """One page of the list."""

    items: list[CallbackLine]
    has_next: bool
    now: datetime


@dataclass(frozen=True)
class CallbackTask:
    """One request, and the steps open to an officer."""

    callback: Callback
    steps: tuple[Step, ...]
    is_overdue: bool


@dataclass(frozen=True)
class Waiting:
    """What the desk's navigation counts."""

    callbacks: int = 0
    overdue: int = 0
    hall_calls: int = 0
    dangers: int = 0


def waiting(ctx: Context, officer: Officer) -> Waiting | None:
    """The counts; None for an officer whose desk has neither list."""
    if officer.role not in IN_THE_HALL:
        return None
    now = ctx.clock.now()
    with ctx.store.read() as records:
        return Waiting(
            records.callbacks.waiting(),
            records.callbacks.waiting(now),
            len(records.hall_calls.waiting(now, WAITING_SHOWN)),
            sum(one.seen_at is None for one in records.dangers.open(now, WAITING_SHOWN)),
        )


def list_callbacks(ctx: Context, officer: Officer, *, closed: bool, page: int) -> CallbackPage:
    """Open ones, waiting first and the nearest due time first; or closed ones, the latest first."""
    require_hall(officer)
    with ctx.store.read() as records:
        found = records.callbacks.page(closed=closed, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE)
    return CallbackPage(found[:PAGE_SIZE], len(found) > PAGE_SIZE, ctx.clock.now())


def view_callback(ctx: Context, officer: Officer, callback_id: str) -> CallbackTask:
    """One request in full. Raises DomainError `forbidden` or `callback_not_found`."""
    require_hall(officer)
    with ctx.store.read() as records:
        one = records.callbacks.by_id(callback_id)
    if one is None:
        raise _gone()
    steps = tuple(step for step in may_do(one.progress) if step in OFFICER_STEPS)
    return CallbackTask(one, steps, is_overdue(one.progress, one.due_by, ctx.clock.now()))


def act_on_callback(ctx: Context, officer: Officer, callback_id: str, step: str, note: str) -> None:
    """Record what the officer did. 办结 needs a note, which the citizen does not see.

    Raises DomainError `forbidden`, `callback_not_found`, `not_allowed_now` or `invalid_request`.
    """
    require_hall(officer)
    if step not in {one.value for one in OFFICER_STEPS}:
        raise DomainError("not_allowed_now", "没有这个操作。")
    chosen, note = Step(step), clean(note).strip()
    if chosen is Step.CLOSED and not says_something(note):
        raise _invalid("required", "办结请写一句：说了什么，怎么办的。")
    if len(note) > COMMENT_MAX:
        raise _invalid("too_long", f"备注请不超过{COMMENT_MAX}个字。")
    with ctx.store.write() as records:
        one = records.callbacks.by_id(callback_id)
        if one is None:
            raise _gone()
        event = CallbackEvent(ctx.clock.now(), chosen, officer.id, officer.display_name, note)
        take_step(ctx, records, one, event)
    structlog.get_logger("audit").info("callback_step", action=chosen.value, reason=officer.id)


def _invalid(code: str, detail: str) -> DomainError:
    return DomainError("invalid_request", detail, (FieldError("note", code, detail),))


def _gone() -> DomainError:
    return DomainError("callback_not_found", "没有这个回电请求，可能已经过了保存期。")
