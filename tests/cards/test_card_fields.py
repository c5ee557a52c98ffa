"""What is taken from the lines of a photo: only what is sure, however the card lies."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from kiosk_api.domain.cards import NOTHING, CardRead, PrintedLine, read_card
from tests.cards.lines import ADDRESS, FRONT, NAME, NUMBER

TODAY = date(2026, 11, 30)
WHOLE = CardRead("id_card", NAME, NUMBER, ADDRESS)


def turned(lines: list[PrintedLine], degrees: float) -> list[PrintedLine]:
    """The same lines as the reader sees them when the card is turned around the photo's middle."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    out = []
    for one in lines:
        x, y = one.x + one.width / 2 - 640, one.y + one.height / 2 - 480
        width = abs(one.width * cos) + abs(one.height * sin)
        height = abs(one.width * sin) + abs(one.height * cos)
        out.append(replace(one, x=640 + x * cos - y * sin - width / 2, y=480 + x * sin + y * cos - height / 2,
                           width=width, height=height))  # fmt: skip
    return sorted(out, key=lambda one: one.y)


def without(*texts: str) -> list[PrintedLine]:
    return [one for one in FRONT if one.text not in texts]


def instead(text: str, other: str, score: float = 0.99) -> list[PrintedLine]:
    return [replace(one, text=other, score=score) if one.text == text else one for one in FRONT]


@pytest.mark.parametrize("degrees", [0, 8, -12, 25, -30, 90, 180, 270])
def test_a_card_is_read_however_it_lies(degrees: float) -> None:
    assert read_card(turned(FRONT, degrees), TODAY) == WHOLE


def test_labels_may_stick_to_what_follows_them() -> None:
    stuck = [replace(one, text=f"姓 名 {NAME}") if one.text == "姓名" else one for one in without(NAME, "男", "汉")]
    stuck = [replace(one, text="住址北京市朝阳区幸福路12号院") if one.text == "住址" else one for one in stuck
             if one.text != "北京市朝阳区幸福路12号院"]  # fmt: skip
    stuck = [
        replace(one, text=f"公民身份号码{NUMBER}") if one.text == "公民身份号码" else one
        for one in stuck
        if one.text != NUMBER
    ]
    assert read_card(stuck, TODAY) == WHOLE


@pytest.mark.parametrize("wrong", [NUMBER[:-1] + "1", NUMBER[:10], NUMBER.replace("1231", "1331"), "G12345678"])
def test_a_number_whose_check_sign_is_wrong_is_not_read(wrong: str) -> None:
    read = read_card(instead(NUMBER, wrong), TODAY)
    assert (read.kind, read.name, read.id_number) == ("id_card", NAME, "")


def test_letters_for_figures_are_accepted_where_the_check_sign_agrees() -> None:
    assert read_card(instead(NUMBER, "11O1O519491231OO2X"), TODAY) == WHOLE


@pytest.mark.parametrize("doubtful", [("王小明", 0.6), ("王x明", 0.99), ("3·", 0.99)])
def test_a_doubtful_name_stays_empty(doubtful: tuple[str, float]) -> None:
    assert read_card(instead(NAME, *doubtful), TODAY) == replace(WHOLE, name="")


def test_a_name_in_two_rows_stays_empty() -> None:
    second = PrintedLine("江", 450, 236, 47, 45, 0.99)
    assert read_card([*FRONT, second], TODAY).name == ""


def test_a_name_with_a_middle_dot_is_whole() -> None:
    assert read_card(instead(NAME, "买买提•艾力"), TODAY).name == "买买提·艾力"


@pytest.mark.parametrize("hidden", ["北京市朝阳区幸福路12号院", "住址"])
def test_an_address_that_is_partly_hidden_stays_empty(hidden: str) -> None:
    assert read_card(without(hidden), TODAY) == replace(WHOLE, address="")


def test_a_card_that_is_cut_off_gives_no_address() -> None:
    cut = read_card(without("公民身份号码", NUMBER), TODAY)
    assert cut == CardRead("id_card", NAME)


def test_sex_nation_and_day_of_birth_are_not_taken() -> None:
    assert {"男", "汉", "1949年12月31日"}.isdisjoint(vars(read_card(FRONT, TODAY)).values())


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("中华人民共和国", "居民身份证", "签发机关北京市公安局朝阳分局", "有效期限2015.06.01-长期"),
        ("中华人民共和国机动车驾驶证", "姓名王小明", "性别男", "出生日期", "住址北京市", "民族汉", f"证号{NUMBER}"),
        ("中国工商银行", "6222020200112233445"),
        (NUMBER,),
        ("请扫码付款",),
    ],
)
def test_anything_else_is_nothing(texts: tuple[str, ...]) -> None:
    lines = [PrintedLine(text, 100, 100 + 60 * row, 400, 40, 0.99) for row, text in enumerate(texts)]
    assert read_card(lines, TODAY) == NOTHING


def test_two_cards_at_once_are_nothing() -> None:
    other = [replace(one, y=one.y + 700) for one in FRONT]
    assert read_card([*FRONT, *other], TODAY) == NOTHING


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("XF20261123-ABCD-EFGH-36", "XF20261123-ABCD-EFGH-36"),
        ("编号：XF2O26ll23-ABCD-EFGH-36", "XF20261123-ABCD-EFGH-36"),
        ("XF20261123-ABCD-EFGH-37", ""),
        ("XF20261123-ABCD-EFG8-36", ""),
    ],
)
def test_a_receipt_gives_its_number_only_with_its_check_signs(printed: str, read: str) -> None:
    lines = [PrintedLine("信访登记回执", 0, 0, 300, 50, 0.99), PrintedLine(printed, 0, 100, 500, 40, 0.6)]
    assert read_card(lines, TODAY) == (CardRead("receipt", case_number=read) if read else NOTHING)


def test_two_receipts_at_once_are_nothing() -> None:
    numbers = ("XF20261123-ABCD-EFGH-36", "XF20261123-28T5-CY4G-13")
    assert read_card([PrintedLine(one, 0, 90, 500, 40, 0.99) for one in numbers], TODAY) == NOTHING


def test_lines_without_end_cost_little() -> None:
    long = [PrintedLine("姓名" + "1" * 100_000, 0, 0, 9, 9, 1.0)] * 3 + [
        PrintedLine("X F" * 30, 0, 9, 9, 9, 1.0)
    ] * 10_000
    assert read_card(long, TODAY) == NOTHING
