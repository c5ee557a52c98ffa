"""What is typed for an action: wrong kinds of values, several choices, and accounts with two roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk_api.domain import policy
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.workflow import Action, CaseState, Event, Role, Status, WorkflowError, check

AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CALENDAR = WorkCalendar(frozenset(), frozenset(), frozenset({2026}))
REGISTERED = CaseState(Status.REGISTERED, "appeal", None, (Event(Action.REGISTER, AT, Role.PETITIONER),))
ACCEPTED = replace(
    REGISTERED,
    status=Status.ACCEPTED,
    events=(*REGISTERED.events, Event(Action.ACCEPT, AT, Role.RESPONSIBLE_UNIT, {"procedure": "investigation"})),
)
ALL = "party_committee,government,department,joint_conference,superior_office,national_office"


def refused(state: CaseState, action: Action, role: Role, **data: str) -> dict[str, str]:
    with pytest.raises(WorkflowError) as caught:
        check(state, action, role, data, AT, CALENDAR, "one-account")
    return {one.field: one.detail for one in caught.value.errors}


def test_every_wrong_field_is_named_at_once() -> None:
    found = refused(REGISTERED, Action.ASSIGN, Role.PETITION_OFFICE, unit="某" * (TEXT_MAX + 1), report_by="明天")
    assert found.keys() == {"unit", "report_by"}
    assert "最多" in found["unit"] and "2026-01-31" in found["report_by"]


def test_choices_are_those_of_the_table_in_its_order() -> None:
    office = Role.PETITION_OFFICE
    for typed in ("somebody", ",", f"{ALL},somebody"):
        assert refused(REGISTERED, Action.REPORT_URGENT, office, recipients=typed, summary="已经派人").keys() == {
            "recipients"
        }
    typed = ", ".join(reversed(ALL.split(",")))
    event, _ = check(
        REGISTERED, Action.REPORT_URGENT, office, {"recipients": typed, "summary": "已经派人"}, AT, CALENDAR
    )
    assert event.data["recipients"] == ALL


def test_what_the_table_does_not_name_is_not_kept() -> None:
    event, _ = check(
        REGISTERED, Action.FORWARD, Role.PETITION_OFFICE, {"unit": "某局", "kind": "x", "hear_by": "y"}, AT, CALENDAR
    )
    assert event.data == {"unit": "某局"}


def test_nobody_grants_their_own_application_even_with_two_roles() -> None:
    data = {"days": "10", "reason": "要等检测"}
    asked, _ = check(ACCEPTED, Action.REQUEST_EXTENSION, Role.RESPONSIBLE_UNIT, data, AT, CALENDAR, "one-account")
    state = replace(ACCEPTED, events=(*ACCEPTED.events, asked))
    with pytest.raises(WorkflowError, match="forbidden"):
        check(state, Action.EXTEND, Role.UNIT_LEADER, {}, AT, CALENDAR, "one-account")
    event, _ = check(state, Action.EXTEND, Role.UNIT_LEADER, {}, AT, CALENDAR, "another")
    assert (event.actor, event.data) == ("another", data)


def test_extensions_sum_to_thirty_days_however_many_the_office_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Art. 34 bounds the days; that there is one extension only is the office's policy."""
    monkeypatch.setattr(policy, "EXTENSIONS_MOST", 3)
    state = ACCEPTED
    for days, action, role, actor in (
        ("20", Action.REQUEST_EXTENSION, Role.RESPONSIBLE_UNIT, "clerk"), ("", Action.EXTEND, Role.UNIT_LEADER, "head"),
    ):  # fmt: skip
        event, _ = check(state, action, role, {"days": days, "reason": "要等检测"}, AT, CALENDAR, actor)
        state = replace(state, events=(*state.events, event))
    again = {"days": "11", "reason": "还要等"}
    assert refused(state, Action.REQUEST_EXTENSION, Role.RESPONSIBLE_UNIT, **again).keys() == {"days"}
    event, _ = check(state, Action.REQUEST_EXTENSION, Role.RESPONSIBLE_UNIT, {**again, "days": "10"}, AT, CALENDAR)
    assert event.data["days"] == "10"
