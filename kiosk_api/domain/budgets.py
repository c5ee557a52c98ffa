"""How often something may be tried: arithmetic only, time is passed in.

A budget fills with every wrong try and empties evenly. Once it is full, sources that keep trying
are refused, but a source that has been quiet for half a minute may still try, one miss per `slot`
for all such sources together. So repeated guessing is shut out, and the right person, who comes
once, never waits for more than a minute. Right answers use nothing up.

Stored times may lie in the future after the clock was wrong. They count as now, and the code that
reads one corrects it (`settled`); otherwise a full budget would stay full until that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

QUIET = timedelta(seconds=30)
"""How long a source has to leave a used-up budget alone before it may try again."""

SEEN_FOR = timedelta(days=30)
"""How long misses are remembered for the owner's notice."""

_LONG_AGO = timedelta(days=36_500)
_A_MOMENT = timedelta(seconds=5)  # two processes: one clock may be a little ahead of the other


@dataclass(frozen=True)
class Budget:
    """`most` at once, given back evenly over `within`.

    `slot` is for guesses: one miss each, for quiet sources, when the budget is used up. `total`
    ends this kind of proof for the thing until its owner gives a stronger one.
    """

    name: str
    most: int
    within: timedelta
    slot: timedelta = timedelta(0)
    total: int | None = None


@dataclass(frozen=True)
class Spent:
    """What the store keeps of one budget for one key.

    `level` as of `at`, the last miss; `tried_at`, the last try by a source, refused ones included;
    `total` misses since the owner last gave a stronger proof; `times` for the owner's notice.
    """

    level: float = 0.0
    at: datetime | None = None
    tried_at: datetime | None = None
    total: int = 0
    times: int = 0


@dataclass(frozen=True)
class Verdict:
    """Whether a try is let in; if not, how long to wait, and whether waiting helps at all."""

    is_open: bool
    wait: timedelta = timedelta(0)
    is_over: bool = False


def since(moment: datetime | None, now: datetime) -> timedelta:
    """How long ago; zero for a moment in the future, very long for none."""
    return _LONG_AGO if moment is None else max(now - moment, timedelta(0))


def is_ahead(spent: Spent, now: datetime) -> bool:
    """Whether the last miss was counted while the clock was wrong."""
    return spent.at is not None and spent.at > now + _A_MOMENT


def settled(spent: Spent, now: datetime) -> Spent:
    """As full as it was, but counted from now on."""
    return replace(spent, at=now) if is_ahead(spent, now) else spent


def level_now(budget: Budget, spent: Spent, now: datetime) -> float:
    """How full the budget is, from 0 to `most`."""
    given_back = since(spent.at, now) / budget.within * budget.most
    return min(max(spent.level - given_back, 0.0), float(budget.most))


def wait_for_room(budget: Budget, spent: Spent, now: datetime) -> timedelta:
    """How long until one more miss fits; zero when it fits now."""
    over = level_now(budget, spent, now) + 1 - budget.most
    # a rounding error must not refuse somebody who waited as long as was asked
    return max(over, 0.0) * budget.within / budget.most if over > 1e-6 else timedelta(0)


def judge(levels: Sequence[tuple[Budget, Spent]], now: datetime) -> Verdict:
    """Whether one guess is let in, given every budget that it counts against."""
    if any(one.total is not None and spent.total >= one.total for one, spent in levels):
        return Verdict(False, is_over=True)
    full = [(one, spent) for one, spent in levels if wait_for_room(one, spent, now)]
    if not full:
        return Verdict(True)
    waits = [one.slot - since(spent.at, now) for one, spent in full]
    waits += [QUIET - since(spent.tried_at, now) for _, spent in levels]
    wait = max(waits)
    return Verdict(wait <= timedelta(0), max(wait, timedelta(0)))


def after_miss(budget: Budget, spent: Spent, now: datetime) -> Spent:
    """The state after one more miss."""
    times = spent.times if since(spent.at, now) <= SEEN_FOR else 0
    level = min(level_now(budget, spent, now) + 1, float(budget.most))
    return replace(spent, level=level, at=now, total=spent.total + 1, times=times + 1)
