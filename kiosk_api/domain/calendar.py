"""Counting days as the regulation does: natural days, and working days with make-up days.

The day of the event itself is not counted; a period of n days ends with day n after it. The
regulation moves no deadline of an office because its last day is a holiday, so neither do we.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Public holidays, make-up workdays (调休), and the years whose notice is known."""

    holidays: frozenset[date]
    make_up_days: frozenset[date]
    confirmed_years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """A make-up day works even on a week-end; a holiday never does."""
        if day in self.make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start` (count ≥ 1)."""
        day = start
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def is_confirmed(self, year: int) -> bool:
        """Whether this year's public holidays have been entered and confirmed."""
        return year in self.confirmed_years
