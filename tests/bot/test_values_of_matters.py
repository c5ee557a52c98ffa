"""Unit, sum, time and place out of a clause that is known to give them: its own words and nothing around."""

from __future__ import annotations

import pytest

from bot.dialogue.reading.places import place_in
from bot.dialogue.reading.sums import sum_in
from bot.dialogue.reading.times import time_in
from bot.dialogue.reading.units import unit_in
from tests.bot.reading import value


@pytest.mark.parametrize(("text", "unit"), [
    ("磨坊街供电所一直不来人", "磨坊街供电所"), ("我在顺达汽修厂干活", "顺达汽修厂"), ("县里的水利局不理", "县里的水利局"),
    ("和平镇政府强行收地", "和平镇政府"), ("向阳小学乱收费", "向阳小学"), ("厂里不给开证明", "厂里"),
    ("物业的人打了我", "物业"), ("我们村的合作社卷款跑了", "村的合作社"), ("學校不退學費", "學校"),
    ("班长老马扣着我的钱", "班长老马"), ("队长老马扣着我的钱", "队长老马"), ("包工头孙六跑了", "包工头孙六"), ("给李老板干活", "李老板"),
    ("南街派出所的郭所长收了钱", "南街派出所的郭所长"),
    ("兴隆拖着不交房", "兴隆"), ("东院老吴占了我家菜地", "东院老吴"), ("我要告贾大壮", "贾大壮"),
    ("前年五月村里挖沟占了我家菜地", None), ("上个月兴隆不给退钱", "兴隆"), ("修沟占了我家地", None), ("他们拖着不给", None), ("人家不管", None), ("我不服", None), ("怎么办啊", None), ("所以我才来", None),
])  # fmt: skip
def test_a_body_or_person_is_cut_out_of_the_clause(text: str, unit: str | None) -> None:
    assert unit_in(text, alone=False) == unit


@pytest.mark.parametrize(("text", "unit"), [
    ("就是河西那个石灰窑", "河西那个石灰窑"), ("那个，民政局的", "民政局"), ("叫宏盛物业吧", "宏盛物业"), ("是水务所跟镇政府", "水务所跟镇政府"),
])  # fmt: skip
def test_a_clause_that_only_names_it_is_kept_without_its_openers(text: str, unit: str) -> None:
    assert unit_in(text, alone=True) == unit
    assert value("about_unit", (text, "gives.about_unit"), asked="about_unit") == unit


@pytest.mark.parametrize(("text", "money"), [
    ("7777", "7777"), ("差我4600", "4600"), ("一万五千八", "一万五千八"), ("五万把块", "五万把块"), ("总共四万给了一万还欠三万", "三万"),
    ("2022年欠我9000", "9000"), ("干了五个月给了三千", "三千"), ("好几万", "好几万"), ("一块五一斤", "一块五"), ("３万６", "３万６"),
    ("13812345678", None), ("一亩三分地", None), ("找了七八回", None), ("万一不给呢", None), ("2021年", None),
])  # fmt: skip
def test_a_bare_sum_is_one_where_a_sum_is_given(text: str, money: str | None) -> None:
    assert sum_in(text) == money


@pytest.mark.parametrize("acts", ["gives.amount", "gives.request gives.amount", "gives.facts gives.amount"])
def test_a_sum_is_taken_out_of_a_request_or_an_account_too(acts: str) -> None:
    clauses = (("活干完了，", "gives.facts"), ("让他们把4600结了", acts))
    assert value("amount", *clauses, asked="request") == "4600"


@pytest.mark.parametrize(("text", "time"), [
    ("前年冬月就停了", "前年冬月"), ("打从21年入秋他们就没给过", "打从21年入秋"), ("昨儿个来砸门", "昨儿个"), ("上个礼拜五下午", "上个礼拜五下午"),
    ("有大半年了", "有大半年了"), ("欠了三年多了", "三年多了"), ("2022年3月8号上午9点来的", "2022年3月8号上午9点"),
    ("去年正月十六", "去年正月十六"), ("五年前", "五年前"), ("每年三月都收", None), ("找了七八回", None),
])  # fmt: skip
def test_a_time_is_cut_out_with_its_own_words(text: str, time: str | None) -> None:
    assert time_in(text) == time


@pytest.mark.parametrize(("text", "place"), [
    ("就在城北工地上", "城北工地上"), ("我在梧桐花园6栋买的房", "梧桐花园6栋"), ("他们把沙子堆在村口", "村口"), ("在石桥镇柳家村4组", "石桥镇柳家村4组"),
    ("北门桥头那边", "北门桥头那边"), ("我们村修路", "我们村"), ("村长不管", None), ("手里没钱", None),
])  # fmt: skip
def test_a_place_is_cut_out_with_its_own_words(text: str, place: str | None) -> None:
    assert place_in(text) == place
