"""When a window is open: the lines of its hours, and whether it is open at a moment.

A line names days and times. `mon-fri` means working days: it is closed on public holidays and open on make-up workdays
(调休). Other days of the week are closed on holidays too; `daily` alone means every day there is. Of a year whose holidays
nobody has entered yet nothing is promised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk_api.domain.calendar import WorkCalendar

OPEN, CLOSED, UNKNOWN, UNPUBLISHED = "open", "closed", "unknown", "unpublished"
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60
_WORKING_WEEK = frozenset(range(5))
_LOOK_AHEAD = 40  # days: longer than any holiday, also for a room that opens once a fortnight
_ROUND_THE_CLOCK = timedelta(days=7)
_LINE = re.compile(r"([a-z,-]{3,40}) +(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")


@dataclass(frozen=True)
class Times:
    """One line of opening hours: `days` 0 (Monday) to 6, from `start` to `end` in minutes after midnight."""

    days: frozenset[int]
    start: int
    end: int
    on_holidays: bool = False


@dataclass(frozen=True)
class Opening:
    """Whether a window is open; `until` is None for one that does not close, `opens` for one of which no next day is known."""

    state: str
    until: datetime | None = None
    opens: datetime | None = None


def times_of(line: str) -> Times:
    """`mon-fri 09:00-12:00`, `sat,sun 10:00-12:00` or `daily 00:00-24:00`. Raises ValueError."""
    found = _LINE.fullmatch(line.strip().lower())
    if not found:
        raise ValueError(f"{line!r}: write days and times like 'mon-fri 09:00-12:00'")
    start, end = (int(found[place]) * 60 + int(found[place + 1]) for place in (2, 4))
    if not (0 <= start < end <= MIDNIGHT and int(found[3]) < 60 and int(found[5]) < 60):
        raise ValueError(f"{line!r}: the times must lie within one day, the first before the second")
    daily = found[1] == "daily"
    return Times(frozenset(range(7)) if daily else _days(found[1], line), start, end, daily)


def _days(names: str, line: str) -> frozenset[int]:
    days: set[int] = set()
    for part in names.split(","):
        ends = part.split("-")
        if len(ends) > 2 or not set(ends) <= set(DAY_NAMES):
            raise ValueError(f"{line!r}: days are {', '.join(DAY_NAMES)} or daily")
        first, last = DAY_NAMES.index(ends[0]), DAY_NAMES.index(ends[-1])
        if first > last:
            raise ValueError(f"{line!r}: the first day comes after the last")
        days.update(range(first, last + 1))
    return frozenset(days)


def opening_at(hours: Sequence[Times], calendar: WorkCalendar, now: datetime) -> Opening:
    """Whether a window with these hours is open `now` (zone-aware), and when that changes."""
    if not hours:
        return Opening(UNPUBLISHED)
    if _uncertain(hours, calendar, now.date()):
        return Opening(UNKNOWN)
    coming = [span for span in _spans(hours, calendar, now) if span[1] > now]
    if not coming:
        return Opening(CLOSED)
    start, end = coming[0]
    if now < start:
        return Opening(CLOSED, opens=start)
    again = coming[1][0] if len(coming) > 1 else None
    return Opening(OPEN, until=end if end - now < _ROUND_THE_CLOCK else None, opens=again)


def changes(
    hours: Sequence[Times], calendar: WorkCalendar, now: datetime, ahead: timedelta
) -> list[tuple[datetime, Opening]]:
    """The state now and at each moment until `now + ahead` at which it, or the day, is another one."""
    moments = {now, _at(now, now.date() + timedelta(days=1), 0)}
    moments.update(edge for span in _spans(hours, calendar, now) for edge in span)
    return [(one, opening_at(hours, calendar, one)) for one in sorted(moments) if now <= one <= now + ahead]


def _uncertain(hours: Sequence[Times], calendar: WorkCalendar, day: date) -> bool:
    """Whether a holiday that nobody has entered may lie on this day."""
    return not calendar.is_confirmed(day.year) and any(not one.on_holidays for one in hours)


def _holds(one: Times, calendar: WorkCalendar, day: date) -> bool:
    if one.on_holidays:
        return True
    if day in calendar.make_up_days:
        return one.days >= _WORKING_WEEK
    return day.weekday() in one.days and day not in calendar.holidays


def _spans(hours: Sequence[Times], calendar: WorkCalendar, now: datetime) -> list[tuple[datetime, datetime]]:
    """From when to when it is open, from today on; what touches is one, also over midnight."""
    merged: list[tuple[datetime, datetime]] = []
    for start, end in _each_span(hours, calendar, now):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _each_span(hours: Sequence[Times], calendar: WorkCalendar, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    for ahead in range(_LOOK_AHEAD):
        day = now.date() + timedelta(days=ahead)
        if _uncertain(hours, calendar, day):
            return
        for one in sorted(hours, key=lambda one: one.start):
            if _holds(one, calendar, day):
                yield _at(now, day, one.start), _at(now, day, one.end)


def _at(now: datetime, day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), now.tzinfo) + timedelta(minutes=minutes)
