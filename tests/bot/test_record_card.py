"""The record as a card: a row for each thing noted, and a button or a number that changes exactly that row."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue import card, commands
from bot.dialogue.card import FIELD_OF_BUTTON
from bot.dialogue.reading.message import Message
from bot.dialogue.reading.read import read
from bot.petition_fields import ASKED_IN_TURN, FIELD
from tests.bot.helpers import ANSWERS, Citizen

NEW = {
    "petitioner_name": "李大川",
    "phone": "13900002222",
    "address": "河西乡大湾村2组",
    "request": "要求恢复原状并赔礼道歉",
    "place": "河西乡大湾村",
    "about_unit": "河西乡人民政府",
}


def card_of(citizen: Citizen) -> dict[str, Any]:
    """The card of the last turn."""
    (found,) = [one["card"] for one in citizen.turn.replies if one["card"]]
    return dict(found)


def row(citizen: Citizen, field: str) -> dict[str, Any]:
    return next(one for one in card_of(citizen)["rows"] if one["field"] == field)


def values(citizen: Citizen) -> list[str]:
    return [one["value"] for one in citizen.turn.replies[-1]["options"]]


def test_the_read_back_is_a_card_that_says_what_its_text_says() -> None:
    citizen = Citizen().at("confirm")
    shown = card_of(citizen)
    assert [one["field"] for one in shown["rows"]] == [*ASKED_IN_TURN, "happened"]  # the day is in the account
    assert [one["number"] for one in shown["rows"]] == [*range(1, len(shown["rows"]) + 1)]
    assert row(citizen, "phone") == {
        "number": 6, "field": "phone", "label": "电话", "text": "*******5678", "whole": "", "change": "改电话",
    }  # fmt: skip
    text = citizen.turn.replies[-1]["text"]
    assert all(f"{one['label']}：{one['text']}" in text for one in shown["rows"])
    assert text.startswith(shown["title"]) and text.endswith(shown["closing"])


def test_a_long_account_is_shown_short_and_held_whole() -> None:
    account = "去年三月村里修路占了我家一亩二分地，补偿款到现在没给。" * 20
    shown = card.rows({"facts": account, "accusation": True})
    assert len(shown[0]["text"]) < 220 and shown[0]["whole"] == account
    assert shown[1]["field"] == "confidential" and shown[1]["change"] == "" and shown[1]["number"] == 0


@pytest.mark.parametrize("field", [*NEW])
def test_a_touched_row_is_asked_for_changed_read_back_and_the_card_comes_again(field: str) -> None:
    citizen = Citizen().at("confirm")
    before = {name: citizen.state.get(name) for name in ANSWERS}
    citizen.says(row(citizen, field)["change"])
    assert citizen.said == f"{FIELD[field].label}改成什么？"
    assert citizen.asks == field
    assert citizen.turn.replies[-1]["expects"] == field
    assert citizen.state[field] == before[field]  # until there is a new one, the old one stands
    citizen.says(NEW[field])
    assert citizen.asks == "confirm"
    assert f"changed:{field}" in citizen.turn.moves and citizen.said.startswith("改好了：")
    assert row(citizen, field)["text"].endswith(NEW[field][-4:])
    assert {name: citizen.state.get(name) for name in ANSWERS} == {**before, field: citizen.state[field]}


@pytest.mark.parametrize("words", ["{}", "{}。", "第{}条", "改{}", "７", "七"])
def test_the_number_of_a_row_does_what_its_button_does(words: str) -> None:
    citizen = Citizen().at("confirm")
    number = row(citizen, "address")["number"]
    assert number == 7
    citizen.says(words.format(number))
    assert (citizen.asks, citizen.said) == ("address", "住址改成什么？")


@pytest.mark.parametrize("number", ["0", "9", "88", "3万"])
def test_a_number_that_no_row_has_changes_nothing(number: str) -> None:
    citizen = Citizen().at("confirm")
    before = dict(citizen.state)
    citizen.says(number)
    assert citizen.asks in ("confirm", "fix_which")
    assert {name: citizen.state.get(name) for name in ANSWERS} == {name: before.get(name) for name in ANSWERS}


@pytest.mark.parametrize("slot", ["facts", "request", "place", "phone"])
def test_where_no_card_is_shown_a_lone_figure_is_noise(slot: str) -> None:
    citizen = Citizen().at(slot)
    before = {name: citizen.state.get(name) for name in ANSWERS}
    citizen.says("3")
    assert citizen.asks == slot
    assert {name: citizen.state.get(name) for name in ANSWERS} == before


def test_every_buttons_value_is_read_exactly_without_any_model() -> None:
    for button, field in FIELD_OF_BUTTON.items():
        for asked in (*ASKED_IN_TURN, "confirm", "fix_which", "clarify"):
            meaning = read(Message(button), asked, {"facts": "说过的"})
            assert [(one.field, one.value) for one in meaning.changes] == [(field, None)], (button, asked)
            assert not meaning.values


@pytest.mark.parametrize(
    "words", ["看看都记了什么", "see all", "看看记了哪些", "都记了啥", "看看我填的内容", "查看记录"]
)
@pytest.mark.parametrize("slot", ["request", "phone"])
def test_see_all_shows_the_card_and_goes_on_with_the_open_question(words: str, slot: str) -> None:
    assert commands.command(words) == "review"
    citizen = Citizen().at(slot).says(words)
    assert {one["field"] for one in card_of(citizen)["rows"]} >= {"facts"}
    assert card_of(citizen)["closing"] == ""
    assert citizen.asks == slot and citizen.turn.replies[-1]["expects"] == slot
    assert not citizen.kiosk.petitions
    assert "确认提交" not in citizen.said


def test_a_row_can_be_changed_in_the_middle_and_the_talk_goes_on_where_it_was() -> None:
    citizen = Citizen().at("phone").says("看看都记了什么")
    citizen.says(str(row(citizen, "request")["number"]))
    assert citizen.asks == "request"
    citizen.says(NEW["request"])
    assert citizen.state["request"] == NEW["request"]
    assert citizen.asks == "phone"


def test_the_numbers_of_a_card_hold_for_the_next_message_only() -> None:
    citizen = Citizen().at("phone").says("看看都记了什么").says("登记以后多久能有答复？", "ask_handbook", 0.8)
    assert citizen.says("2").asks == "phone"


def test_before_anything_is_noted_there_is_no_card() -> None:
    citizen = Citizen().says("看看都记了什么")
    assert citizen.said.startswith("还没有填")
    assert not any(one["card"] for one in citizen.turn.replies)


@pytest.mark.parametrize("words", ["不改了", "取消", "算了，不改", "没错，不用改"])
def test_a_change_that_is_given_up_leaves_the_old_value(words: str) -> None:
    citizen = Citizen().at("confirm").says("改电话").says(words)
    assert citizen.asks in ("confirm", "phone")
    assert citizen.state["phone"] == "13812345678"
    if words in ("不改了", "取消"):
        assert citizen.asks == "confirm"


def test_a_question_beside_a_change_is_answered_and_the_change_goes_on() -> None:
    citizen = Citizen().at("confirm").says("改电话").says("为什么要电话")
    assert citizen.asks == "phone"
    assert citizen.state["phone"] == "13812345678"
    citizen.says("13900002222")
    assert citizen.state["phone"] == "13900002222" and citizen.asks == "confirm"


def test_a_wrong_new_value_is_explained_and_the_old_one_stands() -> None:
    citizen = Citizen().at("confirm").says("改电话").says("1390000")
    assert citizen.asks == "phone"
    assert citizen.state["phone"] == "13812345678"


def test_an_optional_row_can_be_emptied_and_filled_again() -> None:
    citizen = Citizen().at("confirm").says(row_button("about_unit"))
    assert "跳过" in values(citizen)
    citizen.says("跳过")
    assert row(citizen, "about_unit")["text"] == "（没填）"
    citizen.says(row_button("about_unit"))
    assert citizen.said.endswith("填什么？")
    citizen.says("河西乡人民政府")
    assert citizen.state["about_unit"] == "河西乡人民政府"


def row_button(field: str) -> str:
    return next(button for button, name in FIELD_OF_BUTTON.items() if name == field)


def test_the_account_is_added_to_corrected_or_rewritten() -> None:
    told = ANSWERS["facts"]
    citizen = Citizen().at("confirm").says("改事实经过")
    assert {"补几句", "从头再说", "不改了"} <= set(values(citizen))
    citizen.says("补几句").says("他们上周还把我家的菜地铲了")
    assert citizen.state["facts"] == told + "\n他们上周还把我家的菜地铲了"
    citizen.says("改事实经过").says("不是三月，是五月的事")
    assert citizen.state["facts"].startswith(told) and citizen.state["facts"].endswith("（更正：不是三月，是五月的事）")
    citizen.says("改事实经过").says("从头再说").says("就那样子")
    assert citizen.state["facts"].startswith(told) and citizen.asks == "facts"
    citizen.says("去年五月村里修路占了我家一亩地，补偿款到现在没给，找过村里三次都没人管。")
    assert citizen.state["facts"] == "去年五月村里修路占了我家一亩地，补偿款到现在没给，找过村里三次都没人管。"
    if citizen.asks == "kind":  # a new account is looked at for an accusation again
        citizen.says("不是，只是办事的事")
    assert citizen.asks == "confirm"


def test_an_addition_in_the_middle_answers_no_other_question() -> None:
    citizen = Citizen().at("request").says("改事实经过").says("补几句").says("嗯嗯那个那个啥来着")
    assert citizen.state["facts"] == ANSWERS["facts"] + "\n嗯嗯那个那个啥来着"
    assert citizen.asks == "request" and citizen.state.get("request") is None


def test_a_representative_is_taken_out_again() -> None:
    citizen = Citizen().at("facts").says("加代表 李四 13811112222").says("加代表 赵五 13811113333")
    citizen.says("改代表人")
    button = next(one for one in citizen.turn.replies[-1]["options"] if one["label"] == "去掉李四")
    citizen.says(button["value"])
    assert [one["name"] for one in citizen.state["representatives"]] == ["赵五"]
    assert citizen.asks == "facts"


def test_the_wish_for_confidentiality_has_a_row_that_takes_it_back() -> None:
    citizen = Citizen().at("confirm").says("请为我保密")
    assert row(citizen, "confidential")["change"] == "不用保密"
    citizen.says(str(row(citizen, "confidential")["number"]))
    assert not citizen.state.get("confidential")
    assert "confidential" not in [one["field"] for one in card_of(citizen)["rows"]]
