"""A case that is asked about in the middle, urging beside it, and a callback that is declined."""

from __future__ import annotations

import pytest

from tests.bot.helpers import ANSWERS, Citizen
from tests.conversations.fake_api import CASE

KNOWN = {"facts": ANSWERS["facts"], "request": ANSWERS["request"], "place": "", "about_unit": "",
         "petitioner_name": "王小明"}  # fmt: skip


@pytest.mark.parametrize(
    "clauses",
    [
        (("我电话13900002222", "gives.phone"), ("去年那个案子到哪一步了", "asks.case wants.status")),
        (("上回报的那件有信没有", "asks.case wants.status"), ("号码13900002222", "gives.phone")),
        (("13900002222", "gives.phone"), ("顺便帮我看看老案子", "wants.status")),
    ],
)
def test_a_value_beside_the_question_about_a_case_is_kept_first(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("phone", **KNOWN).means(*clauses)
    assert citizen.state["phone"] == "13900002222" and citizen.asks == "case_number"
    citizen.means((CASE, "gives.case_number")).means(("5678", "noise"))
    assert "status" in citizen.turn.moves and citizen.asks == "address"


@pytest.mark.parametrize(
    "clauses",
    [
        (("5678", "gives.phone"), ("帮我催一下", "wants.urge")),
        (("尾号5678", "gives.phone"), ("都两个月了", "feels.anger"), ("催催他们行不", "wants.urge")),
        (("催办", "wants.urge"), ("5678", "gives.phone")),
    ],
)
def test_status_and_urging_are_done_in_one(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("phone_tail", case_action="status", case_number=CASE)
    citizen.means(*clauses)
    assert {"status", "urged"} <= set(citizen.turn.moves) and citizen.kiosk.urged


def test_urging_wished_before_the_case_is_found_is_not_forgotten() -> None:
    citizen = Citizen()
    citizen.state = {"seen": True}
    citizen.means(("我那件到哪了", "asks.case wants.status"), ("给催催", "wants.urge"))
    assert citizen.asks == "case_number"
    citizen.means((CASE, "gives.case_number"))
    assert citizen.asks == "phone_tail"
    citizen.means(("5678", "gives.phone"))
    assert {"status", "urged"} <= set(citizen.turn.moves)


@pytest.mark.parametrize("asked", ["rating_office", "rating_unit"])
@pytest.mark.parametrize("words", ["不满意", "还行", "满意"])
def test_a_rating_and_urging_are_both_done(asked: str, words: str) -> None:
    citizen = Citizen().knows(asked, case_action="rate", case_number=CASE, phone_tail="5678", rating_office="satisfied")
    citizen.means((words, "no" if words == "不满意" else "yes"), ("再帮我催一次", "wants.urge"))
    assert "urged" in citizen.turn.moves
    if citizen.asks == "rating_unit":
        citizen.means(("不满意", "no"))
    assert len(citizen.kiosk.rated) == 1 and len(citizen.kiosk.urged) == 1


def test_urging_alone_gives_no_status() -> None:
    citizen = Citizen()
    citizen.state = {"seen": True, "case_number": CASE, "phone_tail": "5678"}
    citizen.means(("给我催办", "wants.urge"))
    assert citizen.turn.moves.count("urged") == 1 and "status" not in citizen.turn.moves
    assert len(citizen.kiosk.urged) == 1


@pytest.mark.parametrize(
    "clauses",
    [(("不用打了", "no"),), (("算了", "wants.stop"),), (("没有电话", "refuses"),), (("别打", "no refuses"),)],
)
@pytest.mark.parametrize("known", [{}, KNOWN])
def test_a_callback_that_is_declined_offers_a_person_and_goes_on(
    clauses: tuple[tuple[str, str], ...], known: dict[str, str]
) -> None:
    citizen = Citizen().knows("callback_phone", **known)
    if not known:
        citizen.state["draft_id"] = None
    citizen.means(*clauses)
    assert "person" in citizen.turn.moves and "工作人员" in citizen.said
    assert citizen.asks == ("phone" if known else None)


@pytest.mark.parametrize("known", [{}, KNOWN])
def test_a_number_that_is_left_is_a_person_too(known: dict[str, str]) -> None:
    citizen = Citizen().knows("callback_phone", **known)
    if not known:
        citizen.state["draft_id"] = None
    citizen.means(("打13900002222", "gives.phone"))
    assert "person" in citizen.turn.moves and "回电码" in citizen.said
    assert citizen.asks == ("phone" if known else None) and not citizen.state.get("phone")
