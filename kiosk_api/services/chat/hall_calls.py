"""A terminal in the hall asks for an officer; one of them takes the call with a tap.

The page says that somebody is coming only when an officer has taken the call.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import structlog

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import HALL_CALL_LABELS
from kiosk_api.domain.policy import DESK_OPEN_FOR, HALL_CALL_LASTS, HALL_CALLS
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge_in, require_allowance
from kiosk_api.services.base.records import HallCall, Officer

IN_THE_HALL = (Role.PETITION_OFFICE, Role.SUPERVISOR)
WAITING_SHOWN = 50
CLOSED = "现在大厅里没有工作人员在。您可以留个电话，工作人员上班后打给您。"


@dataclass(frozen=True)
class HallCallShown:
    """A call as the terminal sees it: `waiting`, `taken`, or `over` after a quarter of an hour."""

    call: str
    state: str
    state_label: str


def desk_is_open(ctx: Context) -> bool:
    """Whether an officer of the hall is signed in and has used the desk within the last minutes."""
    now = ctx.clock.now()
    with ctx.store.read() as records:
        return records.somebody_seen(IN_THE_HALL, now - DESK_OPEN_FOR, now)


def call_hall(ctx: Context, place: str, source: str) -> HallCallShown:
    """Signal the desk; a terminal whose last call still waits gets that one again.

    Raises DomainError `desk_closed` or `too_many_tries`.
    """
    now, mark = ctx.clock.now(), ctx.marks.mark("hall_call.source", source)
    with ctx.store.read() as records:
        if not records.somebody_seen(IN_THE_HALL, now - DESK_OPEN_FOR, now):
            raise DomainError("desk_closed", CLOSED)
    require_allowance(ctx, HALL_CALLS, source)
    with ctx.store.write() as records:
        one = records.hall_calls.open_from(mark, now)
        if one is None:
            charge_in(ctx, records, HALL_CALLS, source)
            one = HallCall(secrets.token_hex(16), place, now, now + HALL_CALL_LASTS)
            records.hall_calls.add(one, mark)
    structlog.get_logger("audit").info("hall_called")
    return _shown(one.id, "waiting")


def hall_call_state(ctx: Context, call_id: str) -> HallCallShown:
    """The state of a call; an unknown one is over."""
    now = ctx.clock.now()
    with ctx.store.read() as records:
        one = records.hall_calls.by_id(call_id)
    if one is not None and one.taken_by:
        return _shown(call_id, "taken")
    return _shown(call_id, "waiting" if one is not None and one.expires_at > now else "over")


def waiting_calls(ctx: Context) -> list[HallCall]:
    """What the desk shows, the oldest first."""
    with ctx.store.read() as records:
        return records.hall_calls.waiting(ctx.clock.now(), WAITING_SHOWN)


def take_call(ctx: Context, officer: Officer, call_id: str) -> None:
    """This officer goes. Raises DomainError `forbidden` or `not_allowed_now`."""
    require_hall(officer)
    now = ctx.clock.now()
    with ctx.store.write() as records:
        if not records.hall_calls.take(call_id, officer.id, now, now + HALL_CALL_LASTS):
            raise DomainError("not_allowed_now", "这个呼叫已经有同事去了，或者过了15分钟。")
    structlog.get_logger("audit").info("hall_call_taken", reason=officer.id)


def require_hall(officer: Officer) -> None:
    """Raises DomainError `forbidden` for an officer who does not serve the hall."""
    if officer.role not in IN_THE_HALL:
        raise DomainError("forbidden", "回电和大厅呼叫由信访部门窗口办理。")


def _shown(call_id: str, state: str) -> HallCallShown:
    return HallCallShown(call_id, state, HALL_CALL_LABELS[state])
