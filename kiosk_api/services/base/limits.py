"""Budgets for operations that cost work or paper, kept in the store so that all processes share them.

Budgets against guessing are in guesses.py.
"""

from __future__ import annotations

import math
from datetime import timedelta

from kiosk_api.domain.budgets import Budget, after_miss, is_ahead, settled, wait_for_room
from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records


def charge(ctx: Context, budget: Budget, source: str) -> None:
    """Count one use, in a transaction of its own. Raises DomainError `too_many_tries`."""
    if not ctx.rate_limits:
        return
    require_allowance(ctx, budget, source)  # a caller over the limit never takes the write lock
    with ctx.store.write() as records:
        charge_in(ctx, records, budget, source)


def charge_in(ctx: Context, records: Records, budget: Budget, source: str) -> None:
    """The same within the caller's transaction: an operation that is rolled back is not counted."""
    if not ctx.rate_limits:
        return
    now, mark = ctx.clock.now(), budget_mark(ctx, budget, source)
    (spent,) = records.allowances.hold([mark])
    _refuse_if_full(wait_for_room(budget, spent, now))
    records.allowances.put(mark, after_miss(budget, spent, now), now + 2 * budget.within)


def require_allowance(ctx: Context, budget: Budget, source: str) -> None:
    """Raises DomainError `too_many_tries` when `charge_in` would, before any expensive work."""
    if not ctx.rate_limits:
        return
    now, mark = ctx.clock.now(), budget_mark(ctx, budget, source)
    with ctx.store.read() as records:
        (spent,) = records.allowances.read([mark])
    if is_ahead(spent, now):
        with ctx.store.write() as records:
            (spent,) = records.allowances.hold([mark])
            spent = settled(spent, now)
            records.allowances.put(mark, spent, now + 2 * budget.within)
    _refuse_if_full(wait_for_room(budget, spent, now))


def budget_mark(ctx: Context, budget: Budget, key: str) -> str:
    """The HMAC under which a budget's use is stored: the store holds no name, number or address."""
    return ctx.marks.mark(f"limit.{budget.name}", key)


def seconds(wait: timedelta) -> int:
    """For a Retry-After header: never too early."""
    return max(1, math.ceil(wait.total_seconds()))


def _refuse_if_full(wait: timedelta) -> None:
    if wait:
        raise DomainError(
            "too_many_tries",
            "这里用得有点多，请过一会儿再试，或者到窗口请工作人员帮忙。",
            retry_after_s=seconds(wait),
        )
