"""Statutory clocks, computed from recorded events and a calendar; nothing else moves one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.workflow_table import INVESTIGATION, RULE_OF
from kiosk_api.domain.workflow_types import Action, Event

State = Literal["running", "met", "missed", "overdue", "stopped", "lapsed"]

RIGHTS = frozenset({"objection", "ask_review", "ask_reexamination"})
"""Periods in which somebody may act; unused they lapse, and nobody is late."""


@dataclass(frozen=True)
class Deadline:
    """One clock: its rule, its dates, and its state.

    `provisional` says that the date rests on a year whose holidays are not confirmed yet.
    """

    key: str
    label: str
    article: str
    starts_on: date
    due_on: date
    state: State
    provisional: bool = False


def due_on(key: str, starts_on: date, calendar: WorkCalendar) -> date:
    """The last day of the statutory period `key` that starts with an event on `starts_on`."""
    period = PERIODS[key]
    if period.unit == "working_days":
        return calendar.add_working_days(starts_on, period.amount)
    return starts_on + timedelta(days=period.amount)


def deadlines(events: Sequence[Event], calendar: WorkCalendar, now: datetime) -> list[Deadline]:
    """Every clock the events started, oldest first, with its state at `now`."""
    clocks: list[Deadline] = []
    running: dict[str, int] = {}
    hearing_since: date | None = None
    today = now.date()
    for event in events:
        rule, day = RULE_OF[event.action], day_of(event)
        for key in rule.stops:
            _end(clocks, running, key, "met", day)
        for key in rule.cancels:
            _end(clocks, running, key, "stopped", day)
        for key in rule.starts:
            if key == "conclude" and event.data.get("procedure") != INVESTIGATION:
                continue  # Art. 34 speaks of Art. 31(6) only; the other routes have their own law
            running[key] = len(clocks)
            clocks.append(_start(key, event, calendar))
        if event.action is Action.EXTEND and "conclude" in running:
            _postpone(clocks, running["conclude"], int(event.data["days"]))
        elif event.action is Action.HOLD_HEARING:
            hearing_since = day
        elif event.action is Action.END_HEARING and hearing_since is not None:
            _pause(clocks, running, (day - hearing_since).days)
            hearing_since = None
    if hearing_since is not None:
        _pause(clocks, running, (today - hearing_since).days)
    for key, place in running.items():
        if today > clocks[place].due_on:
            state: State = "lapsed" if key in RIGHTS else "overdue"
            clocks[place] = replace(clocks[place], state=state)
    return clocks


def day_of(event: Event) -> date:
    """The day an event counts from: a letter that staff registered, from its receipt (Art. 22)."""
    received_on = event.data.get("received_on") if event.action is Action.REGISTER else None
    return date.fromisoformat(received_on) if received_on else event.at.date()


def _start(key: str, event: Event, calendar: WorkCalendar) -> Deadline:
    day = day_of(event)
    if key == "report":  # the date an assignment sets (Art. 22), not a statutory period
        due = date.fromisoformat(event.data["report_by"])
        return Deadline(key, "承办单位报告办理结果", "22", day, due, "running")
    period = PERIODS[key]
    due = due_on(key, day, calendar)
    unsure = period.unit == "working_days" and not all(
        calendar.is_confirmed(year) for year in range(day.year, due.year + 1)
    )
    return Deadline(key, period.label, period.article, day, due, "running", unsure)


def _end(clocks: list[Deadline], running: dict[str, int], key: str, state: State, day: date) -> None:
    place = running.pop(key, None)
    if place is None:
        return
    if state == "met" and day > clocks[place].due_on:
        state = "missed"
    clocks[place] = replace(clocks[place], state=state)


def _postpone(clocks: list[Deadline], place: int, days: int) -> None:
    clock = clocks[place]
    clocks[place] = replace(clock, due_on=clock.due_on + timedelta(days=days))


def _pause(clocks: list[Deadline], running: dict[str, int], days: int) -> None:
    """A hearing's days do not count towards re-examination (Art. 36)."""
    if "reexamination" in running:
        _postpone(clocks, running["reexamination"], days)
