"""A call back is left for in the talk, with or without a petition under way."""

from __future__ import annotations

from bot.dialogue.talks.calling_back import CALL_ME
from tests.bot.helpers import ANSWERS, Citizen


def test_a_number_is_left_without_a_petition() -> None:
    citizen = Citizen().says("找人工")
    assert CALL_ME in [one["value"] for reply in citizen.turn.replies for one in reply["options"]]
    citizen.says(CALL_ME)
    assert citizen.asks == "callback_phone"
    assert citizen.turn.replies[-1]["expects"] == "phone"
    citizen.says("13900001234")
    assert "ABCD-EFGH" in citizen.said and "3月16日" in citizen.said
    assert citizen.turn.replies[0]["callback"] == {"code": "ABCD-EFGH", "phone_tail": "1234"}  # for the printed receipt
    assert citizen.asks is None
    assert not citizen.state.get("phone") and not citizen.kiosk.petitions


def test_the_number_to_be_rung_is_no_part_of_the_petition() -> None:
    citizen = Citizen().at("request").says("给我打个电话").says("13900001234")
    assert citizen.asks == "request"
    assert not citizen.state.get("phone")
    assert citizen.state["facts"] == ANSWERS["facts"]


def test_who_changes_their_mind_goes_on_where_they_were() -> None:
    citizen = Citizen().at("address").says(CALL_ME).says("取消")
    assert citizen.asks == "address"
    assert citizen.state["petitioner_name"] == ANSWERS["petitioner_name"]


def test_when_it_cannot_be_noted_it_is_not_promised() -> None:
    citizen = Citizen().says(CALL_ME)
    citizen.kiosk.down = True
    citizen.says("13900001234")
    assert "记下了" not in citizen.said
    assert citizen.asks == "callback_phone"
