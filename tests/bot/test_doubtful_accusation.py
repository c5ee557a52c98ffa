"""Where the reading doubts whether an official is accused: one question, and without a clear no it stays in doubt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue import record
from bot.dialogue.talks.registering import ACCUSES, ACCUSES_NOT, ASK_KIND_FROM, NOT_CERTAIN, SURELY_ACCUSES
from bot.dialogue.talks.steps import turn
from bot.dialogue.texts_zh import TEXT
from tests.bot.helpers import ANSWERS, Citizen, reader

ACCOUNT = "修渠的钱拨下来两年了，渠没动，会计家倒是起了新楼，问他他说账都在镇里。"
ASK = {
    "key": "accusation",
    "text": "您是要举报工作人员违纪违法吗？",
    "choices": [{"key": "yes", "label": "是"}, {"key": "no", "label": "不是"}, {"key": "unsure", "label": "说不准"}],
}


def told(share: float, account: str = ACCOUNT) -> Citizen:
    """The account, read with this share of an accusation."""
    citizen = Citizen().at("facts")
    message = replace(
        reader().read(account, "facts", "tell_matter", 0.9),
        kinds={"accusation": 0.0, "appeal": 1.0},
        accuses={"official": share, "nobody": 1 - share},
        dangers={"none": 1.0},
    )
    citizen.turn = turn(citizen.api, citizen.session, citizen.state, message)
    citizen.state.update(citizen.turn.slots)
    citizen.state["asked"] = citizen.asks = citizen.turn.asks
    citizen.said = "\n".join(reply["text"] for reply in citizen.turn.replies)
    return citizen


def filed(citizen: Citizen) -> dict[str, Any]:
    """On to the end, and what was sent."""
    for _ in range(12):
        if citizen.case:
            break
        citizen.says("确认提交" if citizen.asks == "confirm" else ANSWERS.get(str(citizen.asks), "跳过"))
    [(sent, _)] = citizen.kiosk.petitions.values()
    return dict(sent)


def test_in_doubt_one_question_says_what_confidentiality_means() -> None:
    citizen = told(ASK_KIND_FROM)
    assert citizen.asks == "kind"
    assert "您是要举报工作人员违纪违法吗？" in citizen.said and "不会让被反映的人或单位看到" in citizen.said
    assert [one["value"] for one in citizen.turn.replies[-1]["options"]] == [ACCUSES, ACCUSES_NOT, NOT_CERTAIN]
    assert told(ASK_KIND_FROM - 0.01).asks != "kind"
    assert told(SURELY_ACCUSES).asks != "kind"


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        (ACCUSES, "yes"), (ACCUSES_NOT, "no"), (NOT_CERTAIN, "unsure"),
        ("我也说不准", "unsure"), ("不知道算不算", "unsure"), ("不太清楚", "unsure"), ("拿不准呢", "unsure"),
    ],
)  # fmt: skip
def test_only_a_clear_no_ends_the_doubt(answer: str, sent: str) -> None:
    citizen = told(0.3).says(answer)
    assert citizen.asks not in ("kind", None)
    assert (TEXT["kind_doubtful"] in citizen.said) == (sent == "unsure")
    body = filed(citizen)
    assert body["route_answers"]["accusation"] == sent
    assert "confidential" not in body  # what the citizen did not wish for is not said in their name


def test_who_goes_on_without_an_answer_stays_in_doubt_and_is_not_asked_again() -> None:
    citizen = told(0.3).says(ANSWERS["request"])
    assert citizen.asks != "kind"
    assert filed(citizen)["route_answers"]["accusation"] == "unsure"


def test_the_card_shows_it_confidential_until_a_clear_no() -> None:
    for answer, shown in ((NOT_CERTAIN, True), (ACCUSES, True), (ACCUSES_NOT, False)):
        assert record.is_confidential(told(0.3).says(answer).state) == shown


def test_the_api_may_doubt_where_no_single_message_did() -> None:
    citizen = Citizen()
    citizen.kiosk.ask_about_window = ASK
    citizen.at("address").says(ANSWERS["address"])
    assert citizen.asks == "kind"
    citizen.kiosk.ask_about_window = None
    citizen.says(ACCUSES_NOT)
    assert citizen.asks == "confirm"
    assert filed(citizen)["route_answers"] == {"accusation": "no"}


def test_after_the_answer_the_question_about_the_window_is_still_asked() -> None:
    citizen = Citizen()
    citizen.kiosk.ask_about_window = ASK
    citizen.at("address").says(ANSWERS["address"])
    citizen.kiosk.ask_about_window = {
        "key": "judged",
        "text": "法院判过了吗？",
        "choices": [{"key": "no", "label": "还没有"}],
    }
    citizen.says(NOT_CERTAIN)
    assert citizen.asks == "clarify"
    citizen.says("还没有")
    assert filed(citizen)["route_answers"] == {"accusation": "unsure", "judged": "no"}
