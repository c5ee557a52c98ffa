"""The wish to be kept confidential, said in passing, and a question beside an answer."""

from __future__ import annotations

import pytest

from bot.dialogue.secrecy import taken_back, wish
from bot.dialogue.texts_zh import TEXT
from tests.bot.helpers import Citizen
from tests.conversations.fake_api import FakeKiosk

NOTED = TEXT["confidential"]


@pytest.mark.parametrize(("text", "rest"), [
    ("青石镇柳树沟三组 哦对了能不能别让老板晓得是我告的", "青石镇柳树沟三组"),
    ("地址嘛 柳林镇南坝组，莫让他们晓得是我说的", "地址嘛 柳林镇南坝组"),
    ("和平村3组别让村长知道是我说的", "和平村3组"), ("13812345678 要保密哈", "13812345678"),
    ("柳林镇，麻烦给我保个密", "柳林镇"), ("千万莫让村长知道是俺说的", ""), ("别告诉厂里是我举报的", ""),
    ("名字别说出去行吗", ""), ("我的名字不要公开", ""), ("请予保密", ""), ("不要說是我講的", ""),
    ("等等，我不想让他们知道是我反映的", ""),
])  # fmt: skip
def test_the_wish_is_found_and_the_answer_beside_it_is_left(text: str, rest: str) -> None:
    found = wish(text)
    assert found
    assert found.rest == rest


@pytest.mark.parametrize(
    "text",
    [
        "你们会保密吗",
        "你们会给我保密吗？",
        "政府是不是会替我保密",
        "老板说别让村长知道是我说的",
        "保密吗",
        "要不要保密",
        "举报会不会被老板知道",
        "怎么保证老板不知道是我举报的",
        "匿名行不行",
        "不想留名字",
        "不要叫我来",
        "我不想和我前夫打官司",
        "请不要把我的地址写错",
        "不用保密",
    ],
)
def test_a_question_or_another_wish_is_not_taken_for_it(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize("text", [
    "公司让我们签保密协议", "他们要求我保密，不然就开除", "他说别让村里人知道", "老板怕别人知道就把账本烧了",
    "他们不让我知道征地补偿是多少", "老板说不能让我告他，我就来了", "我们去问，他们不给我们说",
])  # fmt: skip
def test_what_others_wanted_kept_secret_is_no_wish_of_the_citizen(text: str) -> None:
    assert wish(text, account=True) is None


def test_the_wish_beside_an_address_is_noted_read_back_and_filed() -> None:
    citizen = Citizen().at("address").says("青石镇柳树沟三组 能不能别让老板晓得是我告的", "ask_handbook", 0.9)
    assert citizen.state["address"] == "青石镇柳树沟三组"
    assert NOTED in citizen.said
    assert citizen.asks == "confirm"
    assert "保密：请为我保密" in citizen.said
    citizen.says("确认提交")
    ((body, _),) = citizen.kiosk.petitions.values()
    assert body["confidential"] is True


def test_it_can_be_wished_at_the_read_back_and_taken_back() -> None:
    citizen = Citizen().at("confirm").says("等等，别让老板知道是我告的")
    assert "保密：请为我保密" in citizen.said
    citizen.says("不用保密了")
    assert TEXT["not_confidential"] in citizen.said
    assert "保密：请为我保密" not in citizen.said
    citizen.says("确认提交")
    ((body, _),) = citizen.kiosk.petitions.values()
    assert "confidential" not in body


def test_an_accusation_stays_confidential_whatever_is_said() -> None:
    citizen = Citizen().at("confirm")
    citizen.state["accusation"] = True
    citizen.says("不用保密")
    assert TEXT["accusation"] in citizen.said
    assert "保密：请为我保密" in citizen.said
    assert taken_back("那就不用替我保密了")


def test_an_account_keeps_every_word_of_it() -> None:
    citizen = Citizen().at("facts").says("请替我保密")
    assert NOTED in citizen.said
    assert citizen.asks == "facts"
    account = "村支书把低保给了他侄子，请替我保密，我还在村里住"
    citizen.says(account)
    assert citizen.state["facts"] == account
    opened = Citizen().says(account, "tell_matter", 0.9)
    assert opened.state["facts"] == account
    assert NOTED in opened.said


def test_a_short_account_at_another_question_loses_no_word() -> None:
    account = "砖厂老板欠我八千块工钱，别让他知道是我告的"
    citizen = Citizen().at("phone").says(account, "tell_matter", 0.9)
    assert citizen.state["facts"].endswith(account)
    assert NOTED in citizen.said
    assert citizen.asks in ("phone", "kind")


def test_the_wish_is_kept_with_the_draft() -> None:
    kiosk = FakeKiosk()
    Citizen(kiosk).at("phone").says("13812345678，请替我保密")
    later = Citizen(kiosk).says("接着填", "resume_draft", 0.9)
    assert later.asks == "address"
    assert later.state["confidential"] is True


@pytest.mark.parametrize(
    ("slot", "answer"), [("phone", "13812345678"), ("address", "柳林镇东王庄村5组"), ("petitioner_name", "王小明")]
)
def test_a_question_beside_an_answer_is_answered_and_the_answer_kept(slot: str, answer: str) -> None:
    citizen = Citizen().at(slot).says(f"{answer}，登记以后多久能有答复？", "ask_handbook", 0.9)
    assert citizen.state[slot].endswith(answer)
    assert "15日" in citizen.said
    assert citizen.asks != slot


def test_after_a_restart_an_answer_gets_the_draft_offered() -> None:
    kiosk = FakeKiosk()
    Citizen(kiosk).at("phone")
    assert Citizen(kiosk).says("13812345678").said == TEXT["resume_offer"]


@pytest.mark.parametrize("text", ["地址不想说", "我的电话不愿意讲", "住址不想再说", "名字不愿说"])
def test_what_somebody_would_rather_not_say_to_us_is_no_wish_to_be_kept_secret(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize("text", ["名字不要说出去", "我的身份不想说出去", "电话别透露", "住址不要讲"])
def test_what_we_shall_not_tell_others_is_one(text: str) -> None:
    assert wish(text)
