"""Every statutory period on every start date from 2004 on, against an independent oracle."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import pytest
from chinese_calendar import constants

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import due_on
from kiosk_api.domain.statute import PERIODS

FIRST, LAST = dt.date(2004, 1, 1), dt.date(2027, 12, 31)
KNOWN = {day.year for day in constants.holidays}
CALENDAR = WorkCalendar(frozenset(constants.holidays), frozenset(constants.workdays), frozenset(KNOWN))

# The periods by article, written independently of statute.py.
READ_AGAIN = {
    "route": ("days", 15),
    "notice": ("days", 15),
    "objection": ("working_days", 5),
    "conclude": ("days", 60),
    "extension": ("days", 30),
    "ask_review": ("days", 30),
    "review": ("days", 30),
    "ask_reexamination": ("days", 30),
    "reexamination": ("days", 30),
}


def works(day: dt.date) -> bool:
    """Whether a day is worked, by the library where it knows the year, by weekday after."""
    if day.year in KNOWN:
        return bool(chinese_calendar.is_workday(day))
    return day.isoweekday() <= 5


@pytest.fixture(scope="module")
def ordinal_of_workdays() -> list[dt.date]:
    """All working days in order: the n-th after a date is found by position, not by stepping."""
    days = (FIRST + dt.timedelta(n) for n in range((LAST - FIRST).days + 60))
    return [day for day in days if works(day)]


def test_the_periods_are_those_of_the_regulation() -> None:
    assert {key: (p.unit, p.amount) for key, p in PERIODS.items()} == READ_AGAIN


@pytest.mark.parametrize("key", sorted(READ_AGAIN))
def test_every_start_date_gives_the_oracles_deadline(key: str, ordinal_of_workdays: list[dt.date]) -> None:
    import bisect

    unit, amount = READ_AGAIN[key]
    for number in range(FIRST.toordinal(), LAST.toordinal() + 1):
        start = dt.date.fromordinal(number)
        if unit == "days":
            expected = dt.date.fromordinal(number + amount)
        else:
            place = bisect.bisect_right(ordinal_of_workdays, start)
            expected = ordinal_of_workdays[place + amount - 1]
        assert due_on(key, start, CALENDAR) == expected, start
