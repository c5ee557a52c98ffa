"""The workflow table against random sequences of actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.policy import OFFICE_PERIODS
from kiosk_api.domain.statute import ARTICLES, PERIODS
from kiosk_api.domain.workflow import (
    RULE_OF,
    TABLE,
    Action,
    CaseState,
    Event,
    Field,
    Role,
    Rule,
    Status,
    WorkflowError,
    allowed,
    check,
)

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
CALENDAR = WorkCalendar(frozenset(), frozenset(), frozenset({2026, 2027}))


ALSO = {"procedure", "organ", "responsible_unit"}
"""Fields that only some cases need."""


def complete(rule: Rule, at: datetime) -> dict[str, str]:
    return {field.name: filled(field, at) for field in rule.fields if field.required or field.name in ALSO}


def filled(field: Field, at: datetime) -> str:
    if field.kind == "choice":
        return {"procedure": "investigation", "method": "online", "document": "acceptance"}.get(
            field.name, field.choices[0][0]
        )
    if field.name == "received_on":
        return at.date().isoformat()
    if field.kind == "choices":
        return ",".join(key for key, _ in field.choices)
    return {"number": "30", "date": (at.date() + timedelta(days=20)).isoformat()}.get(field.kind, "有内容")


def registered() -> CaseState:
    return CaseState(Status.REGISTERED, "appeal", None, (Event(Action.REGISTER, START, Role.PETITIONER),))


def test_every_action_has_exactly_one_row() -> None:
    assert sorted(rule.action for rule in TABLE) == sorted(Action)


def test_every_row_cites_an_article_we_know_and_clocks_we_count() -> None:
    for rule in TABLE:
        assert rule.article == "" or rule.article in ARTICLES
        for clock in (*rule.starts, *rule.stops, *rule.cancels):
            assert clock in PERIODS or clock in OFFICE_PERIODS or clock == "report"


def test_every_state_can_be_reached_and_every_open_state_can_be_left() -> None:
    reached = {status for rule in TABLE for status in (rule.to, *rule.may_to)}
    assert reached >= set(Status)
    for status in set(Status) - {Status.CLOSED, Status.WITHDRAWN}:
        assert any(status in rule.from_ and rule.to not in (None, status) for rule in TABLE)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(Action)),
            st.sampled_from(sorted(Role)),
            st.integers(0, 40),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_no_sequence_of_actions_leaves_the_table(steps: list) -> None:
    state, at = registered(), START
    for action, role, days, is_complete in steps:
        at += timedelta(days=days)
        rule = RULE_OF[action]
        data = complete(rule, at) if is_complete else {}
        before = (state.status, tuple(state.events))
        try:
            event, status = check(state, action, role, data, at, CALENDAR)
        except WorkflowError:
            assert (state.status, tuple(state.events)) == before
            continue
        assert state.status in rule.from_
        assert role in rule.roles
        assert status in (rule.to or state.status, *rule.may_to)
        assert all(event.data.get(f.name) for f in rule.fields if f.required)
        state = CaseState(status, state.kind, None, (*state.events, event))
        for clock in deadlines(state.events, CALENDAR, at):
            assert clock.starts_on <= clock.due_on


@pytest.mark.parametrize("status", sorted(Status))
@pytest.mark.parametrize("role", sorted(Role))
def test_every_offered_action_is_accepted_and_no_other(status: Status, role: Role) -> None:
    accept = Event(Action.ACCEPT, START, Role.RESPONSIBLE_UNIT, {"procedure": "investigation"})
    handled = {Status.ACCEPTED, Status.REHANDLING}
    events = (*registered().events, accept) if status in handled else registered().events
    state = CaseState(status, "appeal", "某局", events)
    offered = {one.rule.action for one in allowed(state, role, START, CALENDAR) if one.allowed}
    for action in Action:
        data = complete(RULE_OF[action], START)
        try:
            check(state, action, role, data, START, CALENDAR)
            accepted = True
        except WorkflowError:
            accepted = False
        assert accepted == (action in offered)


def test_an_action_not_open_now_has_a_reason_in_chinese() -> None:
    for one in allowed(registered(), Role.PETITIONER, START, CALENDAR):
        assert one.allowed or one.reason


def test_only_the_sixth_route_has_sixty_days() -> None:
    for procedure, _ in RULE_OF[Action.ACCEPT].fields[0].choices:
        event = Event(Action.ACCEPT, START, Role.RESPONSIBLE_UNIT, {"procedure": procedure})
        keys = {clock.key for clock in deadlines([event], CALENDAR, START)}
        assert ("conclude" in keys) == (procedure == "investigation")


def test_an_extension_of_more_than_thirty_days_is_refused() -> None:
    accept = Event(Action.ACCEPT, START, Role.RESPONSIBLE_UNIT, {"procedure": "investigation"})
    state = CaseState(Status.ACCEPTED, "appeal", "某局", (*registered().events, accept))
    data = {"days": "31", "reason": "情况复杂"}
    unit, leader = Role.RESPONSIBLE_UNIT, Role.UNIT_LEADER
    with pytest.raises(WorkflowError, match="incomplete"):
        check(state, Action.REQUEST_EXTENSION, unit, data, START, CALENDAR, "clerk")
    asked, _ = check(state, Action.REQUEST_EXTENSION, unit, {**data, "days": "30"}, START, CALENDAR, "clerk")
    state = replace(state, events=(*state.events, asked))
    event, _ = check(state, Action.EXTEND, leader, {}, START, CALENDAR, "leader")
    clock = [c for c in deadlines([*state.events, event], CALENDAR, START) if c.key == "conclude"]
    assert clock[0].due_on == date(2026, 3, 2) + timedelta(days=90)


def test_hearing_days_do_not_count_towards_reexamination() -> None:
    def at(day: int) -> datetime:
        return START + timedelta(days=day)

    ask = Event(Action.REQUEST_REEXAMINATION, at(0), Role.PETITIONER)
    hold = Event(Action.HOLD_HEARING, at(5), Role.REVIEW_UNIT)
    end = Event(Action.END_HEARING, at(12), Role.REVIEW_UNIT)
    clock = deadlines([ask, hold, end], CALENDAR, at(13))[0]
    assert clock.due_on == (START + timedelta(days=38)).date()  # eight days: the first and the last are whole ones


def test_a_working_day_clock_that_touches_an_unconfirmed_year_is_provisional() -> None:
    late = datetime(2027, 12, 29, 9, tzinfo=ZONE)
    forward = Event(Action.FORWARD, late, Role.PETITION_OFFICE, {"unit": "某局"})
    states = {c.key: c.provisional for c in deadlines([forward], CALENDAR, late)}
    assert states == {"notice": False, "objection": True}


def test_pictures_are_accepted_while_a_case_is_open_and_change_no_clock() -> None:
    rule = RULE_OF[Action.ADD_MATERIAL]
    over = {Status.DECLINED, Status.SETTLED, Status.TRANSFERRED, Status.GUIDED, Status.ANSWERED,
            Status.REEXAMINED, Status.WITHDRAWN, Status.CLOSED}  # fmt: skip
    assert rule.from_ == set(Status) - over
    assert rule.to is None and not (rule.starts or rule.stops or rule.cancels)
    event, status = check(registered(), Action.ADD_MATERIAL, Role.PETITIONER, {"count": "2"}, START, CALENDAR)
    state = CaseState(status, "appeal", None, (*registered().events, event))
    assert status is Status.REGISTERED
    assert deadlines(state.events, CALENDAR, START) == deadlines(registered().events, CALENDAR, START)
    closed = CaseState(Status.CLOSED, "appeal", None, state.events)
    with pytest.raises(WorkflowError) as refused:
        check(closed, Action.ADD_MATERIAL, Role.PETITIONER, {"count": "1"}, START, CALENDAR)
    assert "不能再补照片" in refused.value.detail
