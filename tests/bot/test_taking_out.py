"""What somebody wants out of the record again is emptied and said; what is needed is asked for anew."""

from __future__ import annotations

import pytest

from tests.bot.helpers import ANSWERS, Citizen

WHOLE = {**ANSWERS, "about_unit": "城关镇人民政府", "amount": "三万二", "id_number": "110101199003078515"}
PEOPLE = [{"name": "李大川", "phone": "13900002222"}, {"name": "赵五", "phone": "13900003333"}]


@pytest.mark.parametrize(
    ("field", "clauses"),
    [
        ("amount", (("金额那条划掉", "corrects"),)),
        ("amount", (("钱数不要写", "corrects"), ("别的都行", "yes"))),
        ("id_number", (("身份证删了吧", "refuses"), ("剩下的照登", "wants.register"))),
        ("id_number", (("8515别留", "refuses"),)),
        ("place", (("地点那里空着", "corrects"),)),
        ("about_unit", (("反映的单位拿掉", "corrects wants.stop"),)),
    ],
)
@pytest.mark.parametrize("asked", ["confirm", "phone"])
def test_a_line_that_may_be_empty_is_emptied(asked: str, field: str, clauses: tuple[tuple[str, str], ...]) -> None:
    known = {name: value for name, value in WHOLE.items() if name != asked}
    citizen = Citizen().knows(asked, **known).means(*clauses)
    assert not citizen.state[field] and citizen.asks == asked, citizen.said
    assert f"changed:{field}" in citizen.turn.moves and "空着" in citizen.said
    kept = {name: citizen.state[name] for name in known if name != field}
    assert kept == {name: value for name, value in known.items() if name != field}


@pytest.mark.parametrize("words", ["把李大川去掉", "代表里李大川不要了", "李大川的名字删了"])
def test_the_representative_who_is_named_goes(words: str) -> None:
    citizen = Citizen().knows("confirm", **WHOLE, representatives=PEOPLE).means((words, "corrects"))
    assert citizen.state["representatives"] == PEOPLE[1:] and citizen.asks == "confirm"
    assert citizen.state["petitioner_name"] == WHOLE["petitioner_name"]


def test_which_of_several_representatives_goes_is_asked() -> None:
    citizen = Citizen().knows("confirm", **WHOLE, representatives=PEOPLE).means(("代表去掉一个", "corrects"))
    assert citizen.asks == "representatives" and citizen.state["representatives"] == PEOPLE


def test_the_only_representative_goes_unnamed() -> None:
    citizen = Citizen().knows("confirm", **WHOLE, representatives=PEOPLE[:1]).means(("代表人不要了", "corrects"))
    assert citizen.state["representatives"] is None and citizen.asks == "confirm"


@pytest.mark.parametrize(
    ("field", "words"),
    [("phone", "电话删掉"), ("phone", "5678也不留"), ("address", "住址拿掉"), ("petitioner_name", "名字别写")],
)
def test_what_is_needed_is_asked_for_again_with_the_reason(field: str, words: str) -> None:
    citizen = Citizen().knows("confirm", **WHOLE).means((words, "corrects"))
    assert citizen.state[field] is None and citizen.asks == field
    assert f"changed:{field}" in citizen.turn.moves


def test_a_value_that_takes_the_place_of_the_old_one_changes_it() -> None:
    citizen = (
        Citizen().knows("confirm", **WHOLE).means(("原来那个电话不要了", "corrects"), ("打13900002222", "gives.phone"))
    )
    assert citizen.state["phone"] == "13900002222" and citizen.asks == "confirm", citizen.said


def test_what_is_unclear_is_asked() -> None:
    citizen = Citizen().knows("confirm", **WHOLE).means(("那个给我删掉", "corrects"))
    assert citizen.asks == "fix_which" and all(citizen.state[name] == value for name, value in WHOLE.items())


def test_an_account_of_what_was_taken_away_is_no_wish() -> None:
    citizen = (
        Citizen()
        .knows("request", facts=ANSWERS["facts"], place="城关镇")
        .means(("我们单位不要我了", "gives.facts"), ("给我恢复工作", "gives.request"))
    )
    assert citizen.state.get("about_unit") is None and "changed:place" not in citizen.turn.moves
