"""Clocks on the very day, and two of one kind beside each other."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from kiosk_api.domain.advice import WHICH
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import REPORTS_APART, Deadline, deadlines
from kiosk_api.domain.workflow_types import Action, Event, Role
from tests.factories import START

CALENDAR = WorkCalendar(frozenset(), frozenset(), frozenset({2026}))
DUE = START.date() + timedelta(days=60)  # of an acceptance on the first day (Art. 34)


def on(action: Action, after: int, role: Role = Role.RESPONSIBLE_UNIT, **data: str) -> Event:
    return Event(action, START + timedelta(days=after), role, data, "x")


def clocks(*events: Event, at: int = 0) -> dict[str, list[Deadline]]:
    found: dict[str, list[Deadline]] = {}
    for one in deadlines(events, CALENDAR, START + timedelta(days=at)):
        found.setdefault(one.key, []).append(one)
    return found


REGISTERED = on(Action.REGISTER, 0, Role.PETITIONER)
FORWARDED = on(Action.FORWARD, 0, Role.PETITION_OFFICE, unit="u")
ACCEPTED = on(Action.ACCEPT, 0, procedure="investigation")
IN_WORK = (REGISTERED, FORWARDED, ACCEPTED)


@pytest.mark.parametrize(("day", "late"), [(59, None), (60, None), (61, DUE)])
def test_an_extension_on_the_last_day_is_in_time_and_on_the_next_is_late(day: int, late: date | None) -> None:
    (one,) = clocks(*IN_WORK, on(Action.EXTEND, day, days="30"), at=day)["conclude"]
    assert (one.due_on, one.late_since) == (DUE + timedelta(days=30), late)


@pytest.mark.parametrize(("day", "state"), [(60, "met"), (61, "missed")])
def test_concluded_on_the_last_day_is_in_time(day: int, state: str) -> None:
    assert clocks(*IN_WORK, on(Action.CONCLUDE, day), at=day)["conclude"][0].state == state


def test_a_late_case_stays_late_although_more_time_was_given() -> None:
    events = (*IN_WORK, on(Action.EXTEND, 61, days="30"), on(Action.CONCLUDE, 70))
    assert clocks(*events, at=70)["conclude"][0].state == "missed"


@pytest.mark.parametrize(("which", "states"), [("1", ["met", "running"]), ("2", ["running", "met"])])
def test_of_two_pieces_of_advice_the_one_that_is_answered_ends(which: str, states: list[str]) -> None:
    given = [on(Action.ADVISE, day, Role.PETITION_OFFICE, answer_by="2026-05-01", addressee="u") for day in (1, 2)]
    found = clocks(*IN_WORK, *given, on(Action.ANSWER_ADVICE, 3, **{WHICH: which}), at=3)
    assert [one.state for one in found["advice"]] == states


def test_an_answer_of_before_advice_was_numbered_ends_all() -> None:
    given = [on(Action.ADVISE, day, Role.PETITION_OFFICE, answer_by="2026-05-01", addressee="u") for day in (1, 2)]
    found = clocks(*IN_WORK, *given, on(Action.ANSWER_ADVICE, 3), at=3)
    assert [one.state for one in found["advice"]] == ["met", "met"]


def test_the_report_of_an_assignment_cites_its_article_and_ends_apart_from_the_result() -> None:
    """Art. 22: an assignment says by when its result is reported."""
    assigned = {"unit": "u", "report_by": "2026-05-20"}
    apart = on(Action.ASSIGN, 0, Role.PETITION_OFFICE, **assigned, **{REPORTS_APART: "yes"})
    former = on(Action.ASSIGN, 0, Role.PETITION_OFFICE, **assigned)
    for first, state in ((apart, "running"), (former, "met")):
        (one,) = clocks(REGISTERED, first, ACCEPTED, on(Action.CONCLUDE, 10), at=10)["report"]
        assert (one.article, one.due_on, one.state) == ("22", date(2026, 5, 20), state)


def test_the_days_to_ask_run_once_from_the_first_receipt() -> None:
    handed = [on(Action.DELIVER, day, document="opinion", method="on_the_spot",
                 received_on=(START + timedelta(days=day)).date().isoformat()) for day in (12, 20)]  # fmt: skip
    found = clocks(*IN_WORK, on(Action.CONCLUDE, 10), *handed, at=20)
    assert [one.due_on for one in found["ask_review"]] == [(START + timedelta(days=42)).date()]


def test_a_letter_counts_from_its_receipt_and_not_from_its_registration() -> None:
    letter = on(Action.REGISTER, 0, Role.PETITION_OFFICE, received_on="2026-02-20")
    assert clocks(letter)["route"][0].due_on == date(2026, 3, 7)
    assert clocks(REGISTERED)["route"][0].due_on == date(2026, 3, 17)


def test_five_working_days_over_the_end_of_a_year_that_is_not_confirmed_are_provisional() -> None:
    late = datetime(2026, 12, 28, 10, tzinfo=START.tzinfo)
    events = [
        Event(Action.REGISTER, late, Role.PETITIONER, {}, "x"),
        Event(Action.FORWARD, late, Role.PETITION_OFFICE, {"unit": "u"}, "x"),
    ]
    found = {one.key: one for one in deadlines(events, CALENDAR, late)}
    assert found["objection"].provisional and not found["notice"].provisional
