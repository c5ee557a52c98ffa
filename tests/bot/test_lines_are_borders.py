"""Two lines, or two cells of a table, are two things: no value runs over the border."""

from __future__ import annotations

import pytest

from bot.dialogue.text import borders_marked, spoken_digits
from bot.understanding.clauses import cut
from tests.bot.helpers import Citizen
from tests.bot.reading import meaning

WHO = ("唐小娜", "13900001123", "花园小区1楼三单元301")


@pytest.mark.parametrize(
    "text",
    [
        "1.花园小区1楼三单元301\n13900001123  唐小娜",
        "唐小娜\r\n13900001123\r\n花园小区1楼三单元301",
        "花园小区1楼三单元301\n13900001123\n唐小娜",
        "1. 唐小娜\n2. 13900001123\n3. 花园小区1楼三单元301",
        "①唐小娜\n②13900001123\n③花园小区1楼三单元301",
        "姓名：唐小娜\u2028电话：13900001123\u2028住址：花园小区1楼三单元301",
        "花园小区1楼三单元301\t唐小娜\t13900001123",
        "唐小娜\u300013900001123\n花园小区1楼三单元301",
    ],
)
def test_name_number_and_address_in_any_order(text: str) -> None:
    state = Citizen().says("我要反映问题", "start_petition", 0.9).says(text).state
    assert (state["petitioner_name"], state["phone"], state["address"]) == WHO


def test_an_account_behind_who_somebody_is_stands_alone() -> None:
    told = "物业半夜施工吵得老人睡不着觉找了三次都不管"
    state = Citizen().says("\n".join((*WHO, told))).state
    assert state["facts"] == told and state["phone"] == WHO[1]


def test_an_address_never_holds_a_telephone_number() -> None:
    found = meaning(("我住花园小区301室13900001123", "gives.address"), asked="address").values
    assert [(one.field, one.value) for one in found] == [("address", "花园小区301室"), ("phone", "13900001123")]


@pytest.mark.parametrize("border", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\t"])
def test_figures_do_not_join_over_a_border(border: str) -> None:
    text = f"花园小区301{border}13900001123"
    assert len(cut(text)) == 2 and "30113900001123" not in spoken_digits(text)
    assert borders_marked(text) == "花园小区301，13900001123"


def test_figures_parted_by_blanks_within_a_line_do() -> None:
    assert spoken_digits("139 0000 1123") == "13900001123" and borders_marked("1.5万元") == "1.5万元"


def test_an_identity_number_behind_an_address_is_kept_in_its_own_field() -> None:
    number = "32010619550505123" + "5"
    found = meaning((f"我住花园小区301室{number}", "gives.address"), asked="address").values
    assert ("id_number", number) in [(one.field, one.value) for one in found]
    assert all(number not in one.value for one in found if one.field == "address")
