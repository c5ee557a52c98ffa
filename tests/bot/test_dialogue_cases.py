"""Progress, urging and rating without Rasa."""

from __future__ import annotations

import pytest

from bot.dialogue.cases import rating_in
from tests.bot.helpers import Citizen
from tests.conversations.fake_api import CASE


def test_number_and_tail_lead_to_the_status() -> None:
    citizen = Citizen()
    citizen.says("查进度", "check_status", 0.9)
    assert citizen.asks == "case_number"
    citizen.says(CASE.lower())
    assert citizen.asks == "phone_tail"
    citizen.says("五六七八")
    assert citizen.asks is None
    assert "已受理" in citizen.said


@pytest.mark.parametrize(
    "text",
    [
        "查" + CASE.replace("-", "。") + "。后四位是５６７８",
        f"我的编号是【{CASE}】，尾号5678",
        CASE.replace("-", "——") + " 五六七八",
        f"请看 http://192.0.2.7:8080/r#{'t' * 32}#wechat_redirect",
        f"http://192.0.2.7:8080/r#{'t' * 32}&from=singlemessage。谢谢",
    ],
)
@pytest.mark.parametrize("asked_first", [False, True])
def test_a_number_or_a_receipts_link_is_looked_up_whatever_an_app_has_made_of_it(text: str, asked_first: bool) -> None:
    citizen = Citizen()
    if asked_first:
        citizen.says("查进度", "check_status", 0.9)
    citizen.says(text)
    assert "已受理" in citizen.said
    assert not citizen.state.get("facts")


def test_the_decision_in_force_is_told_in_short_with_where_to_go() -> None:
    citizen = Citizen()
    declined = {"label": "不予受理告知", "at": "2026-03-10T09:00:00+08:00", "outcome_label": "",
                "where_to_go": "区人民法院立案窗口", "in_force": True}  # fmt: skip
    citizen.kiosk.decisions = [{"label": "受理告知", "at": "2026-03-09T09:00:00+08:00", "in_force": False}, declined]
    citizen.says(f"查进度 {CASE} 5678", "check_status", 0.9)
    assert "2026年3月10日的不予受理告知" in citizen.said and "区人民法院立案窗口" in citizen.said
    assert "受理告知：" not in citizen.said and "3月9日" not in citizen.said


def test_the_last_day_and_what_is_late_are_told() -> None:
    citizen = Citizen()
    citizen.kiosk.decisions = [{"label": "处理意见书", "at": "2026-03-10T09:00:00+08:00", "outcome_label": "不支持",
                                "last_day": "2026-04-09", "in_force": True}]  # fmt: skip
    citizen.kiosk.overdue = {"since": "2026-04-01", "label": "作出复查意见"}
    citizen.says(f"查进度 {CASE} 5678", "check_status", 0.9)
    assert "处理意见书：不支持" in citizen.said and "最晚2026年4月9日申请" in citizen.said
    assert "“作出复查意见”已经超期，从2026年4月1日起算晚" in citizen.said


def test_a_wrong_tail_reveals_nothing_and_asks_again() -> None:
    citizen = Citizen()
    citizen.says(f"查 {CASE}，尾号0000", "check_status", 0.9)
    assert citizen.asks == "case_number"
    assert "已受理" not in citizen.said


def test_urging_too_soon_is_refused_with_a_reason() -> None:
    citizen = Citizen()
    citizen.kiosk.can_urge = False
    citizen.says(f"催办 {CASE} 5678", "urge", 0.9)
    assert "3天内" in citizen.said
    assert citizen.kiosk.urged == []


def test_rating_asks_for_both_and_sends_both() -> None:
    citizen = Citizen()
    citizen.says(f"评价 {CASE} 5678", "rate", 0.9)
    assert citizen.turn.replies[-1]["expects"] == "rating"
    citizen.says("满意")
    citizen.says("不满意，太慢")
    sent = citizen.kiosk.rated[0]
    assert (sent["petition_office"], sent["responsible_unit"]) == ("satisfied", "dissatisfied")


def test_an_unreachable_api_is_reported() -> None:
    citizen = Citizen()
    citizen.kiosk.down = True
    citizen.says(f"查进度 {CASE} 5678", "check_status", 0.9)
    assert "查不了" in citizen.said


def test_a_rate_limit_is_answered_with_the_waiting_time() -> None:
    citizen = Citizen()
    citizen.kiosk.busy = "试的次数有点多，请等一分钟再试。"
    citizen.says(f"查进度 {CASE} 5678", "check_status", 0.9)
    assert "等一分钟" in citizen.said
    assert "系统" not in citizen.said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("满意", "satisfied"),
        ("基本满意", "fairly_satisfied"),
        ("不满意", "dissatisfied"),
        ("不太满意", "dissatisfied"),
        ("一般吧", "fairly_satisfied"),
        ("啥", None),
    ],
)
def test_ratings_are_read(text: str, value: str | None) -> None:
    assert rating_in(text) == value


def test_a_telephone_number_is_not_a_case_number() -> None:
    citizen = Citizen()
    citizen.says("查进度", "check_status", 0.9)
    citizen.says("电话13811112222")
    assert citizen.asks == "case_number"
