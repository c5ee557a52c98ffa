"""What other forms and apps copy, “label: value” or a name with its address, is read by its labels and its shape."""

from __future__ import annotations

import pytest

from bot.dialogue.reading.labelled import labelled
from bot.dialogue.reading.places import whole_address
from tests.bot.helpers import Citizen

SHOP = "收货人: 孟晓芹\n手机号: 13800002233\n所在地区: 湖南省长沙市岳麓区橘子洲街道\n详细地址: 麓山路36号2栋403室"


def begun() -> Citizen:
    return Citizen().says("我要反映问题", "start_petition", 0.9)


def test_the_two_lines_of_an_address_are_one() -> None:
    state = begun().says(SHOP).state
    assert (state["petitioner_name"], state["phone"]) == ("孟晓芹", "13800002233")
    assert state["address"] == "湖南省长沙市岳麓区橘子洲街道麓山路36号2栋403室"
    assert not state.get("facts") and not state.get("place")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("姓名：古丽·买买提，电话：0991-2345678转12，住址：天山区3号", {"petitioner_name": "古丽·买买提", "address": "天山区3号"}),
        ("1. 信访人：沈玉\n2. 联系电话：13800002233\n3. 诉求：退还押金", {"petitioner_name": "沈玉", "request": "退还押金"}),
        ("联系人姓名:沈玉\t地址:桥头镇二组\t邮编:410000", {"petitioner_name": "沈玉", "address": "桥头镇二组 410000"}),
        ("姓名：沈玉\n性别：女\n地址：桥头镇二组", {"facts": "性别：女", "address": "桥头镇二组"}),
        ("事由：路灯坏了\n事发地点：桥头镇\n发生时间：上个月", {"facts": "路灯坏了", "place": "桥头镇", "happened": "上个月"}),
    ],
)  # fmt: skip
def test_a_value_stands_under_its_label(text: str, found: dict[str, str]) -> None:
    assert found.items() <= labelled(text).items()


@pytest.mark.parametrize(
    "text",
    ["老板说：你走吧", "我跟他说：还钱。他回答：没有", "地址：桥头镇二组", "昨天的事：姓名：沈玉，电话：13800002233"],
)
def test_speech_is_no_form(text: str) -> None:
    assert labelled(text) == {}


def test_a_postcode_belongs_to_its_address() -> None:
    state = begun().says("孟晓芹,13800002233,湖南省长沙市岳麓区麓山路36号2栋403室,410012").state
    assert state["address"].endswith("403室 410012") and state["phone"] == "13800002233" and not state.get("amount")


@pytest.mark.parametrize("text", ["河北省保定市莲池区\n东风路9号\n1单元302室", "莲池区东风路9号1单元302室"])
def test_an_address_said_after_name_and_number_is_where_one_lives(text: str) -> None:
    citizen = begun().says("孟晓芹").says("13800002233").says(text)
    assert citizen.state["address"] == text.replace("\n", "") and not citizen.state.get("facts")


@pytest.mark.parametrize("text", ["莲池区东风路9号1单元302室漏水", "东风路", "楼上302室天天吵", "我家"])
def test_an_account_is_no_address(text: str) -> None:
    assert whole_address(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("阿依古丽‧肉孜", "阿依古丽·肉孜"),
        ("卓玛∙次仁", "卓玛·次仁"),
        ("D’Souza Ana", "D’Souza Ana"),
        ("Иван Петров", "Иван Петров"),
    ],
)
def test_a_name_that_is_surely_one_is_no_account(text: str, name: str) -> None:
    citizen = begun().says(text)
    assert citizen.state["petitioner_name"] == name and not citizen.state.get("facts") and citizen.asks == "facts"


@pytest.mark.parametrize("text", ["Wages Unpaid", "Help Me", "deposit not returned", "厂里·工地都欠钱不给我们发工资"])
def test_a_short_account_is_no_name(text: str) -> None:
    assert not begun().says(text).state.get("petitioner_name")


@pytest.mark.parametrize(
    "text", ["ང་ལ་གླ་ཆ་མ་སྤྲད།", "월급을 석 달째 못 받았습니다", "مائاشىمنى بەرمەيۋاتىدۇ ئۈچ ئايدىن بېرى", "เจ้านายไม่จ่ายค่าจ้างสามเดือนแล้ว"]
)  # fmt: skip
def test_an_account_in_a_script_the_models_have_not_learnt_is_kept(text: str) -> None:
    assert begun().says(text).state["facts"] == text
    assert Citizen().says(text).state["facts"] == text
