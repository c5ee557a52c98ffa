"""When the same matter need not be accepted again (Art. 19(3), 36(3)), and when two accounts are alike."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk_api.domain.policy import REPEAT_LIKE_FROM
from kiosk_api.domain.repeats import advice, ground, likeness
from kiosk_api.domain.workflow import Action, Event, Role, Status

AT = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HANDLED = {Status.ACCEPTED, Status.UNDER_REVIEW, Status.REHANDLING, Status.UNDER_REEXAMINATION}


def reexamined(decision: str) -> list[Event]:
    return [Event(Action.DECIDE_REEXAMINATION, AT, Role.REVIEW_UNIT, {"decision": decision})]


@pytest.mark.parametrize("status", Status)
def test_only_what_is_accepted_or_handled_is_a_ground_without_a_reexamination(status: Status) -> None:
    assert ground(status, []) == ("being_handled" if status in HANDLED else "")
    assert advice(status, []).endswith("。")


@pytest.mark.parametrize("status", [Status.REEXAMINED, Status.CLOSED])
@pytest.mark.parametrize(
    ("decision", "found"), [("upheld", "closed_for_good"), ("changed", "closed_for_good"), ("returned", "")]
)
def test_after_reexamination_it_is_closed_for_good_unless_annulled(status: Status, decision: str, found: str) -> None:
    assert ground(status, reexamined(decision)) == found
    assert ("第三十六条" in advice(status, reexamined(decision))) == bool(found)


@pytest.mark.parametrize(("status", "said"), [
    (Status.FORWARDED, "还没有受理"), (Status.CONCLUDED, "可以申请复查"), (Status.WITHDRAWN, "没有在办"),
])  # fmt: skip
def test_where_nothing_allows_a_refusal_the_officer_is_told_what_to_do(status: Status, said: str) -> None:
    assert said in advice(status, []) and ("照常办理" in advice(status, []) or "不要据此不收" in advice(status, []))


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("工地半夜打桩，老人孩子睡不着", "旁边工地天天半夜打桩，孩子睡不着觉", True),
    ("工地半夜打桩，老人孩子睡不着", "工地半夜打桩,老人孩子睡不着!", True),
    ("工地半夜打桩，老人孩子睡不着", "包工头欠我三个月工资没有给", False),
    ("", "工地半夜打桩", False),
    ("！", "？", False),
])  # fmt: skip
def test_accounts_of_one_matter_are_alike(one: str, other: str, alike: bool) -> None:
    assert (likeness(one, other) >= REPEAT_LIKE_FROM) == alike
    assert likeness(one, other) == likeness(other, one)
