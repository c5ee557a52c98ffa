"""A reading of which the reader is not sure turns nothing round in the middle of a petition."""

from __future__ import annotations

import pytest

from bot.dialogue.reading.message import Clause, Message
from tests.bot.helpers import ANSWERS, Citizen


def unsure(citizen: Citizen, text: str, **shares: float) -> Citizen:
    acts = {name.replace("__", "."): share for name, share in shares.items()}
    return citizen._hears(Message(text, (Clause(text, acts),), "nlu_fallback", 0.3, kinds={}, dangers={}))


@pytest.mark.parametrize(
    ("words", "shares"),
    [
        ("请你们帮忙换一台新的", {"wants__person": 0.27, "wants__restart": 0.24}),
        ("换一间教室给娃娃", {"gives__request": 0.2, "wants__restart": 0.33}),
        ("快些把路修好", {"wants__urge": 0.28}),
    ],
)
def test_a_faint_wish_at_the_request_is_the_request(words: str, shares: dict[str, float]) -> None:
    citizen = unsure(Citizen().knows("request", facts=ANSWERS["facts"]), words, **shares)
    assert citizen.state["request"] == words and citizen.asks == "place"


@pytest.mark.parametrize("wish", ["restart", "advice_only", "stop", "status", "urge"])
def test_a_faint_wish_loses_nothing(wish: str) -> None:
    known = {"facts": ANSWERS["facts"], "request": ANSWERS["request"], "place": "", "about_unit": ""}
    citizen = unsure(Citizen().knows("petitioner_name", **known), "快点啊你", **{f"wants__{wish}": 0.3})
    assert citizen.asks == "petitioner_name"


@pytest.mark.parametrize("words", ["那车是单位的，不是我家的", "娃没打人，是他们先动的手", "不是欠三万，他们说成三千"])
def test_an_account_that_puts_others_right_is_an_account(words: str) -> None:
    first, second = words.split("，")
    citizen = (
        Citizen().knows("facts").means(("低保去年停了", "gives.facts"), (first, "gives.facts"), (second, "corrects"))
    )
    assert citizen.asks == "request" and "低保去年停了" in citizen.state["facts"]


@pytest.mark.parametrize("words", ["不是要举报哪个", "没那意思", "不是举报谁"])
def test_no_to_an_accusation_is_no_wish_to_leave(words: str) -> None:
    citizen = Citizen().knows("kind", facts=ANSWERS["facts"], accusation="doubtful", kind_asked=True)
    assert unsure(citizen, words, wants__advice_only=0.31, corrects=0.17).asks == "request"
