"""What a person says twice, in parts or in passing means one thing."""

from __future__ import annotations

import pytest

from bot.dialogue.texts_zh import WHY
from tests.bot.helpers import ANSWERS, Citizen

KNOWN = {"facts": ANSWERS["facts"], "request": ANSWERS["request"]}


@pytest.mark.parametrize(
    "said",
    [
        (("青禾县柳树路12号 ", "gives.place gives.address"), ("柳树小区", "gives.place")),
        (("工地在城西开发区", "gives.place"), ("那个万达旁边 ", "gives.place"), ("幸福家园二期", "gives.place")),
    ],
)
def test_a_place_said_in_parts_is_kept_whole_and_said_back_once(said: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("place", **KNOWN).means(*said, mark="")
    assert citizen.state["place"] == "".join(words for words, _ in said)
    assert citizen.said.count("事发地点") <= 1


def test_a_name_said_in_part_and_in_whole_is_the_whole_one() -> None:
    citizen = Citizen().knows("place", **KNOWN).means(("桂芬", "gives.name"), ("李桂芬", "gives.name"))
    assert citizen.state["petitioner_name"] == "李桂芬" and citizen.asks == "place"


def test_the_whole_name_takes_the_place_of_the_given_name() -> None:
    citizen = Citizen().knows("about_unit", **KNOWN, petitioner_name="桂芬")
    citizen.means(("叫我李桂芬", "gives.name gives.about_unit"), ("前面那个别管", "corrects"))
    assert citizen.state["petitioner_name"] == "李桂芬" and not citizen.state.get("about_unit")


def test_a_word_of_agreement_before_a_number_is_no_name() -> None:
    citizen = Citizen().knows("place", **KNOWN, petitioner_name="王小明")
    citizen.means(("那行吧", "yes"), ("13812345678", "gives.phone"), mark=" ")
    assert (citizen.state["petitioner_name"], citizen.state["phone"]) == ("王小明", "13812345678")
    assert citizen.asks == "place"


@pytest.mark.parametrize("said", ["村委会", "业委会", "委员会"])
def test_an_organ_of_every_village_is_nobodys_name(said: str) -> None:
    citizen = Citizen().knows("petitioner_name", **KNOWN).means((said, "gives.about_unit"))
    assert not citizen.state.get("petitioner_name")


def test_a_name_typed_sign_by_sign_is_a_name() -> None:
    citizen = Citizen().knows("petitioner_name", **KNOWN).means(("马 小 军", "noise"))
    assert citizen.state["petitioner_name"] == "马小军" and citizen.asks != "owner"


def test_why_a_phone_is_answered_for_the_phone() -> None:
    citizen = Citizen().knows("place", **KNOWN).means(("为啥要电话啊", "asks.why"))
    assert WHY["phone"] in citizen.said and WHY["place"] not in citizen.said


def test_a_draft_is_taken_up_though_a_case_number_was_asked() -> None:
    before = Citizen().at("phone")
    before.means(("先存着", "wants.save"))
    code = next(one["saved"]["resume_code"] for one in before.turn.replies if one.get("saved"))
    later = Citizen(before.kiosk, "session-0002").says("我想查进度", "check_status", 0.95)
    assert later.asks == "case_number"
    later.means(("接着填 ", "wants.register"), (code, "gives.case_number"), mark="")
    assert later.asks == "phone" and later.state["facts"] == ANSWERS["facts"]


def test_ones_own_draft_is_taken_up_though_a_case_number_was_asked() -> None:
    before = Citizen().at("phone")
    later = Citizen(before.kiosk, before.session)
    later.state, later.asks = {"seen": True, "asked": "case_number", "case_action": "status"}, "case_number"
    later.means(("接着填", "wants.register"))
    assert later.asks == "phone" and later.state["facts"] == before.state["facts"]


def offered() -> tuple[Citizen, str]:
    """A draft is offered in a talk that the assistant has forgotten; and the code of that draft."""
    before = Citizen().at("phone").means(("先存着", "wants.save"))
    code = next(one["saved"]["resume_code"] for one in before.turn.replies if one.get("saved"))
    again = Citizen(before.kiosk, before.session).says("查进度", "check_status", 0.9)
    assert again.asks == "resume_choice"
    return again, code


def test_the_words_that_were_told_never_throw_a_draft_away() -> None:
    again, code = offered()
    again.means(("接着填 ", "wants.register"), (code, "gives.case_number"), mark="")
    assert again.asks == "phone" and again.state["facts"] == ANSWERS["facts"]


def test_an_answer_to_the_forgotten_question_goes_into_the_draft() -> None:
    again, _ = offered()
    again.means(("13812345678", "gives.phone"))
    assert (again.state["facts"], again.state["phone"]) == (ANSWERS["facts"], "13812345678")
    assert again.asks == "address"


def test_an_offer_that_was_not_understood_is_made_again() -> None:
    again, _ = offered()
    again.means(("4", ""))
    assert again.asks == "resume_choice" and "接着填" in str(again.turn.replies) and again.said
    again.means(("接着填", "wants.register"))
    assert again.asks == "phone" and again.state["facts"] == ANSWERS["facts"]
