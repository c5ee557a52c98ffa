"""“Shall this be given up?”: only a yes to that question gives it up."""

from __future__ import annotations

import pytest

from tests.bot.helpers import Citizen

KNOWN = {"facts": "厂里欠我工钱，八个月没给了", "request": "要求付清", "petitioner_name": "王小明"}


def stopping() -> Citizen:
    citizen = Citizen().knows("phone", **KNOWN).means(("那算了", "wants.stop"))
    assert citizen.asks == "stop_check"
    return citizen


@pytest.mark.parametrize(("words", "acts"), [
    ("确认提交", "yes"), ("提交吧", "yes"), ("登记", "wants.register"), ("刚才说错了，接着来", "corrects"), ("继续填", "filler"),
    ("不取消", "no"), ("别删，往下问", "filler"), ("接着填", ""),
])  # fmt: skip
def test_words_of_going_on_and_the_button_of_the_read_back_lose_nothing(words: str, acts: str) -> None:
    citizen = stopping().means((words, acts))
    assert citizen.asks not in (None, "stop_check", "fix_which")
    assert citizen.state["facts"] == KNOWN["facts"] and "ended" not in citizen.turn.moves


@pytest.mark.parametrize(("words", "acts"), [("是", "yes"), ("取消登记", "wants.stop"), ("不想弄了", "wants.stop")])
def test_a_yes_gives_it_up(words: str, acts: str) -> None:
    assert "ended" in stopping().means((words, acts)).turn.moves


@pytest.mark.parametrize("words", ["不想说名字", "不愿意讲我的名字"])
def test_who_would_rather_not_say_refuses_an_answer(words: str) -> None:
    citizen = Citizen().knows("petitioner_name", facts=KNOWN["facts"], request="要求付清").means((words, "refuses"))
    assert not citizen.state.get("confidential") and citizen.asks == "petitioner_name"


@pytest.mark.parametrize(
    "words", ["别说我名字", "不想让人知道我名字", "不要把我的名字说出去", "不想暴露身份", "不想泄露我的信息"]
)
def test_who_would_not_have_it_known_wishes_for_secrecy(words: str) -> None:
    citizen = Citizen().knows("petitioner_name", facts=KNOWN["facts"], request="要求付清").means((words, "filler"))
    assert citizen.state["confidential"]
