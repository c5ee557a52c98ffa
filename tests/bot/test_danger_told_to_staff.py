"""The reply to a danger names its kind, once a message, so that the hall's desk can be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.talks.danger import GO_ON
from bot.dialogue.talks.steps import turn
from bot.dialogue.texts_zh import EMERGENCY
from kiosk_api.services.chat.dangers import KINDS
from tests.bot.helpers import Citizen, reader

SAID = {"life": "我不想活了，今天就从这楼上跳下去", "fire": "楼道里着火了，烟往屋里灌"}


def tell(citizen: Citizen, kind: str, text: str) -> list[str]:
    """A message in which the models are sure of a danger; the kinds that its replies name."""
    message = reader().read(text, citizen.asks or "none", "tell_matter", 0.9)
    clauses = tuple(replace(one, shares={"danger": 1.0}) for one in message.clauses)
    message = replace(message, clauses=clauses, dangers={kind: 0.95, "none": 0.05})
    citizen.turn = turn(citizen.api, citizen.session, citizen.state, message)
    citizen.state.update(citizen.turn.slots)
    citizen.state["asked"] = citizen.asks = citizen.turn.asks
    return [one["danger"] for one in citizen.turn.replies if one["danger"]]


@pytest.mark.parametrize("kind", [*SAID])
def test_the_reply_names_the_danger_once(kind: str) -> None:
    assert tell(Citizen(), kind, SAID[kind]) == [kind]


def test_a_calm_message_names_none() -> None:
    citizen = Citizen().says("小区的路灯坏了三个月没人修", "tell_matter", 0.9)
    assert not any(one["danger"] for one in citizen.turn.replies)


def test_the_same_danger_told_again_after_going_on_is_named_again() -> None:
    citizen = Citizen()
    tell(citizen, "life", SAID["life"])
    citizen.says(GO_ON)
    assert tell(citizen, "life", SAID["life"]) == ["life"]


def test_the_desk_knows_every_danger_that_the_assistant_names() -> None:
    assert {*EMERGENCY} - {"doubt"} == KINDS
