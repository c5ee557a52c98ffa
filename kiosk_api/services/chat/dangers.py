"""A danger was told at a terminal in the hall: the desk sees at once where and when (Art. 25), and who went.

No word of the talk is stored, and nothing leads from a signal to the citizen.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

import structlog

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import DANGER_KEPT, DANGER_SHOWN
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import DangerSignal, Officer
from kiosk_api.services.chat.hall_calls import WAITING_SHOWN, require_hall

KINDS = frozenset({"life", "home", "crime", "fire", "medical"})  # as the assistant names them
SEEN, CLOSED = "seen", "closed"


def danger_told(ctx: Context, kind: str, place: str, source: str) -> None:
    """Signal the desk; the same danger at the same terminal is one signal until somebody has seen it."""
    if kind not in KINDS:
        return
    now, mark = ctx.clock.now(), ctx.marks.mark("danger.source", source)
    with ctx.store.write() as records:
        if records.dangers.unseen_from(mark, kind, now) is None:
            records.dangers.add(DangerSignal(secrets.token_hex(16), kind, place, now), mark, now + DANGER_SHOWN)
    structlog.get_logger("audit").info("danger_told", action=kind)


def open_dangers(ctx: Context) -> list[DangerSignal]:
    """What the desk shows, those nobody has seen first."""
    with ctx.store.read() as records:
        return records.dangers.open(ctx.clock.now(), WAITING_SHOWN)


def answer_danger(ctx: Context, officer: Officer, signal_id: str, step: str) -> None:
    """`seen`: this officer goes; `closed`: it is dealt with. Raises DomainError `forbidden` or `not_allowed_now`."""
    require_hall(officer)
    now = ctx.clock.now()
    with ctx.store.write() as records:
        one = records.dangers.by_id(signal_id)
        if one is None or one.closed_at or step not in (SEEN, CLOSED) or (step == SEEN and one.seen_at):
            raise DomainError("not_allowed_now", "这个险情已经有同事看到或处理了。")
        if not one.seen_at:
            one = replace(one, seen_by=officer.id, seen_at=now)
        if step == CLOSED:
            one = replace(one, closed_by=officer.id, closed_at=now)
        records.dangers.save(one, now + (DANGER_KEPT if step == CLOSED else DANGER_SHOWN))
    structlog.get_logger("audit").info("danger_answered", action=step, reason=officer.id)
