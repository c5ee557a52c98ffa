"""When what a case holds may be erased, and what stays.

The Regulations name no period for which petitions are kept. How many years is the bureau's choice (its rules for
archives); without one no case is erased. Art. 47 of the Personal Information Protection Law asks for erasure once the
purpose is reached or the period is over, unless a law's own period still runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from kiosk_api.domain.workflow import Status


class Cause(StrEnum):
    """Why a case was erased."""

    PERIOD = "period"  # the bureau's period is over
    REQUEST = "request"  # the petitioner asked and it was granted (Art. 47)


class Obstacle(StrEnum):
    """Why a case may not be erased now."""

    OPEN = "open"
    HELD = "held"
    RECENT = "recent"
    CLOCK = "clock"
    NOTICE = "notice"
    REPEATED = "repeated"
    ERASED = "erased"


class Erased(NamedTuple):
    """A line of the list outside the store, which outlives a restored backup."""

    case_id: str
    at: datetime
    cause: Cause


OBSTACLE_ZH = {
    Obstacle.OPEN: "还没有结案或者撤回",
    Obstacle.HELD: "有保留的决定（release-case 可以解除）",
    Obstacle.RECENT: "离最后一步还不到应留的时间",
    Obstacle.CLOCK: "还有期限在走",
    Obstacle.NOTICE: "还有没送到的告知，或者没做完的事",
    Obstacle.REPEATED: "还在办的一件和它是同一件事",
    Obstacle.ERASED: "已经清除过了",
}

ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN})
"""Only these: a case with a result can still be reviewed, rated or handled again until the office has closed it."""

REST = timedelta(days=62)
"""Nothing is erased before so long after the last step, whatever is asked: the 30 days to ask for a review run from the
receipt of a decision (Art. 35, 36), a letter takes days, and a wrong step should be found first."""

KEPT_CODES = frozenset(
    {"outcome", "new_outcome", "carried_out", "cause", "procedure", "petition_office", "responsible_unit"}
)
"""What stays of an event's content: kinds of result and grades of a rating, which the annual report counts (Art. 41)."""

_CODE = re.compile(r"[a-z][a-z_]{0,39}")


def cutoff(now: datetime, years: int) -> datetime:
    """The last step must lie before this moment: whole years, and never less than REST."""
    try:
        past = now.replace(year=now.year - years)
    except ValueError:  # 29 February
        past = now.replace(year=now.year - years, day=28)
    return min(past, now - REST)


def what_stays(data: Mapping[str, Any]) -> dict[str, Any]:
    """The content of an event after an erasure."""
    kept = {
        name: value
        for name, value in data.items()
        if name in KEPT_CODES and isinstance(value, str) and _CODE.fullmatch(value)
    }
    return {"erased": True, **kept}


def tombstone(on: datetime, cause: Cause) -> dict[str, Any]:
    """What is sealed in place of a petition."""
    return {"erased": {"on": on.date().isoformat(), "cause": cause.value}}
