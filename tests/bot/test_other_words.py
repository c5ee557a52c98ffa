"""Nothing is asked twice in the same words."""

from __future__ import annotations

import pytest

from bot.dialogue.words.questions import asking
from bot.petition_fields import ASKED_IN_TURN, FIELDS
from tests.bot.helpers import ANSWERS, Citizen

FIRST_FOUR = range(4)


@pytest.mark.parametrize("field", [*ASKED_IN_TURN])
def test_a_question_is_put_in_at_least_four_ways(field: str) -> None:
    assert len({asking(field, {}, times)[0] for times in FIRST_FOUR}) == len(FIRST_FOUR)


@pytest.mark.parametrize("field", [one.name for one in FIELDS if one.question])
def test_no_wording_comes_twice_in_a_row(field: str) -> None:
    said = [asking(field, {}, times)[0] for times in range(12)]
    assert all(one and one != after for one, after in zip(said, said[1:], strict=False))


def test_the_read_back_is_shown_in_other_words_each_time() -> None:
    cards = [asking("confirm", ANSWERS, times)[0] for times in range(5)]
    assert all(one != after for one, after in zip(cards, cards[1:], strict=False))


@pytest.mark.parametrize(
    "words",
    [("jjjj;;", "noise"), ("今天天真热", "filler"), ("你们一帮吃干饭的", "feels.insult"), ("说过了", "already_said")],
)
@pytest.mark.parametrize("asked", ["phone", "request", "confirm"])
def test_the_same_words_twice_get_other_words(words: tuple[str, str], asked: str) -> None:
    known = {**ANSWERS} if asked == "confirm" else {"facts": ANSWERS["facts"]}
    if asked == "phone":
        known |= {"request": ANSWERS["request"], "place": "", "about_unit": "", "petitioner_name": "王小明"}
    citizen = Citizen().knows(asked, **known)
    said = [citizen.means(words).turn.replies[-1]["text"] for _ in range(2)]
    assert said[0] != said[1]


@pytest.mark.parametrize("wish", ["wants.stop", "wants.restart"])
def test_the_check_before_something_is_lost_comes_in_other_words(wish: str) -> None:
    citizen = Citizen().knows("request", facts=ANSWERS["facts"])
    first = citizen.means(("不干了", wish)).said
    citizen.means(("接着填", ""))
    assert citizen.means(("不干了", wish)).said != first
