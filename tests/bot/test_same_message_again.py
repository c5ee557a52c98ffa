"""A message that comes twice is taken once; a second yes within a moment registers nothing and loses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.reading.message import Clause, Message
from tests.bot.helpers import ANSWERS, Citizen


def twice(citizen: Citizen, text: str, acts: str, since_s: float | None = 1.0) -> Citizen:
    """Says it, and once more after `since_s`."""
    message = Message(text, (Clause(text, dict.fromkeys(acts.split(), 1.0)),), kinds={}, dangers={})
    return citizen._hears(message)._hears(replace(message, since_s=since_s))


def but(*missing: str) -> dict[str, str]:
    return {name: value for name, value in ANSWERS.items() if name not in missing}


@pytest.mark.parametrize(
    ("asked", "text", "acts", "later"),
    [
        ("petitioner_name", "李秀英", "gives.name", "phone"),
        ("phone", "13812345678", "gives.phone", "address"),
        ("place", "城关镇和平村", "gives.place", "about_unit"),
        ("facts", "去年三月村里修路占了我家地，没给补偿", "gives.facts", "request"),
        ("request", "要求把补偿款付清", "gives.request", "petitioner_name"),
    ],
)
def test_the_same_answer_is_no_answer_to_the_next_question(asked: str, text: str, acts: str, later: str) -> None:
    citizen = twice(Citizen().knows(asked, **but(asked, later)), text, acts)
    assert citizen.state.get(later) is None and citizen.turn.asks == later
    assert "heard_already" in citizen.turn.moves and not citizen.state.get("misses")
    assert citizen.state[asked] == text


def test_a_long_account_is_the_same_however_late_it_comes_again() -> None:
    told = ANSWERS["facts"] * 2
    citizen = twice(Citizen().knows("facts", **but("facts", "request")), told, "gives.facts", 600.0)
    assert citizen.state["facts"] == told and citizen.state.get("request") is None


def test_a_yes_that_comes_twice_does_not_register() -> None:
    citizen = Citizen().knows("address", **but("address"))
    citizen.state["heard"] = None
    address = Message("是", (Clause("是", {"yes": 1.0}),), kinds={}, dangers={})
    citizen._hears(address)
    citizen.state["asked"] = citizen.asks = "confirm"
    citizen.state["address"] = ANSWERS["address"]
    citizen._hears(replace(address, since_s=0.5))
    assert citizen.case is None and citizen.turn.asks == "confirm"
    assert citizen._hears(replace(address, since_s=9.0)).case


def test_a_cancel_pressed_twice_loses_nothing() -> None:
    citizen = twice(Citizen().knows("phone", **but("phone", "address")), "取消", "wants.stop", 0.4)
    assert citizen.state["facts"] == ANSWERS["facts"] and citizen.turn.asks == "stop_check"


def test_a_miss_counts_once() -> None:
    citizen = twice(Citizen().knows("phone", **but("phone")), "嗯嗯哪个", "", 0.5)
    assert citizen.state["misses"] == 1


def test_skip_may_be_said_to_two_questions() -> None:
    citizen = twice(Citizen().knows("place", **but("place", "about_unit")), "跳过", "refuses", 0.5)
    assert citizen.state["place"] == "" and citizen.state["about_unit"] == ""


def test_danger_is_answered_each_time() -> None:
    message = Message("救命", (Clause("救命", {"danger": 1.0}),), kinds={}, dangers={"crime": 1.0})
    citizen = Citizen().knows("phone", **but("phone"))._hears(message)
    assert "heard_already" not in citizen._hears(replace(message, since_s=1.0)).turn.moves


def test_once_more_after_that_it_is_taken_as_meant() -> None:
    citizen = twice(Citizen().knows("place", **but("place", "about_unit")), "城关镇政府", "gives.place", 1.0)
    message = Message(
        "城关镇政府", (Clause("城关镇政府", {"gives.about_unit": 1.0}),), kinds={}, dangers={}, since_s=1.0
    )
    assert citizen._hears(message).state["about_unit"] == "城关镇政府"
