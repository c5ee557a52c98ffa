"""Events that an earlier release stored stay readable, and where they lack something the petitioner has the better of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.workflow import Action, CaseState, Event, Role, Status, check

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CALENDAR = WorkCalendar(frozenset(), frozenset(), frozenset({2026}))


def event(day: int, action: Action, role: Role = Role.RESPONSIBLE_UNIT, **data: str) -> Event:
    return Event(action, START + timedelta(days=day), role, data)


def clocks(events: tuple[Event, ...], day: int) -> dict[str, str]:
    return {one.key: one.state for one in deadlines(events, CALENDAR, START + timedelta(days=day))}


BEGUN = (event(0, Action.REGISTER, Role.PETITIONER), event(1, Action.ASSIGN, Role.PETITION_OFFICE, unit="某局",
         report_by="2026-04-20"))  # fmt: skip
ACCEPTED = (*BEGUN, event(3, Action.ACCEPT, procedure="investigation"))
CONCLUDED = (*ACCEPTED, event(20, Action.CONCLUDE, outcome="supported"))


def test_the_result_of_an_earlier_assignment_was_its_report() -> None:
    assert clocks(CONCLUDED, 200)["report"] == "met"
    assert clocks((*BEGUN, event(4, Action.DECLINE, reason="不是职责")), 200)["report"] == "met"
    assert clocks((*ACCEPTED, event(80, Action.SETTLE, agreement="谈好了")), 200)["report"] == "missed"


def test_an_earlier_opinion_was_not_delivered_and_can_be_asked_about() -> None:
    assert "ask_review" not in clocks(CONCLUDED, 200) and "execution" not in clocks(CONCLUDED, 200)
    state = CaseState(Status.CONCLUDED, "appeal", "某局", CONCLUDED)
    asked, status = check(state, Action.REQUEST_REVIEW, Role.PETITIONER, {}, START + timedelta(days=200), CALENDAR)
    assert status is Status.UNDER_REVIEW
    assert clocks((*CONCLUDED, asked), 200)["review"] == "running"


def test_an_earlier_extension_and_an_earlier_route_without_a_date() -> None:
    extended = (*ACCEPTED, event(50, Action.EXTEND, days="30", reason="检测", approved_by="某负责人"))
    assert {one.key: one for one in deadlines(extended, CALENDAR, START)}["conclude"].due_on.isoformat() == "2026-06-03"
    route = (*BEGUN, event(3, Action.ACCEPT, procedure="duty"))
    assert clocks(route, 10)["next_word"] == "running" and clocks(route, 40)["next_word"] == "overdue"
