"""Statutory clocks, computed from recorded events and a calendar; nothing else moves one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from kiosk_api.domain.advice import WHICH
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.policy import NEW_ROUTE_PERIODS, OFFICE_PERIODS
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.workflow_review import FAILED, OPINION, REVIEW_OPINION
from kiosk_api.domain.workflow_rows import DONE, INVESTIGATION, RETURNED
from kiosk_api.domain.workflow_table import RULE_OF
from kiosk_api.domain.workflow_types import Action, Event

State = Literal["running", "met", "missed", "overdue", "stopped", "lapsed"]

RIGHTS = frozenset({"objection", "ask_review", "ask_reexamination"})
"""Periods in which somebody may act; unused they lapse, and nobody is late."""
INTERNAL = frozenset({"advice", "hearing"})
"""Clocks between offices, which are not shown to the petitioner."""
_DATE_IN = {
    "report": "report_by", "own_limit": "own_limit", "next_word": "hear_by", "execution": "execute_by",
    "supervision": "answer_by", "advice": "answer_by",
}  # fmt: skip
"""The date that an action names for a clock (Art. 22 for `report`, otherwise the office's own)."""
REPORTS_APART = "reports_apart"
"""In the data of an assignment: its report is a closing report. Assignments of earlier releases have none; there the
written result was the report."""
_REPORTED_BY = frozenset({Action.CONCLUDE, Action.SETTLE, Action.DECLINE})
_KEEPS_FIRST = frozenset({"supervision"})
"""A second one while the first is open does not put off the first."""


@dataclass(frozen=True)
class Deadline:
    """One clock: its rule, its dates, and its state.

    `provisional` says that the date rests on a year whose holidays are not confirmed yet. `late_since` is the
    due day that had passed when the clock was extended: lateness is not undone by more time.
    `article` is empty for the office's own periods.
    """

    key: str
    label: str
    article: str
    starts_on: date
    due_on: date
    state: State
    provisional: bool = False
    late_since: date | None = None


def due_on(key: str, starts_on: date, calendar: WorkCalendar) -> date:
    """The last day of the statutory period `key` that starts with an event on `starts_on`."""
    period = PERIODS[key]
    if period.unit == "working_days":
        return calendar.add_working_days(starts_on, period.amount)
    return starts_on + timedelta(days=period.amount)


def deadlines(events: Sequence[Event], calendar: WorkCalendar, now: datetime) -> list[Deadline]:
    """Every clock the events started, oldest first, with its state at `now`."""
    clocks = _Clocks(calendar)
    for event in events:
        clocks.apply(event)
    return clocks.at(now.date())


def day_of(event: Event) -> date:
    """The day an event counts from: a letter that staff registered, from its receipt (Art. 22)."""
    received_on = event.data.get("received_on") if event.action is Action.REGISTER else None
    return date.fromisoformat(received_on) if received_on else event.at.date()


class _Clocks:
    """Folds the events of a case into its clocks."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._all: list[Deadline] = []
        self._running: dict[str, int] = {}
        self._kept: dict[str, Deadline] = {}  # what a recall interrupted: the next unit gets no new time
        self._upheld = 0
        self._advised = 0
        self._procedure = ""
        self._reports_apart = True
        self._asks: dict[str, str] = {}  # document → the right that starts when it is received
        self._hearing_since: date | None = None
        self._heard_until = date.min

    def apply(self, event: Event) -> None:
        """Take in the next event."""
        rule, day, data = RULE_OF[event.action], day_of(event), event.data
        if event.action is Action.RECALL:
            self._keep("conclude")
        if event.action is Action.UPHOLD_OBJECTION:
            self._upheld += 1
        if event.action is Action.ASSIGN:
            self._reports_apart = REPORTS_APART in data
        if event.action in _REPORTED_BY and not self._reports_apart:
            self._end("report", "met", day)
        if event.action is Action.ACCEPT:
            self._procedure = data.get("procedure", "")
        if event.action is Action.ANSWER_ADVICE:
            self._answer_advice(data.get(WHICH), day)
        for key in rule.stops:
            if self._stops(key, event):
                self._end(key, "met", day)
        for key in rule.cancels:
            if key != "execution" or data.get("decision", RETURNED) != "upheld":
                self._end(key, "stopped", day)
        self._advised += event.action is Action.ADVISE  # a clock for each, as an answer ends one of them
        for key in rule.starts:
            self._start(key, event)
        self._special(event, day)

    def at(self, today: date) -> list[Deadline]:
        """The clocks as they stand on this day."""
        found = list(self._all)
        for key, place in self._running.items():
            clock = found[place]
            if key == "reexamination" and self._hearing_since is not None:
                clock = _later(clock, self._hearing_days(today))
            if today > clock.due_on or clock.late_since:
                clock = replace(clock, state="lapsed" if key in RIGHTS else "overdue")
            found[place] = clock
        return found

    def _stops(self, key: str, event: Event) -> bool:
        """A report that something is not carried out yet stops nothing."""
        return key != "execution" or event.data.get("carried_out") == DONE

    def _special(self, event: Event, day: date) -> None:
        data = event.data
        match event.action:
            case Action.EXTEND:
                for key in ("conclude", "report"):
                    self._extend(key, int(data["days"]), day)
            case Action.CONCLUDE:
                self._asks = {OPINION: "ask_review"} if self._procedure == INVESTIGATION else {}
            case Action.REQUEST_REVIEW | Action.REQUEST_REEXAMINATION | Action.RECALL | Action.WITHDRAW:
                self._asks = {}
                self._hearing_since = None
            case Action.DECIDE_REVIEW | Action.DECIDE_REEXAMINATION:
                self._decided(event)
            case Action.DELIVER if data["method"] != FAILED:
                self._asks.pop(data["document"], None)
            case Action.HOLD_HEARING:
                self._hearing_since = day
            case Action.END_HEARING if self._hearing_since is not None:
                place = self._running.get("reexamination")
                if place is not None:
                    self._all[place] = _later(self._all[place], self._hearing_days(day))
                self._hearing_since, self._heard_until = None, day

    def _hearing_days(self, until: date) -> int:
        """Whole days of the open hearing (Art. 36), the first and the last with them; a day counts once,
        however many hearings it saw."""
        assert self._hearing_since is not None
        first = max(self._hearing_since, self._heard_until + timedelta(days=1))
        return max(0, (until - first).days + 1)

    def _decided(self, event: Event) -> None:
        if event.data.get("decision") == RETURNED:
            self._procedure = INVESTIGATION
        elif event.action is Action.DECIDE_REVIEW:
            self._asks = {REVIEW_OPINION: "ask_reexamination"}

    def _start(self, key: str, event: Event) -> None:
        """Start a clock, where this event does."""
        day, data = day_of(event), event.data
        if key in _KEEPS_FIRST and key in self._running:
            return
        if key in ("ask_review", "ask_reexamination"):
            if data["method"] != FAILED and self._asks.get(data["document"]) == key:
                self._statutory(key, date.fromisoformat(data["received_on"]))
            return
        if key == "conclude":
            self._start_conclude(event)
        elif key == "next_word" and event.action is Action.ACCEPT:
            if self._procedure != INVESTIGATION and "own_limit" not in data:
                usual = (day + timedelta(days=OFFICE_PERIODS[key].days)).isoformat()
                self._named(key, day, data.get("hear_by", usual))
        elif key == "notice" and data.get("kind") == "accusation":
            return  # Art. 23 (4): told by the rules of the organs that handle it
        elif key == "advice" and "answer_by" in data:
            self._named(key, day, data["answer_by"], _slot(self._advised))
        elif key == "hearing":
            self._add(Deadline(key, OFFICE_PERIODS[key].label, "", day, _after(day, key), "running"))
        elif key in _DATE_IN:
            if _DATE_IN[key] in data:
                self._named(key, day, data[_DATE_IN[key]])
        elif key == "route" and (event.action is Action.RECALL or self._upheld > NEW_ROUTE_PERIODS):
            self._again(next(one for one in reversed(self._all) if one.key == key))
        else:
            self._statutory(key, day)

    def _start_conclude(self, event: Event) -> None:
        """The 60 days: of an acceptance under Art. 31 (6), or anew after an annulment (policy.py)."""
        if event.action is not Action.ACCEPT:
            if event.data.get("decision") == RETURNED:
                self._statutory("conclude", event.at.date())
        elif self._procedure == INVESTIGATION:
            kept = self._kept.pop("conclude", None)
            if kept is None:
                self._statutory("conclude", event.at.date())
            else:
                self._again(kept)

    def _statutory(self, key: str, day: date) -> None:
        period, due = PERIODS[key], due_on(key, day, self._calendar)
        unsure = period.unit == "working_days" and not all(
            self._calendar.is_confirmed(year) for year in range(day.year, due.year + 1)
        )
        self._add(Deadline(key, period.label, period.article, day, due, "running", unsure))

    def _answer_advice(self, which: str | None, day: date) -> None:
        """End the clock of the advice that is answered; of all where an earlier release did not say which."""
        for number in range(1, self._advised + 1):
            if which in (None, str(number)):
                self._end(_slot(number), "met", day)

    def _named(self, key: str, day: date, until: str, slot: str = "") -> None:
        label, article = ("承办单位报告办理结果", "22") if key == "report" else (OFFICE_PERIODS[key].label, "")
        self._add(Deadline(key, label, article, day, date.fromisoformat(until), "running"), slot)

    def _again(self, clock: Deadline) -> None:
        """The same dates as before: nothing that went wrong on the way gives new time."""
        self._add(replace(clock, state="running"))

    def _add(self, clock: Deadline, slot: str = "") -> None:
        self._running[slot or clock.key] = len(self._all)
        self._all.append(clock)

    def _keep(self, key: str) -> None:
        place = self._running.get(key)
        if place is not None:
            self._kept[key] = self._all[place]

    def _end(self, key: str, state: State, day: date) -> None:
        place = self._running.pop(key, None)
        if place is None:
            return
        clock = self._all[place]
        late = day > clock.due_on or clock.late_since is not None
        if late:
            state = "lapsed" if key in RIGHTS and state == "stopped" else "missed"
        self._all[place] = replace(clock, state=state)

    def _extend(self, key: str, days: int, day: date) -> None:
        place = self._running.get(key)
        if place is None:
            return
        clock = self._all[place]
        late = clock.late_since or (clock.due_on if day > clock.due_on else None)
        self._all[place] = replace(_later(clock, days), late_since=late)


def _slot(number: int) -> str:
    """Under which name the clock of this advice runs: several may run in one case."""
    return f"advice {number}"


def _later(clock: Deadline, days: int) -> Deadline:
    return replace(clock, due_on=clock.due_on + timedelta(days=days))


def _after(day: date, key: str) -> date:
    return day + timedelta(days=OFFICE_PERIODS[key].days)
