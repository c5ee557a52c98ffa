"""A lost receipt in the talk: what to bring and where, and never again the question for the number."""

from __future__ import annotations

import pytest

from bot.dialogue.lost_receipt import is_lost
from tests.bot.helpers import Citizen
from tests.conversations.fake_api import FakeKiosk

LOST = (
    "小票掉了咋办", "回执叫娃撕了", "我那张纸找不着了", "信访编号记不得了", "二维码寻不到了咋补", "回执洗烂了还能查不",
    "你们机器打的单子不见了", "回執唔見咗", "编号忘了", "回执能补办吗",
)  # fmt: skip
NOT_LOST = (
    "借条丢了咋要钱", "我家羊丢了一只", "派出所给的单子我拿着呢", "编号是多少", "回执在我手里", "我的身份证丢了",
    "我去年丢了工作，厂里一直说给补偿，回执也给过一张，可是到现在一分钱都没有见到，找谁都说不归他管",
    "回执丢了，编号是XF20260315-ABCD-EFGH-12",
)  # fmt: skip


@pytest.mark.parametrize("words", LOST)
def test_our_own_slip_or_its_number_is_gone(words: str) -> None:
    assert is_lost(words)


@pytest.mark.parametrize("words", NOT_LOST)
def test_anything_else_that_is_gone_is_no_lost_receipt(words: str) -> None:
    assert not is_lost(words)


def answers(citizen: Citizen) -> bool:
    """What to bring, that the old code is void, where, and whom to ring."""
    return all(one in citizen.said for one in ("身份证", "作废", "信访窗口：一楼东侧。", "接待时间：", "咨询电话："))


@pytest.fixture
def kiosk() -> FakeKiosk:
    found = FakeKiosk()
    found.windows[-1] |= {"where": "一楼东侧", "hours": "周一至周五"}
    return found


@pytest.mark.parametrize("words", LOST[:6])
def test_it_is_answered_at_first_contact(kiosk: FakeKiosk, words: str) -> None:
    citizen = Citizen(kiosk).says(words, "check_status", 0.95)
    assert answers(citizen) and citizen.asks is None
    assert citizen.turn.replies[0]["citations"]
    assert "查进度" in [one["value"] for one in citizen.turn.replies[-1]["options"]]


@pytest.mark.parametrize("words", ["回执丢了", "编号我也不记得了", "那张纸没了"])
def test_where_the_number_is_asked_for_nobody_is_asked_in_a_circle(kiosk: FakeKiosk, words: str) -> None:
    citizen = Citizen(kiosk).says("查进度", "check_status", 0.99)
    assert citizen.asks == "case_number"
    assert answers(citizen.says(words)) and citizen.asks is None


def test_within_a_petition_it_is_answered_and_the_petition_goes_on(kiosk: FakeKiosk) -> None:
    citizen = Citizen(kiosk).at("request")
    before = dict(citizen.state)
    citizen.says("上回那张回执丢了咋办")
    assert answers(citizen) and citizen.asks == "request"
    assert citizen.state.get("facts") == before.get("facts")


@pytest.mark.parametrize("misread", ["wants.stop", "wants.restart", "wants.save", "wants.back", "wants.advice_only"])
@pytest.mark.parametrize("within", [False, True])
def test_no_reading_of_a_lost_slip_as_a_wish_to_leave_takes_its_answer(
    kiosk: FakeKiosk, misread: str, within: bool
) -> None:
    """A model may take “gone” for “away with it”; the exact words of the slip weigh more."""
    citizen = Citizen(kiosk)
    if within:
        citizen.knows("request", facts="去年三月村里修路占了我家一亩二分地。")
    assert answers(citizen.means(("回执丢了", misread))) and citizen.asks == ("request" if within else None)


def test_a_wish_in_exact_words_beside_a_lost_slip_is_heard(kiosk: FakeKiosk) -> None:
    citizen = Citizen(kiosk).knows("request", facts="去年三月村里修路占了我家一亩二分地。")
    assert citizen.means(("回执丢了", "wants.status"), ("不办了", "wants.stop")).asks == "stop_check"


def test_what_is_not_filled_in_is_said_to_be_announced() -> None:
    assert "信访窗口：待公布。" in Citizen().says("回执丢了").said


@pytest.mark.parametrize("words", ["没得号", "条子当垃圾扔了", "哪来的号嘛", "那纸早扔了", "当时没留"])
@pytest.mark.parametrize("acts", ["refuses", "no", ""])
def test_at_the_question_for_the_number_it_need_not_be_named(kiosk: FakeKiosk, words: str, acts: str) -> None:
    citizen = Citizen(kiosk)
    citizen.state, citizen.asks = {"seen": True, "asked": "case_number", "case_action": "status"}, "case_number"
    assert answers(citizen.means((words, acts))) and citizen.asks is None
