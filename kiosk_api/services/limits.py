"""Budgets against guessing, kept in the store so that every process counts the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.context import Context


@dataclass(frozen=True)
class Budget:
    """At most `most` hits within `within`, per key."""

    name: str
    most: int
    within: timedelta


# The office's own choices. A phone tail has 10,000 values: a handful of tries finds nothing.
CASE_MISSES = Budget("case-miss", 5, timedelta(minutes=15))
CASE_MISSES_A_DAY = Budget("case-miss-day", 10, timedelta(days=1))
SOURCE_MISSES = Budget("source-miss", 20, timedelta(hours=1))
SIGN_IN_MISSES = Budget("sign-in-miss", 5, timedelta(minutes=15))
SIGN_IN_SOURCE = Budget("sign-in-source", 20, timedelta(hours=1))
RESUME_MISSES = Budget("resume-miss", 30, timedelta(hours=1))
ASSIST_MISSES = Budget("assist-miss", 10, timedelta(minutes=15))
HANDOVERS = Budget("handovers", 20, timedelta(hours=1))
HANDOVER_MISSES = Budget("handover-miss", 10, timedelta(minutes=15))
UPLOADS = Budget("uploads", 300, timedelta(hours=1))  # thirty people with ten pictures each
BUNDLES = Budget("bundles", 120, timedelta(hours=1))
PETITIONS = Budget("petitions", 60, timedelta(hours=1))
PRINTS = Budget("prints", 60, timedelta(hours=1))  # a terminal; a roll shall not run out on one joker
STROKES = Budget("strokes", 3000, timedelta(hours=1))  # outside the hall: some 400 signs
SPOKEN = Budget("spoken", 600, timedelta(hours=1))     # outside the hall: sentences


def require_left(ctx: Context, *spent: tuple[Budget, str]) -> None:
    """Raise DomainError(too_many_tries) when a budget is used up."""
    if not ctx.rate_limits:
        return
    now = ctx.clock.now()
    with ctx.store.read() as records:
        for budget, key in spent:
            if records.hits(_bucket(ctx, budget, key), now - budget.within) >= budget.most:
                raise DomainError(
                    "too_many_tries",
                    "试的次数有点多，为了保护您的信息，请过一会儿再试，或者到窗口请工作人员帮忙。",
                )


def spend(ctx: Context, *spent: tuple[Budget, str]) -> None:
    """Count one hit on each budget."""
    if not ctx.rate_limits:
        return
    now = ctx.clock.now()
    with ctx.store.write() as records:
        for budget, key in spent:
            records.hit(_bucket(ctx, budget, key), now)


def _bucket(ctx: Context, budget: Budget, key: str) -> str:
    return ctx.marks.mark(f"limit.{budget.name}", key)
