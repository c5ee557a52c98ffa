"""Two candidates, or a doubtful owner: one short question with both as buttons, asked once, nothing silently changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.helpers import ANSWERS, Citizen

OTHER = {"petitioner_name": "李大川", "phone": "13900002222", "address": "河西乡大湾村2组"}
SAYS = {
    "petitioner_name": "我叫李大川",
    "phone": "我电话13900002222",
    "address": "我家住河西乡大湾村2组",
}


def options(citizen: Citizen) -> list[dict[str, Any]]:
    return [dict(one) for one in citizen.turn.replies[-1]["options"]]


def in_doubt(field: str) -> Citizen:
    """Somebody who has given a value and, while something else is asked, states another one."""
    citizen = Citizen().at("request")
    citizen.state |= {name: ANSWERS[name] for name in OTHER}
    citizen.says(SAYS[field])
    assert citizen.asks == "owner", citizen.said
    return citizen


@pytest.mark.parametrize("field", [*OTHER])
def test_two_values_are_asked_about_once_with_both_as_buttons(field: str) -> None:
    citizen = in_doubt(field)
    old = citizen.state[field]
    assert len(options(citizen)) == 2 and citizen.said.endswith("？")
    assert citizen.said.count("？") == 1
    new, kept = options(citizen)
    tail = OTHER[field][-4:]
    assert tail in new["label"] and old[-4:] in kept["label"]
    assert citizen.state[field] == old
    chosen = citizen.says(new["value"])
    assert chosen.state[field] == OTHER[field]
    assert chosen.asks == "request"
    assert chosen.state["evidence"][field]["words"]


@pytest.mark.parametrize("field", [*OTHER])
def test_the_button_of_the_old_value_keeps_it(field: str) -> None:
    citizen = in_doubt(field)
    old = citizen.state[field]
    citizen.says(options(citizen)[1]["value"])
    assert citizen.state[field] == old and citizen.asks == "request"


def test_numbers_on_the_buttons_are_covered_but_can_be_told_apart() -> None:
    citizen = in_doubt("phone")
    assert "13900002222" not in citizen.said
    assert not any("13900002222" in one["label"] for one in options(citizen))
    citizen = Citizen().at("address").says("我电话13912345678")  # the same last four
    assert citizen.asks == "owner", citizen.said
    new, kept = options(citizen)
    assert new["label"] != kept["label"].replace("还用", "改成")
    assert "139" in new["label"] and "138" in kept["label"]


def test_two_numbers_in_one_message_are_asked_about_once() -> None:
    citizen = Citizen().at("phone").says("我的电话13812345678，我的电话13900002222")
    assert citizen.asks == "owner", citizen.said
    assert citizen.state["phone"] == "13812345678"
    citizen.says(options(citizen)[0]["value"])
    assert citizen.state["phone"] == "13900002222" and citizen.asks == "address"


@pytest.mark.parametrize("words", ["我儿子的电话是13900002222", "打我女儿手机13900002222"])
def test_a_number_that_seems_somebody_elses_is_asked_about_once(words: str) -> None:
    citizen = Citizen().at("phone").says(words)
    assert citizen.asks == "owner"
    assert len(options(citizen)) == 2
    assert citizen.state.get("phone") is None
    citizen.says(options(citizen)[0]["value"])
    assert citizen.state["phone"] == "13900002222"
    assert citizen.state["evidence"]["phone"]["whose"] == "agreed"
    assert citizen.asks == "address"


def test_a_doubtful_number_that_is_refused_is_asked_for_anew() -> None:
    citizen = Citizen().at("phone").says("我儿子的电话是13900002222")
    citizen.says(options(citizen)[1]["value"])
    assert citizen.asks == "phone" and citizen.state.get("phone") is None


def test_an_answer_beside_the_doubt_does_not_ask_it_twice() -> None:
    citizen = Citizen().at("phone").says("我儿子的电话是13900002222")
    citizen.says("登记要多久有答复？", "ask_handbook", 0.8)
    assert citizen.asks != "owner"
    citizen.says("13812345678")
    assert citizen.state["phone"] == "13812345678"


@pytest.mark.parametrize("asked", ["phone", "confirm"])
def test_no_doubt_stands_in_the_record_or_on_the_card(asked: str) -> None:
    citizen = Citizen().at(asked).says("我儿子的电话是13900002222").says("看看都记了什么")
    assert "待核实" not in citizen.said and "（" not in "".join(
        one["text"] for reply in citizen.turn.replies if reply["card"] for one in reply["card"]["rows"]
    )
