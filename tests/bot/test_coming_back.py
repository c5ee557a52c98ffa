"""A reloaded page goes on with its talk, and the code of a kept draft opens it on a phone."""

from __future__ import annotations

import pytest

from bot.dialogue.texts_zh import BACK
from tests.bot.helpers import ANSWERS, Citizen


def again(citizen: Citizen) -> Citizen:
    return citizen.means((BACK, ""))


def another(citizen: Citizen) -> Citizen:
    """The same conversation after the assistant has forgotten it."""
    return Citizen(citizen.kiosk, citizen.session)


@pytest.mark.parametrize("asked", ["phone", "address", "place"])
def test_what_is_noted_is_shown_and_the_open_question_is_asked(asked: str) -> None:
    citizen = again(Citizen().knows(asked, facts=ANSWERS["facts"], request=ANSWERS["request"]))
    assert citizen.asks == asked
    card = next(one["card"] for one in citizen.turn.replies if one["card"])
    assert {row["field"] for row in card["rows"]} >= {"facts", "request"}
    assert not citizen.turn.slots.get("misses")


def test_at_the_read_back_it_is_read_back_again() -> None:
    citizen = again(Citizen().knows("confirm", **ANSWERS))
    assert citizen.asks == "confirm" and citizen.case is None
    assert next(one["card"] for one in citizen.turn.replies if one["card"])["closing"]


def test_it_is_no_answer_and_no_repetition() -> None:
    citizen = again(again(Citizen().knows("petitioner_name", facts=ANSWERS["facts"])))
    assert citizen.asks == "petitioner_name" and not citizen.state.get("petitioner_name")
    assert citizen.means(("王小明", "gives.name")).state["petitioner_name"] == "王小明"


def test_a_draft_outlives_what_the_assistant_remembers() -> None:
    citizen = Citizen().at("phone")
    back = again(another(citizen))
    assert back.asks == "phone" and back.state["facts"] == citizen.state["facts"]


def test_a_number_whose_answer_was_lost_is_told_again() -> None:
    citizen = Citizen().at("confirm").says("确认提交")
    filed = citizen.case
    assert filed
    assert again(citizen).case == filed
    assert len(citizen.kiosk.petitions) == 1


def test_an_open_question_about_a_case_stays_open() -> None:
    citizen = again(Citizen().says("我想查进度", "check_status", 0.95))
    assert citizen.asks == "case_number"


def test_where_nothing_was_begun_nothing_is_made_of_it() -> None:
    citizen = again(Citizen())
    assert citizen.asks is None and not citizen.state.get("draft_id")


def test_a_kept_draft_says_its_code_for_pages_to_show() -> None:
    citizen = Citizen().at("phone").says("先存着")
    saved = citizen.turn.replies[0]["saved"]
    assert saved and saved["resume_code"] in citizen.said
