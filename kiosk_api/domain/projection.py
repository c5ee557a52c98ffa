"""What follows from a case's events, in the form that lists and the sweep read: rows that can be made anew at any time.

A row says `running` until an event ends the clock: whether a running clock is late is a question of the day, and is
asked of `due_on`. So nothing has to be written when a day passes, except for a case whose dates move with the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import RIGHTS, Deadline, deadlines
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.workflow_types import Event

NOT_YET = date(1970, 1, 1)
"""`recheck_on` of a case that was stored before there were projections."""
AT_ONCE = date(1970, 1, 2)
"""`recheck_on` of a case that a change of the calendar touches."""
WORKING_DAY_CLOCKS = frozenset(one.key for one in PERIODS.values() if one.unit == "working_days")
"""Clocks whose last day depends on the calendar that staff edit."""
_OPEN = frozenset({"running", "overdue", "lapsed"})
_SOON, _MUCH_LATER = timedelta(days=1), timedelta(days=3650)
_NO_DATE = "99999999"
_EARLIEST_FIRST = 10**17  # microseconds since 1970, some three thousand years of them


@dataclass(frozen=True)
class ClockRow:
    """One clock of a case; it is late after `due_on`. `seq` counts the clocks of the same name from 1: a route that starts again is the second."""

    clock: str
    seq: int
    due_on: date
    state: str


@dataclass(frozen=True)
class Projection:
    """The clocks of a case, the next day by which somebody in office must act, and the day on which these must be
    computed again although nothing happens (None: only an event moves them)."""

    clocks: tuple[ClockRow, ...]
    next_due_on: date | None
    recheck_on: date | None = None


def project(events: Sequence[Event], calendar: WorkCalendar, now: datetime) -> Projection:
    """The projection of a case at `now`.

    Days of a hearing do not count (Art. 36), so an open hearing moves a date day by day. Such a case is found by asking
    again for later days, whatever the rule behind it.
    """
    found = deadlines(events, calendar, now)
    rows = _rows(found)
    moves = any(_rows(deadlines(events, calendar, now + later)) != rows for later in (_SOON, _MUCH_LATER))
    return Projection(rows, _next_due(found), now.date() + _SOON if moves else None)


def _rows(found: Sequence[Deadline]) -> tuple[ClockRow, ...]:
    times: Counter[str] = Counter()
    rows = []
    for one in found:
        times[one.key] += 1
        state = "running" if one.state in _OPEN else one.state
        rows.append(ClockRow(one.key, times[one.key], _counts_to(one), state))
    return tuple(rows)


def _counts_to(one: Deadline) -> date:
    """The day after which somebody is late. More time given later does not undo lateness, so the first day stays."""
    return one.late_since or one.due_on


def _next_due(found: Sequence[Deadline]) -> date | None:
    """The nearest date by which somebody in office must act; a right that may be used binds nobody."""
    return min((_counts_to(one) for one in found if one.key not in RIGHTS and one.state in _OPEN), default=None)


def list_order(case_id: str, emergency: bool, next_due_on: date | None, registered_at: datetime) -> str:
    """The place of a case in every list of staff, as text that sorts: emergencies, then the nearest date, then the
    newest. Figures of one width, so that every database sorts them alike; the end of the id makes each its own, so that
    no page repeats or leaves out a case that was registered in the same moment as another."""
    due = f"{next_due_on:%Y%m%d}" if next_due_on else _NO_DATE
    newest = _EARLIEST_FIRST - int(registered_at.timestamp() * 1_000_000)
    return f"{0 if emergency else 1}{due}{newest:018d}{case_id[-8:]}"


def order_until(emergency: bool, last: date) -> tuple[str, str]:
    """Where in that order the cases with a date up to `last` begin and end; the end is not included."""
    rank = "0" if emergency else "1"
    return rank, f"{rank}{last + _SOON:%Y%m%d}"
