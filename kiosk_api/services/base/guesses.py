"""Budgets against guessing secrets that are short: phone tails, codes, passwords.

Every guess counts against several budgets at once: of the thing guessed at, of where the guess
comes from, and of everybody together. They are looked at, the answer is found and a miss is
counted in one transaction, so tries side by side never get more than the budgets hold. A guess
that is let in and one at a thing that does not exist do the same work and get the same answer.
See handbook/developers/decisions/0013-guessing.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from kiosk_api.domain.budgets import (
    QUIET,
    SEEN_FOR,
    Budget,
    Spent,
    Verdict,
    after_miss,
    is_ahead,
    judge,
    settled,
    since,
)
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import PHONE_OF_CASE, TAIL_OF_CASE
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import budget_mark, seconds
from kiosk_api.services.base.ports import Records

_TRIES_NOTED_EVERY = timedelta(seconds=5)  # repeated tries must not cause a write each time
_KEPT = timedelta(days=90)  # how long the total is kept after the last miss

WAIT = "试的次数有点多，为了保护您的信息，请等一分钟再试，或者到窗口请工作人员帮忙。"


@dataclass(frozen=True)
class Level:
    """One budget that a guess counts against, and its source or subject."""

    budget: Budget
    key: str
    is_source: bool = False


@dataclass(frozen=True)
class Refusal:
    """The messages for a caller who has to wait, and for one whom waiting does not help."""

    wait: str = WAIT
    over: str = WAIT


_PLAIN = Refusal()
Found = TypeVar("Found")


def guess(
    ctx: Context,
    levels: Sequence[Level],
    find: Callable[[Records], Found | None],
    refusal: Refusal = _PLAIN,
) -> Found | None:
    """What `find` finds, or None with a miss counted; `find` may write, and is kept if it finds.

    Raises DomainError `too_many_tries`, or `whole_phone_needed` when this proof is over, without
    asking `find`.
    """
    if not ctx.rate_limits:
        with ctx.store.write() as records:
            return find(records)
    require_open(ctx, levels, refusal)
    now, marks = ctx.clock.now(), _marks(ctx, levels)
    with ctx.store.write() as records:
        spent = records.allowances.hold(marks)
        verdict = _judged(levels, spent, now)
        found = find(records) if verdict.is_open else None
        if found is None:
            _note(ctx, records, levels, spent, now, missed=verdict.is_open)
    if not verdict.is_open:
        raise _refused(verdict, refusal)
    return found


def require_open(ctx: Context, levels: Sequence[Level], refusal: Refusal = _PLAIN) -> None:
    """Refuse a caller whose budget is used up, mostly without writing and before any work is done."""
    if not ctx.rate_limits:
        return
    now = ctx.clock.now()
    with ctx.store.read() as records:
        spent = records.allowances.read(_marks(ctx, levels))
    verdict = _judged(levels, spent, now)
    if verdict.is_open:
        return
    noted = [
        since(one.tried_at, now) < _TRIES_NOTED_EVERY and (one.tried_at or now) <= now
        for level, one in zip(levels, spent, strict=True)
        if level.is_source
    ]
    if not all(noted) or any(is_ahead(one, now) for one in spent):
        with ctx.store.write() as records:
            held = records.allowances.hold(_marks(ctx, levels))
            _note(ctx, records, levels, held, now, missed=False)
    raise _refused(verdict, refusal)


def misses(ctx: Context, records: Records, levels: Sequence[Level]) -> tuple[int, datetime | None]:
    """How many in the last month, and when the last was."""
    now = ctx.clock.now()
    spent = [
        one
        for one in records.allowances.read(_marks(ctx, levels))
        if one.at is not None and since(one.at, now) <= SEEN_FOR
    ]
    return sum(one.times for one in spent), max((one.at for one in spent if one.at), default=None)


def reset_total(ctx: Context, records: Records, level: Level) -> None:
    """Reset the total of the weaker proof after the owner has given a stronger one."""
    records.allowances.reset_total(budget_mark(ctx, level.budget, level.key))


def _judged(levels: Sequence[Level], spent: Sequence[Spent], now: datetime) -> Verdict:
    return judge([(one.budget, two) for one, two in zip(levels, spent, strict=True)], now)


def _note(
    ctx: Context, records: Records, levels: Sequence[Level], spent: Sequence[Spent],
    now: datetime, *, missed: bool,
) -> None:  # fmt: skip
    for level, mark, had in zip(levels, _marks(ctx, levels), spent, strict=True):
        new = after_miss(level.budget, had, now) if missed else settled(had, now)
        if level.is_source:
            new = replace(new, tried_at=now)
        if new is not had:
            kept = _KEPT if level.budget.total else 2 * level.budget.within
            if missed and level.budget in (TAIL_OF_CASE, PHONE_OF_CASE):
                kept = max(kept, SEEN_FOR)
            records.allowances.put(mark, new, now + kept)


def _marks(ctx: Context, levels: Sequence[Level]) -> list[str]:
    return [budget_mark(ctx, one.budget, one.key) for one in levels]


def _refused(verdict: Verdict, refusal: Refusal) -> DomainError:
    if verdict.is_over:  # the stronger proof may be given at once
        return DomainError("whole_phone_needed", refusal.over, retry_after_s=1)
    # this try counts as one too: the half minute of quiet begins now
    return DomainError("too_many_tries", refusal.wait, retry_after_s=seconds(max(verdict.wait, QUIET)))
