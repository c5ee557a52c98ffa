"""A slip put right in the same breath, and clauses that only explain it: the right value, said back, nothing asked."""

from __future__ import annotations

import pytest

from bot.dialogue.reading.values import right_of
from tests.bot.helpers import ANSWERS, Citizen

KNOWN = {"facts": ANSWERS["facts"], "request": ANSWERS["request"], "place": "", "about_unit": "",
         "petitioner_name": "王小明"}  # fmt: skip
MATTER = {"facts": "老板欠我三万二工钱，8号去要的时候被赶出来", "amount": "三万二", "happened": "8号"}


@pytest.mark.parametrize(
    "clauses",
    [
        (("手机末尾是9042", "corrects gives.phone"), ("按快了", "corrects")),
        (("刚按岔了", "corrects"), ("尾号是9042", "corrects gives.phone"), ("眼神不好", "filler")),
        (("最后四位9042", "corrects"), ("戴错眼镜了", "corrects"), ("别见怪", "filler")),
    ],
)
def test_beside_a_change_the_reason_for_the_slip_asks_nothing(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("address", **KNOWN, phone="13912349024").means(*clauses)
    assert citizen.state["phone"] == "13912349042" and citizen.asks == "address", citizen.said
    assert "changed:phone" in citizen.turn.moves and "9042" in citizen.said and "哪一项" not in citizen.said


@pytest.mark.parametrize(
    "clauses",
    [
        (("13900006621", "gives.phone"), ("说错了", "corrects"), ("后面是6627", "corrects gives.phone")),
        (("13900006672", "gives.phone"), ("不", "no"), ("6627", "gives.phone"), ("我花眼了", "filler")),
        (
            ("139 0000 6672", "gives.phone"),
            ("哎不对", "corrects"),
            ("6627", "corrects gives.phone"),
            ("嘴瓢", "corrects"),
        ),
        (("我手机13900006672", "gives.phone"), ("等等", "corrects"), ("6627", "corrects"), ("看串行了", "corrects")),
    ],
)
@pytest.mark.parametrize("mark", ["，", " "])
def test_a_number_put_right_in_its_own_message(mark: str, clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("phone", **KNOWN).means(*clauses, mark=mark)
    assert citizen.state["phone"] == "13900006627" and citizen.asks == "address", citizen.said
    assert "changed:phone" in citizen.turn.moves and "6627" in citizen.said


def test_a_first_message_with_a_number_put_right_keeps_it() -> None:
    citizen = Citizen().means(
        (ANSWERS["facts"], "gives.facts"),
        ("电话13900006672", "gives.phone"),
        ("不对最后是6627", "corrects gives.phone"),
    )
    assert citizen.state["phone"] == "13900006627" and citizen.state["facts"], citizen.said


@pytest.mark.parametrize(
    ("clauses", "right"),
    [
        ((("哎不是三万二哈 是四万一", "corrects gives.amount"),), "四万一"),
        ((("说岔了是四万一", "corrects gives.amount"), ("不是三万二", "corrects")), "四万一"),
        ((("不是三万二", "corrects gives.amount"), ("四万一", "corrects gives.amount")), "四万一"),
        ((("钱记混了", "corrects"), ("得是四万一千块", "corrects")), "四万一千块"),
        ((("是四万一不是三万二", "corrects gives.amount"),), "四万一"),
    ],
)
@pytest.mark.parametrize("asked", ["request", "place", "petitioner_name"])
def test_a_sum_put_right_stays_out_of_the_open_field(
    asked: str, clauses: tuple[tuple[str, str], ...], right: str
) -> None:
    known = {**MATTER, **({} if asked == "request" else {"request": "把钱付清"})}
    known |= {"place": "", "about_unit": ""} if asked == "petitioner_name" else {}
    citizen = Citizen().knows(asked, **known).means(*clauses)
    assert citizen.state["amount"] == right and citizen.asks == asked, citizen.said
    assert not citizen.state.get(asked) and "changed:amount" in citizen.turn.moves


@pytest.mark.parametrize(
    "clauses",
    [
        (
            ("冯凯", "gives.name"),
            ("哎是7号晚上", "corrects gives.happened"),
            ("8号是住院那天", "corrects gives.happened"),
        ),
        (("我叫冯凯", "gives.name"), ("去要钱那天是7号", "corrects gives.happened gives.facts")),
        (("冯凯", "gives.name"), ("前头说岔了", "corrects"), ("是7号不是8号", "corrects gives.happened")),
    ],
)
def test_a_day_put_right_beside_the_answer(clauses: tuple[tuple[str, str], ...]) -> None:
    known = {**MATTER, "request": "把钱付清", "place": "", "about_unit": ""}
    citizen = Citizen().knows("petitioner_name", **known).means(*clauses)
    assert citizen.state["petitioner_name"] == "冯凯" and citizen.asks == "phone", citizen.said
    assert citizen.state["happened"].startswith("7号") and "changed:happened" in citizen.turn.moves


@pytest.mark.parametrize(
    ("field", "words", "right"),
    [
        ("about_unit", "老板姓周不是姓邹", "老板姓周"),
        ("about_unit", "鸿运公司不是宏运公司", "鸿运公司"),
        ("about_unit", "不是鸿运公司是红运公司", "红运公司"),
        ("place", "柳庄不是刘庄", "柳庄"),
    ],
)
def test_what_is_right_stands_before_what_is_not(field: str, words: str, right: str) -> None:
    assert right_of(field, words) == right


@pytest.mark.parametrize(
    ("clauses", "field", "right"),
    [
        ((("金额不对", "corrects gives.amount"), ("3980", "gives.amount")), "amount", "3980"),
        ((("钱数写错了", "corrects"), ("是4200块", "gives.amount")), "amount", "4200块"),
        ((("支书是何国梁", "corrects gives.name"), ("栋梁的梁", "gives.name")), "about_unit", "支书是何国梁"),
        ((("诉求写得不准", "corrects"), ("应为“公开全部收支”", "gives.request")), "request", "公开全部收支"),
    ],
)
def test_a_line_named_and_put_right_behind_changes_no_other(
    clauses: tuple[tuple[str, str], ...], field: str, right: str
) -> None:
    known = {
        **KNOWN,
        "phone": "13912345678",
        "address": ANSWERS["address"],
        "amount": "3890",
        "about_unit": "支书何国良",
    }
    citizen = Citizen().knows("confirm", **known).means(*clauses)
    assert citizen.state[field] == right, citizen.said
    assert {one: citizen.state[one] for one in known if one != field} == {k: v for k, v in known.items() if k != field}


@pytest.mark.parametrize("words", ["我说的都对不用改电话", "电话别改", "名字不用换", "别动地址了"])
def test_who_wants_nothing_changed_is_asked_for_no_value(words: str) -> None:
    known = {
        "facts": "厂里欠我工钱八个月",
        "request": "付清",
        "petitioner_name": "马小军",
        "phone": "13812345678",
        "address": "和平村3组",
    }
    citizen = Citizen().knows("confirm", **known).means((words, "corrects"))
    assert citizen.asks == "confirm" and citizen.state["phone"] == "13812345678"
