"""At the read-back: a yes with reasons beside it registers; more of the account and who is spoken for change the record."""

from __future__ import annotations

import pytest

from tests.bot.helpers import ANSWERS, Citizen


def at_read_back() -> Citizen:
    return Citizen().knows("confirm", **ANSWERS)


@pytest.mark.parametrize(
    "clauses",
    [
        (("这下对了", "yes"), ("登", "wants.register"), ("谢啦", "feels.thanks")),
        (("交吧", "yes wants.register"), ("腰酸站不动了", "noise")),
        (("行 递了递了", "yes wants.register"), ("莫再问了", "feels.anger")),
        (("好了好了", "yes"), ("交了吧", "wants.register"), ("我赶公交车", "filler")),
        (("这次对了", "yes"), ("快登吧", "wants.register")),
        (("对了对了", "yes"), ("报", "wants.register"), ("别再问我了", "feels.anger")),
    ],
)
def test_a_yes_with_impatience_beside_it_registers(clauses: tuple[tuple[str, str], ...]) -> None:
    assert at_read_back().means(*clauses).case


@pytest.mark.parametrize(
    "clauses",
    [
        (("对了", "filler"), ("还差个日子", "corrects")),
        (("交吧", "yes wants.register"), ("别写我的名字", "refuses")),
        (("这下对了吗", "asks.other"),),
        (("登吧", "yes wants.register"), ("别用这个电话", "corrects gives.phone")),
        (("交了吧", "wants.register"), ("手机好像少一位", "corrects")),
        (("这回又不对了", "no"),),
    ],
)
def test_what_may_object_registers_nothing(clauses: tuple[tuple[str, str], ...]) -> None:
    assert not at_read_back().means(*clauses).case


@pytest.mark.parametrize(
    "clauses",
    [
        (("王小明是我姑父", "gives.name gives.on_behalf_of"), ("我替他登的", "gives.on_behalf_of")),
        (("他是我大伯", "gives.on_behalf_of"), ("我帮他弄", "gives.on_behalf_of")),
        (("我是替我妈办的", "gives.on_behalf_of"),),
    ],
)
def test_who_speaks_for_another_at_the_end_is_understood(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = at_read_back().means(*clauses)
    assert "proxy" in citizen.turn.moves and citizen.state["proxy"]
    assert citizen.state["petitioner_name"] == "王小明" and not citizen.case


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ((("还有电费六百没算进去", "gives.facts gives.amount"),), "还有电费六百没算进去"),
        ((("另外他们收了我两千押金", "gives.facts gives.amount"), ("也写上", "wants.register")), "收了我两千押金"),
        ((("等下", "filler"), ("还有我弟的一亩地也占了", "gives.facts")), "我弟的一亩地也占了"),
    ],
)
def test_more_of_the_account_is_added_and_read_back(clauses: tuple[tuple[str, str], ...], words: str) -> None:
    citizen = at_read_back().means(*clauses)
    assert citizen.state["facts"].startswith(ANSWERS["facts"]) and words in citizen.state["facts"]
    assert citizen.asks == "confirm" and not citizen.case
