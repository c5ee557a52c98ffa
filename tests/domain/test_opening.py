"""Opening hours through the holidays of 2026, against a calendar of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from chinese_calendar import constants
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.opening import CLOSED, OPEN, UNKNOWN, UNPUBLISHED, Times, changes, opening_at, times_of
from kiosk_api.domain.opening_zh import hours_in_chinese, in_chinese, opening_phrase

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(frozenset(constants.holidays), frozenset(constants.workdays), frozenset({2026}))
OFFICE = (times_of("mon-fri 09:00-12:00"), times_of("mon-fri 13:30-17:30"))
LAWYER = (times_of("tue,thu 09:00-11:30"),)
WEEKEND = (*OFFICE, times_of("sat 09:00-12:00"))
ALWAYS = (times_of("daily 00:00-24:00"),)

MOMENTS = st.integers(0, 365 * 24 * 12 - 1).map(
    lambda step: datetime(2026, 1, 1, tzinfo=ZONE) + timedelta(minutes=5 * step)
)


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


def said(hours: tuple[Times, ...], moment: datetime) -> str:
    return in_chinese(opening_phrase(opening_at(hours, CALENDAR, moment), moment))


@settings(deadline=None)
@given(MOMENTS)
def test_the_office_is_open_on_working_days_within_its_hours_and_at_no_other_moment(moment: datetime) -> None:
    minutes = moment.hour * 60 + moment.minute
    within = 540 <= minutes < 720 or 810 <= minutes < 1050
    expected = OPEN if within and chinese_calendar.is_workday(moment.date()) else CLOSED
    assert opening_at(OFFICE, CALENDAR, moment).state == expected


@settings(deadline=None)
@given(MOMENTS, st.sampled_from([OFFICE, LAWYER, WEEKEND]))
def test_what_is_promised_is_kept(moment: datetime, hours: tuple[Times, ...]) -> None:
    found, moments = opening_at(hours, CALENDAR, moment), timedelta(minutes=1)
    if found.state == OPEN:
        assert found.until is not None
        assert opening_at(hours, CALENDAR, found.until - moments).state == OPEN
        assert opening_at(hours, CALENDAR, found.until).state != OPEN
    if found.opens:
        assert found.opens > moment
        assert opening_at(hours, CALENDAR, found.opens).state == OPEN
        assert opening_at(hours, CALENDAR, found.opens - moments).state == CLOSED


@settings(deadline=None)
@given(MOMENTS, st.integers(0, 24 * 60 - 1), st.sampled_from([OFFICE, LAWYER, WEEKEND, ALWAYS]))
def test_a_page_that_stays_open_says_the_same_as_one_loaded_then(
    moment: datetime, later: int, hours: tuple[Times, ...]
) -> None:
    then = moment + timedelta(minutes=later)
    if then.year != moment.year:
        return
    steps = [one for at, one in changes(hours, CALENDAR, moment, timedelta(hours=24)) if at <= then]
    assert in_chinese(opening_phrase(steps[-1], then)) == said(hours, then)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at("2026-11-30", "10:00"), "现在开着，12:00休息"),
        (at("2026-11-30", "12:00"), "现在没开，今天13:30开"),
        (at("2026-11-30", "16:00"), "现在开着，17:30关门"),
        (at("2026-11-30", "17:30"), "现在没开，明天9:00开"),
        (at("2026-11-27", "18:00"), "现在没开，周一（11月30日）9:00开"),
        (at("2026-09-30", "18:00"), "现在没开，周四（10月8日）9:00开"),  # over National Day
        (at("2026-10-10", "10:00"), "现在开着，12:00休息"),  # a Saturday that is worked
        (at("2026-12-31", "18:00"), "现在没开，什么时候开请先问"),  # the holidays of 2027 are not entered
        (at("2027-01-04", "10:00"), "放假安排还没公布，开不开请先问"),
    ],
)
def test_it_is_said_in_words(moment: datetime, words: str) -> None:
    assert said(OFFICE, moment) == words


def test_what_never_closes_and_what_is_not_published() -> None:
    new_year = at("2027-02-06", "03:00")
    assert said(ALWAYS, new_year) == "现在开着，24小时不关门"
    assert opening_at((), CALENDAR, new_year).state == UNPUBLISHED
    assert opening_at(OFFICE, CALENDAR, new_year).state == UNKNOWN


def test_a_room_open_on_some_days_promises_no_made_up_saturday() -> None:
    assert opening_at(LAWYER, CALENDAR, at("2026-10-10", "10:00")).state == CLOSED


def test_the_hours_in_words_come_from_the_same_lines() -> None:
    assert hours_in_chinese(OFFICE) == "周一至周五 9:00–12:00、13:30–17:30（节假日休息）"
    assert hours_in_chinese(LAWYER) == "周二、周四 9:00–11:30（节假日休息）"
    assert hours_in_chinese(ALWAYS) == "每天 24小时"


@pytest.mark.parametrize(
    "line", ["", "mon-fri", "mon-fri 9-12", "fri-mon 09:00-12:00", "mon 12:00-09:00", "mon 22:00-25:00", "mon 09:60-12:00", "holiday 09:00-12:00", "mon-tue-wed 09:00-12:00"]
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_refused_with_its_text(line: str) -> None:
    with pytest.raises(ValueError, match=repr(line)[:8]):
        times_of(line)
