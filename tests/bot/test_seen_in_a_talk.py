"""Kinds of faults seen when the running assistant was talked to by hand."""

from __future__ import annotations

import pytest

from bot.dialogue.reading.numbers import part_put_right, put_right_at_once
from tests.bot.helpers import ANSWERS, Citizen

KNOWN = {"facts": ANSWERS["facts"], "request": ANSWERS["request"], "place": "城南", "about_unit": "鸿远家具厂"}
COMPLETE = {
    **KNOWN,
    "petitioner_name": "王小明",
    "phone": "13912345678",
    "address": ANSWERS["address"],
    "amount": "三万二",
}


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("电话139 0000 6621，哎尾号是6612", "13900006612"),
        ("幺三九零零零零6621 后四位是6612", "13900006612"),
        ("13900006621，最后两位12才对", "13900006612"),
        ("13900006621，尾号6621那个", None),
        ("13900006621，我老公的尾号是6612", None),
    ],
)
def test_an_end_said_behind_a_number_puts_it_right(words: str, right: str | None) -> None:
    assert put_right_at_once("13900006621", words) == right


def test_a_number_put_right_in_its_own_message_is_said_back() -> None:
    citizen = Citizen().knows("phone", **KNOWN, petitioner_name="王小明")
    citizen.means(("电话139 0000 6621", "gives.phone"), ("哎尾号是6612", "corrects gives.phone"))
    assert citizen.state["phone"] == "13900006612" and "6612" in citizen.said


@pytest.mark.parametrize("words", ["不是三万二，是三万六", "不是5号，是6号", "不是两万是三万", "是8点不是9点"])
def test_a_sum_or_a_day_put_right_is_no_part_of_a_telephone_number(words: str) -> None:
    assert part_put_right(words, "13223625869") is None


@pytest.mark.parametrize(
    "clauses",
    [
        (("对了", "yes"), ("登吧", "yes wants.register"), ("谢谢你啊", "feels.thanks")),
        (("没错", "yes"), ("就这么交吧", "wants.register")),
        (("接着登", "wants.register"),),
    ],
)
def test_a_yes_while_a_line_is_to_be_changed_keeps_it_and_shows_the_card(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("confirm", **COMPLETE).means(("金额不对", "corrects gives.amount"))
    assert citizen.asks == "amount"
    citizen.means(*clauses)
    assert citizen.asks == "confirm" and citizen.state["amount"] == "三万二" and citizen.case is None


def test_a_second_place_is_asked_about_and_a_more_exact_one_is_taken() -> None:
    citizen = Citizen().knows("phone", **KNOWN, petitioner_name="王小明").means(("厂在柳河镇工业园", "gives.place"))
    assert citizen.asks == "owner" and "柳河镇工业园" in citizen.said and "城南" in citizen.said
    citizen = Citizen().knows("phone", **KNOWN, petitioner_name="王小明").means(("城南工业园二路", "gives.place"))
    assert citizen.state["place"] == "城南工业园二路" and "城南工业园二路" in citizen.said
