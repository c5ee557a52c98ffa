"""Wherever a person is offered the office's phone and hours are said, and a phone can ring it."""

from __future__ import annotations

import pytest

from bot.dialogue.office import CALL_STAFF, dialled
from tests.bot.helpers import Citizen
from tests.conversations.fake_api import FakeKiosk

PHONE, HOURS = "010-6555 0199", "周一至周五 9:00—17:00"


def reached(phone: str | None = PHONE, hours: str | None = HOURS) -> FakeKiosk:
    kiosk = FakeKiosk()
    kiosk.office = {"phone": phone, "hours": hours}
    return kiosk


def links(citizen: Citizen) -> list[str]:
    return [one["href"] for said in citizen.turn.replies for one in said["links"]]


@pytest.mark.parametrize("slot", ["", "facts", "phone", "confirm"])
def test_a_wish_for_a_person_is_answered_with_phone_hours_and_a_call_back(slot: str) -> None:
    citizen = Citizen(reached())
    if slot:
        citizen.at(slot)
    citizen.says("找人工", "human", 0.99)
    assert PHONE in citizen.said and HOURS in citizen.said
    assert links(citizen) == [CALL_STAFF["href"], "tel:01065550199"]
    assert "给我回电话" in [one["value"] for said in citizen.turn.replies for one in said["options"]]
    assert citizen.asks == (slot or None)


def test_what_the_office_has_not_filled_in_is_said_to_be_announced() -> None:
    citizen = Citizen(reached(None, HOURS)).says("找人工", "human", 0.99)
    assert "咨询电话：待公布" in citizen.said and HOURS in citizen.said
    assert links(citizen) == [CALL_STAFF["href"]]


def test_the_ways_to_a_person_are_told_without_the_api_as_well() -> None:
    citizen = Citizen(reached())
    citizen.kiosk.down = True
    citizen.says("找人工", "human", 0.99)
    assert "接待窗口" in citizen.said and "待公布" in citizen.said


def test_somebody_looking_for_a_case_gets_to_a_person_too() -> None:
    citizen = Citizen(reached()).says("查进度", "check_status", 0.99).says("找人工", "human", 0.99)
    assert PHONE in citizen.said and citizen.asks == "case_number"


def test_only_digits_are_dialled() -> None:
    assert dialled("+86 （010）6555-0199") == "+8601065550199"
