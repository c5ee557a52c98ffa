"""Giving up the whole matter instead of an answer: one check, then it ends."""

from __future__ import annotations

import pytest

from tests.bot.helpers import ANSWERS, Citizen

KNOWN = {"facts": ANSWERS["facts"], "request": ANSWERS["request"], "place": "", "about_unit": ""}


@pytest.mark.parametrize(
    "clauses",
    [
        (("不用打了", "no"), ("我不告了", "wants.stop")),
        (("算了莫打电话了", "no"), ("这事我不搞了", "wants.stop")),
        (("别登记了", "wants.stop"), ("电话也不留", "refuses")),
    ],
)
def test_at_the_number_to_be_rung_giving_up_is_checked(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("callback_phone", **KNOWN).means(*clauses)
    assert "stop_check" in citizen.turn.moves and citizen.asks == "stop_check"
    citizen.means(("对", "yes"))
    assert "ended" in citizen.turn.moves and not citizen.state.get("facts")


@pytest.mark.parametrize(
    "clauses",
    [
        (("不用重来了", "no"), ("我不弄了", "wants.stop")),
        (("也不从头填了", "no"), ("干脆不登记了", "wants.stop")),
        (("算了算了", "wants.stop"), ("全不要了", "wants.stop")),
    ],
)
def test_giving_up_instead_of_beginning_again_is_no_going_on(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("stop_check", **KNOWN)
    citizen.state["pending"] = {"restart": True}
    citizen.means(*clauses)
    assert {"stop_check", "ended"} & set(citizen.turn.moves)


@pytest.mark.parametrize(
    "clauses", [(("都删了", "wants.stop"),), (("那不要了", "wants.stop"), ("全部删掉", "wants.stop"))]
)
def test_wiping_everything_ends(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("stop_check", **KNOWN).means(*clauses)
    assert "ended" in citizen.turn.moves and not citizen.state.get("facts")
