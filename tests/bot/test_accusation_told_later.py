"""Whether an official is accused is asked where one of a public body does wrong, whenever that is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.reading.message import Clause, Message
from bot.dialogue.talks.registering import ASK_KIND_FROM
from bot.dialogue.talks.steps import turn
from tests.bot.helpers import ANSWERS, Citizen


def hears(citizen: Citizen, text: str, acts: str, share: float = ASK_KIND_FROM + 0.05) -> Citizen:
    """A message in which the model of matters doubts whether an official is accused."""
    message = Message(text, (Clause(text, dict.fromkeys(acts.split(), 1.0)),), kinds={}, dangers={})
    citizen.turn = turn(citizen.api, citizen.session, citizen.state, replace(message, accuses={"official": share}))
    citizen.state.update(citizen.turn.slots)
    citizen.asks = citizen.turn.asks
    return citizen


@pytest.mark.parametrize(
    "text",
    [
        "邻居给所长送了两条烟，派出所就不管了。",
        "房东是村支书的弟弟，支书压着不让查。",
        "城管队员收了八百块没给票。",
        "物业说街道的主任点了头，钱都进了他腰包。",
    ],
)
@pytest.mark.parametrize("asked", ["facts", "request", "place"])
def test_one_of_a_public_body_is_asked_about_whenever_it_is_told(text: str, asked: str) -> None:
    known = {} if asked == "facts" else {"facts": ANSWERS["facts"], "request": ANSWERS["request"]}
    if asked == "request":
        del known["request"]
    citizen = hears(Citizen().knows(asked, **known), text, "gives.facts")
    assert "kind" in citizen.turn.moves and citizen.asks == "kind"
