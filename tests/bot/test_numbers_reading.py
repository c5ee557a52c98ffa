"""Numbers: however they are said, each with the words of whose it is, and a part of a known one put right."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.reading.numbers import announces_anothers, part_put_right, phones_in
from tests.bot.reading import meaning

PHONE = "13712345678"


def phones(*clauses: tuple[str, str], asked: str = "phone") -> list[tuple[str, bool]]:
    return [(one.value, one.others) for one in meaning(*clauses, asked=asked).values if one.field == "phone"]


@pytest.mark.parametrize("text", [
    "幺三七 一二三四 五六七八", "137-1234-5678", "１３７１２３４５６７８", "137 1234 5678", "手机137—1234—5678哈", "+86 13712345678", "一三七一二三四五六七八",
])  # fmt: skip
def test_a_number_is_read_however_it_is_said(text: str) -> None:
    assert phones((text, "gives.phone")) == [(PHONE, False)]


@pytest.mark.parametrize(("text", "others"), [
    ("我电话13712345678我闺女15800001111", [False, True]), ("我的是13712345678，我爱人的是15800001111", [False, True]),
    ("老板15800001111我13712345678", [True, False]), ("15800001111是我儿子的，13712345678是我的", [True, False]),
])  # fmt: skip
def test_several_numbers_come_each_with_its_owner(text: str, others: list[bool]) -> None:
    assert [one.others for one in phones_in(text)] == others


@pytest.mark.parametrize(("text", "others"), [
    ("打我闺女电话15800001111", True), ("15800001111（我老伴的）", True), ("这是我自己的13712345678", False),
    ("我老伴耳朵不好，打我的13712345678", False), ("13712345678", False),
])  # fmt: skip
def test_the_words_nearest_to_a_number_say_whose_it_is(text: str, others: bool) -> None:
    assert [one.others for one in phones_in(text)] == [others]


@pytest.mark.parametrize("before", ["打我闺女电话吧，", "我儿子的，", "这是我邻居的，"])
def test_a_clause_that_announces_a_number_says_whose_it_is(before: str) -> None:
    assert announces_anothers(before)
    assert phones((before, "filler"), ("15800001111", "gives.phone")) == [("15800001111", True)]


@pytest.mark.parametrize("before", ["我儿子在工地摔伤了，", "老板欠我工钱，", "我妈不在家，"])
def test_an_account_of_somebody_else_announces_none(before: str) -> None:
    assert phones((before, "gives.facts"), (PHONE, "gives.phone"), asked="facts") == [(PHONE, False)]


@pytest.mark.parametrize(("words", "right"), [
    ("尾号改成0022", "13712340022"), ("最后四位是零零二二", "13712340022"), ("是87不是78", "13712345687"), ("不是5678是5687", "13712345687"),
    ("开头是138", "13812345678"), ("中间那四位是六六六六", "13766665678"), ("电话不对", None),
])  # fmt: skip
def test_a_part_of_a_known_number_is_put_right(words: str, right: str | None) -> None:
    assert part_put_right(words, PHONE) == right


@pytest.mark.parametrize("words", ["电话尾号改成0022", "手机最后四位应该是0022", "号码改成0022"])
def test_a_part_put_right_changes_the_number_and_not_the_whole_of_it(words: str) -> None:
    known: dict[str, Any] = {"phone": PHONE, "draft_id": "1" * 32}
    (change,) = meaning((words, "corrects gives.phone"), asked="confirm", known=known).changes
    assert (change.field, change.value) == ("phone", "13712340022")


def test_the_last_sign_of_an_identity_number_is_put_right() -> None:
    known = {"id_number": "110101199001011237", "phone": PHONE, "draft_id": "1" * 32}
    (change,) = meaning(("身份证最后一位是X", "corrects gives.id"), asked="confirm", known=known).changes
    assert (change.field, change.value) == ("id_number", "11010119900101123X")


@pytest.mark.parametrize(("text", "before", "others"), [
    ("我妈孟桂花", "", True), ("我叫段小军", "我妈腿不好，", False), ("孟桂花", "我妈叫", True), ("段小军", "我妈腿脚不好来不了，", False),
])  # fmt: skip
def test_whose_a_name_is(text: str, before: str, others: bool) -> None:
    clauses = [(before, "gives.facts")] if before else []
    found = meaning(*clauses, (text, "gives.name"), asked="petitioner_name").values
    assert [one.others for one in found if one.field == "petitioner_name"] == [others]
