"""A request to be called back: what may follow what, and by when it is due."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.callbacks import Progress, State, Step, after, due_by, is_overdue, may_do
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.policy import CALLBACK_DAY_ENDS, CALLBACK_TRIES

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(
    holidays=frozenset({date(2026, 3, 4)}), make_up_days=frozenset({date(2026, 3, 7)}), confirmed_years=frozenset()
)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (2, 3),  # Monday
        (3, 5),  # a holiday lies between
        (6, 7),  # Friday before a Saturday that is worked
        (7, 9),
    ],
)
def test_it_is_due_at_the_end_of_the_next_working_day(day: int, due: int) -> None:
    asked = datetime(2026, 3, day, 23, 59, tzinfo=SHANGHAI)
    assert due_by(asked, CALENDAR) == datetime.combine(date(2026, 3, due), CALLBACK_DAY_ENDS, SHANGHAI)


def test_only_the_last_try_that_nobody_answers_closes_it() -> None:
    now = Progress()
    for tries in range(1, CALLBACK_TRIES):
        now = after(now, Step.NOT_REACHED)
        assert now == Progress(State.WAITING, tries)
    assert after(now, Step.NOT_REACHED) == Progress(State.MISSED, CALLBACK_TRIES, is_closed=True)


def test_a_call_that_got_through_is_closed_with_a_note_afterwards() -> None:
    reached = after(Progress(tries=1), Step.REACHED)
    assert (reached, may_do(reached)) == (Progress(State.ANSWERED, 1), (Step.CLOSED,))
    assert after(reached, Step.CLOSED) == Progress(State.ANSWERED, 1, is_closed=True)


@pytest.mark.parametrize("step", [Step.CLOSED, Step.WITHDRAWN])
def test_nothing_follows_the_end(step: Step) -> None:
    closed = after(Progress(), step)
    for one in Step:
        with pytest.raises(DomainError, match="not_allowed_now"):
            after(closed, one)


def test_only_what_still_waits_is_overdue() -> None:
    due = datetime(2026, 3, 3, 18, tzinfo=SHANGHAI)
    later = due.replace(minute=1)
    assert is_overdue(Progress(), due, later) and not is_overdue(Progress(), due, due)
    assert not is_overdue(after(Progress(), Step.REACHED), due, later)
