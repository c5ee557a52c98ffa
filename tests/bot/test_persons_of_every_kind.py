"""Who somebody is, in a talk with the trained reader: names, cards and telephones of every kind, nothing else lost."""

from __future__ import annotations

import pytest

from tests.bot.helpers import Citizen


@pytest.mark.parametrize(("said", "name"), [
    ("𠮷田明", "𠮷田明"), ("姓名：𠮷田明", "𠮷田明"), ("买买提‧吐尔逊", "买买提·吐尔逊"), ("我叫买买提 ∙ 吐尔逊", "买买提·吐尔逊"),
    ("我姓欧阳，叫修远", "欧阳修远"), ("我姓司马 名字是懿", "司马懿"), ("姓王，名小明", "王小明"), ("姓李叫秀英", "李秀英"),
    ("Seán O’Brien", "Seán O’Brien"), ("My name is O'Brien Sean", "O'Brien Sean"), ("我叫Mike", "Mike"), ("J. R. Smith", "J. R. Smith"),
    ("ئەركىن تۇرسۇن", "ئەركىن تۇرسۇن"), ("བཀྲ་ཤིས་", "བཀྲ་ཤིས་"), ("Нұрсұлтан Әбішұлы", "Нұрсұлтан Әбішұлы"), ("김철수", "김철수"),
    ("我就叫丹", "丹"), ("王\u200b小明", "王小明"), ("国营722厂工会", "国营722厂工会"), ("我们是武汉3506被服厂", "武汉3506被服厂"), ("第1025工程队", "第1025工程队"),
])  # fmt: skip
def test_a_name_of_any_kind_answers_the_question_for_it(said: str, name: str) -> None:
    citizen = Citizen().at("petitioner_name").says(said)
    assert citizen.state["petitioner_name"] == name
    assert citizen.asks == "phone"


def test_one_character_alone_is_asked_about_once() -> None:
    citizen = Citizen().at("petitioner_name").says("丹")
    assert citizen.asks == "owner"
    assert citizen.says("是").state["petitioner_name"] == "丹"


@pytest.mark.parametrize("said", ["I want to complain about the noise", "··", "好的", "我姓王，名字保密"])
def test_what_is_no_name_is_not_taken_for_one(said: str) -> None:
    citizen = Citizen().at("petitioner_name").says(said)
    assert not citizen.state.get("petitioner_name")
    assert citizen.asks == "petitioner_name"


def test_a_surname_and_then_the_given_name_are_one_name() -> None:
    citizen = Citizen().at("petitioner_name").says("我姓欧阳")
    assert "欧阳" in citizen.said
    assert citizen.asks == "petitioner_name"
    assert citizen.says("修远").state["petitioner_name"] == "欧阳修远"


def test_a_whole_name_behind_a_surname_said_alone_stands_as_it_is() -> None:
    assert Citizen().at("petitioner_name").says("我姓王").says("王小明").state["petitioner_name"] == "王小明"
    assert Citizen().at("petitioner_name").says("我姓王").says("我叫王丽").state["petitioner_name"] == "王丽"


@pytest.mark.parametrize("said", [
    "025-58881234转8001", "0255 888 1234 转 8 0 0 1", "025-58881234，分机8001", "(025) 5888 1234-8001", "０２５－５８８８１２３４＃８００１",
    "电话025-58881234 分机 8001，别打手机",
])  # fmt: skip
def test_the_extension_is_kept_and_read_back(said: str) -> None:
    citizen = Citizen().at("phone").says(said)
    assert citizen.state["phone"] == "02558881234;ext=8001"
    assert citizen.asks == "address"
    assert "*******1234转8001" in citizen.says("看看我填了什么").said


def test_a_number_with_an_extension_is_put_right_in_part() -> None:
    known = {"phone": "+862558881234;ext=8001", "petitioner_name": "王小明"}
    citizen = Citizen().knows("address", **known).means(("分机应该是8002", "corrects gives.phone"))
    assert citizen.state["phone"] == "862558881234;ext=8002"
    citizen = Citizen().knows("address", **known).means(("电话尾号改成1235", "corrects gives.phone"))
    assert citizen.state["phone"] == "862558881235;ext=8001"


@pytest.mark.parametrize(("said", "card"), [
    ("身份证号320106195505051235", "320106195505051235"), ("身份证号810000198505051234", "810000198505051234"), ("护照号E12345678", "E12345678"),
    ("身份证320122-19650505-123×", "32012219650505123X"), ("回乡证号码H12345678", "H12345678"),
])  # fmt: skip
def test_every_kind_of_card_is_kept_beside_the_rest(said: str, card: str) -> None:
    citizen = Citizen().at("petitioner_name").says(f"我叫李秀英，{said}，电话13900005678，住在桥林街道林山社区西葛组")
    state = citizen.state
    assert (state["petitioner_name"], state["id_number"], state["phone"]) == ("李秀英", card, "13900005678")
    assert state["address"] == "桥林街道林山社区西葛组"


def test_lines_are_values_of_their_own() -> None:
    citizen = Citizen().at("petitioner_name").says("李秀英\n13900005678\n320106195505051235")
    state = citizen.state
    assert (state["petitioner_name"], state["phone"], state["id_number"]) == (
        "李秀英",
        "13900005678",
        "320106195505051235",
    )
