"""What is told of each action, and which decision is in force (Art. 23, 32-36)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.decisions import TOLD, Decision, Promise, decisions
from kiosk_api.domain.labels_told_zh import DECISION_LABELS, PART_LABELS, STANDING_LABELS
from kiosk_api.domain.standing import standings
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.workflow import RULE_OF, Action, Event, Field, Role

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CALENDAR = WorkCalendar(frozenset(), frozenset(), frozenset({2026, 2027}))
INSIDE = frozenset({"approved_by", "text", "summary", "reported_to", "advice", "report_by", "count", "comment"})
"""Fields that are for the office: whoever puts one into the table must first think about whom it names."""


def event(action: Action, day: int = 0, **data: str) -> Event:
    return Event(action, START + timedelta(days=day), Role.SYSTEM, data)


def conclude(day: date) -> Promise:
    return Promise("conclude", PERIODS["conclude"].label, day)


def told(*events: Event) -> list[Decision]:
    return decisions(events, CALENDAR, events[-1].at)


def test_every_action_says_what_the_petitioner_is_told_of_it() -> None:
    assert set(TOLD) == set(Action)


def test_only_fields_of_the_action_are_told_each_with_a_label() -> None:
    for action, one in TOLD.items():
        if one is None:
            continue
        fields = {field.name for field in RULE_OF[action].fields}
        assert {*one.parts, *filter(None, [one.outcome])} <= fields, action
        assert one.kind in DECISION_LABELS
        assert set(one.parts) <= set(PART_LABELS), action
        assert not INSIDE & set(one.parts), action


def test_what_is_not_public_is_not_told() -> None:
    assert all(one is None or RULE_OF[action].is_public for action, one in TOLD.items())


def test_an_acceptance_says_the_route_and_when_the_answer_is_due() -> None:
    (one,) = told(event(Action.ACCEPT, procedure="investigation"))
    assert (one.kind, one.outcome, one.by) == ("acceptance", "investigation", conclude(date(2026, 5, 1)))
    assert one.standing == "in_force"


def test_an_extension_tells_reason_and_new_date_and_no_approver() -> None:
    accept = event(Action.ACCEPT, procedure="investigation")
    extend = event(Action.EXTEND, 50, days="20", reason="调取档案", approved_by="某某")
    one = told(accept, extend)[-1]
    assert one.by == conclude(date(2026, 5, 21))
    assert one.text == {"reason": "调取档案", "days": "20"}


def test_a_later_extension_does_not_change_what_the_first_notice_said() -> None:
    accept = event(Action.ACCEPT, procedure="investigation")
    extend = event(Action.EXTEND, 50, days="20", reason="调取档案", approved_by="某某")
    assert [one.by for one in told(accept, extend)] == [conclude(date(2026, 5, 1)), conclude(date(2026, 5, 21))]


def test_fields_that_nobody_named_stay_inside() -> None:
    (one,) = told(event(Action.DECLINE, reason="不属于本机关", where_to_go="区民政局", written_by="某某"))
    assert one.text == {"reason": "不属于本机关", "where_to_go": "区民政局"}


CONCLUDE = event(Action.CONCLUDE, 10, outcome="not_supported")


@pytest.mark.parametrize(("decision", "expected"), [
    ("upheld", ["past", "in_force", "upholds"]),
    ("changed", ["past", "replaced", "in_force"]),
    ("returned", ["past", "annulled", "in_force"]),
])  # fmt: skip
def test_a_review_decides_what_is_in_force(decision: str, expected: list[str]) -> None:
    accept = event(Action.ACCEPT, procedure="investigation")
    assert standings([accept, CONCLUDE, event(Action.DECIDE_REVIEW, 40, decision=decision)]) == expected


def test_a_re_examination_that_annuls_takes_the_review_that_upheld_along() -> None:
    upheld = event(Action.DECIDE_REVIEW, 40, decision="upheld")
    annulled = event(Action.DECIDE_REEXAMINATION, 80, decision="returned")
    assert standings([CONCLUDE, upheld, annulled]) == ["annulled", "annulled", "in_force"]


def test_a_re_examination_can_uphold_what_the_review_changed() -> None:
    changed = event(Action.DECIDE_REVIEW, 40, decision="changed")
    upheld = event(Action.DECIDE_REEXAMINATION, 80, decision="upheld")
    assert standings([CONCLUDE, changed, upheld]) == ["replaced", "in_force", "upholds"]


def test_after_an_annulment_the_new_opinion_is_in_force() -> None:
    annulled = event(Action.DECIDE_REVIEW, 40, decision="returned")
    assert standings([CONCLUDE, annulled, event(Action.CONCLUDE, 60)]) == ["annulled", "past", "in_force"]


def test_a_withdrawal_ends_what_was_under_way_and_no_result() -> None:
    accept, withdraw = event(Action.ACCEPT, procedure="duty"), event(Action.WITHDRAW, 3)
    assert standings([accept, withdraw]) == ["past", "notice"]
    assert standings([CONCLUDE, withdraw]) == ["in_force", "notice"]


@pytest.mark.parametrize(("after", "expected"), [
    ((), ("review", "")),
    ((Action.REQUEST_REVIEW,), ("", "review")),
    ((Action.REQUEST_REVIEW, Action.DELIVER), ("", "review")),
    ((Action.REQUEST_REVIEW, Action.DECIDE_REVIEW), ("", "")),
])  # fmt: skip
def test_what_was_asked_for_is_not_asked_for_again(after: tuple[Action, ...], expected: tuple[str, str]) -> None:
    given = {"decision": "upheld", "document": "opinion", "method": "post", "received_on": "2026-04-10"}
    later = [event(action, 20 + place, **given) for place, action in enumerate(after)]
    found = told(event(Action.ACCEPT, procedure="investigation"), CONCLUDE, *later)
    opinion = next(one for one in found if one.kind == "opinion")
    assert (opinion.asks, opinion.asked) == expected
    assert opinion.last_day is None


def test_every_standing_has_its_words() -> None:
    assert set(STANDING_LABELS) == {"in_force", "upholds", "replaced", "annulled", "past", "notice"}


def test_at_most_one_decision_is_in_force_whatever_happened() -> None:
    steps = [event(action, place, decision=decision) for place, (action, decision) in enumerate(
        (action, decision) for action in Action for decision in ("upheld", "changed", "returned"))]  # fmt: skip
    for end in range(len(steps)):
        assert standings(steps[:end]).count("in_force") <= 1


def stated(action: Action, day: int, outcome: int) -> dict[str, str]:
    """Every field of an action filled in, whether the case needs it or not."""

    def value(field: Field) -> str:
        if field.choices:
            return field.choices[outcome % len(field.choices)][0]
        dates = {"date": (START + timedelta(days=day + 30)).date().isoformat(), "number": "10"}
        return dates.get(field.kind, f"{action}.{field.name}")

    return {field.name: value(field) for field in RULE_OF[action].fields}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(Action)), st.integers(0, 5)), max_size=25))
def test_whatever_happened_in_whatever_order_is_told_and_nothing_else(steps: list[tuple[Action, int]]) -> None:
    steps = [(Action.REGISTER, 0), *steps]
    events = [event(action, day, **stated(action, day, outcome)) for day, (action, outcome) in enumerate(steps)]
    found = decisions(events, CALENDAR, START + timedelta(days=90))
    assert [one.place for one in found] == [n for n, one in enumerate(events) if TOLD[one.action]]
    assert sum(one.standing == "in_force" for one in found) <= 1
    for one in found:
        told_of = TOLD[one.action]
        assert told_of is not None and set(one.text) <= set(told_of.parts)
        assert one.received_on is None or one.last_day is None or one.asks


def test_what_an_organ_found_follows_its_transfer_and_an_upheld_objection_takes_it_back() -> None:
    transfer = event(Action.TRANSFER)
    assert standings([transfer, event(Action.REPORT_OUTCOME, 9)]) == ["past", "in_force"]
    assert standings([transfer, event(Action.UPHOLD_OBJECTION, 3)]) == ["past", "notice"]
    assert standings([event(Action.ACCEPT), event(Action.RECALL, 3)]) == ["past", "notice"]


def test_a_recall_does_not_bring_an_annulled_opinion_back() -> None:
    annulled = event(Action.DECIDE_REVIEW, 40, decision="returned")
    assert standings([CONCLUDE, annulled, event(Action.RECALL, 50)]) == ["annulled", "in_force", "notice"]
