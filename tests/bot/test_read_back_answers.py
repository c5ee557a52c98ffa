"""The answer to the read-back: exact words register, whatever harmless stands beside them, and nothing else does."""

from __future__ import annotations

import pytest

from bot.dialogue import assent
from tests.bot.helpers import ANSWERS, Citizen


def at_read_back() -> Citizen:
    return Citizen().knows("confirm", **ANSWERS)


@pytest.mark.parametrize(
    ("clauses", "answered"),
    [
        ((("都对", "yes"), ("登记完去哪拿回执呢", "asks.where")), "answered:where"),
        ((("行", "yes"), ("报上去吧", "yes wants.register"), ("要等多久啊", "asks.procedure")), "answered:procedure"),
        ((("没毛病", "yes"), ("提交", "yes wants.register"), ("这个要钱不", "asks.cost")), "answered:cost"),
    ],
)
def test_a_yes_beside_a_question_registers_and_the_question_is_answered(
    clauses: tuple[tuple[str, str], ...], answered: str
) -> None:
    citizen = at_read_back().means(*clauses)
    assert citizen.case
    assert answered in citizen.turn.moves


@pytest.mark.parametrize(
    "clauses",
    [
        (("中", "yes"), ("谢谢你们了哈", "feels.thanks")),
        (("赶紧交", "yes wants.register"), ("磨磨唧唧的", "feels.anger")),
        (("那个", "filler"), ("对", "yes"), ("我前头都说过的", "already_said")),
        (("同意登记", "yes"), ("hjkl", "noise")),
        (("要得", "yes"), ("你们一帮饭桶", "feels.insult")),
        (("确认提交", "yes"),),
    ],
)
def test_a_yes_beside_what_is_harmless_registers(clauses: tuple[tuple[str, str], ...]) -> None:
    assert at_read_back().means(*clauses).case


@pytest.mark.parametrize(
    "clauses",
    [
        (("应该差不多吧", "yes"),),
        (("对是对", "yes"), ("不过那个日子记不准", "filler")),
        (("好", "yes"), ("号码是不是弄错了", "asks.other")),
        (("好", "yes"), ("那个67还是76来着", "asks.other")),
        (("是这样的", "filler"), ("要等多久", "asks.procedure")),
        (("你好", "feels.greeting"),),
        (("行", "yes"), ("先存着", "wants.save")),
        (("可以", "yes"), ("我再想想", "")),
        (("我要看全文", "asks.other"), ("对吧", "yes")),
        (("看看都记了什么", "filler"), ("好", "yes")),
        (("这样就登上了", "asks.other"), ("是吧", "yes")),
    ],
)
def test_a_guess_or_anything_that_may_object_registers_nothing(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = at_read_back().means(*clauses)
    assert not citizen.case and not citizen.kiosk.petitions


def test_a_yes_that_only_the_reader_is_sure_of_is_told_which_words_register() -> None:
    citizen = at_read_back().means(("写得挺像那么回事", "yes"))
    assert citizen.asks == "confirm" and "提交" in citizen.said and "没听明白" not in citizen.said


@pytest.mark.parametrize(
    ("clauses", "field"),
    [
        ((("对", "yes"), ("我住河西乡大湾村2组", "gives.address corrects")), "address"),
        ((("都对", "yes"), ("就是电话要改成13900002222", "corrects gives.phone")), "phone"),
        ((("提交吧", "yes"), ("名字应该是李大川", "corrects gives.name")), "petitioner_name"),
    ],
)
def test_a_correction_beside_a_yes_changes_first_and_shows_the_card_again(
    clauses: tuple[tuple[str, str], ...], field: str
) -> None:
    citizen = at_read_back().means(*clauses)
    assert not citizen.case
    assert citizen.state[field] != ANSWERS[field]
    assert citizen.asks == "confirm" and any(one["card"] for one in citizen.turn.replies)


def test_an_addition_beside_a_yes_is_shown_before_it_registers() -> None:
    citizen = at_read_back().means(("对的", "yes"), ("他们上周又来推了我家的墙", "gives.facts"))
    assert not citizen.case and "推了我家的墙" in citizen.state["facts"] and citizen.asks == "confirm"
    assert citizen.means(("对的", "yes")).case


@pytest.mark.parametrize(
    "words", ["你好", "对不对", "是不是", "好像是", "不好", "对是对", "登是登", "对方", "行不行", "还行", "对吧"]
)
def test_words_that_only_hold_a_yes_are_none(words: str) -> None:
    assert not assent.agrees(words, "confirm")


@pytest.mark.parametrize(
    "words", ["对對對", "那您就登吧", "好的，麻烦您", "都沒問題", "OK", "是的呢", "就这样吧", "全部属实", "嗯嗯"]
)
def test_a_yes_is_known_by_its_words(words: str) -> None:
    assert assent.agrees(words, "confirm")


@pytest.mark.parametrize("words", ["登记", "交", "提交吧"])
def test_to_register_is_a_yes_to_the_read_back_only(words: str) -> None:
    assert assent.agrees(words, "confirm") and not assent.agrees(words, "stop_check")
