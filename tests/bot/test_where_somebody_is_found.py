"""Who has no number on the door says where they are found, and that is their address."""

from __future__ import annotations

import pytest

from tests.bot.helpers import Citizen

KNOWN = {"facts": "包工头欠我工资三个月，四万二，一直不给", "request": "把工钱付清", "place": "城关镇工地",
         "about_unit": "宏达建筑公司", "petitioner_name": "马小军", "phone": "13812345678"}  # fmt: skip


@pytest.mark.parametrize(("words", "acts"), [
    ("工棚没门牌", "filler"), ("住工地上，没得门牌号", "gives.address"), ("县东边的板房里", "filler"), ("租的房，不晓得门牌", "filler"),
    ("河边的船上", "filler"), ("住在菜场旁边的店里", "gives.address"),
])  # fmt: skip
def test_where_one_is_found_is_taken_in_ones_own_words(words: str, acts: str) -> None:
    citizen = Citizen().knows("address", **KNOWN).means((words, acts))
    assert citizen.asks == "confirm"
    assert citizen.state["address"]


@pytest.mark.parametrize(("words", "acts"), [
    ("没地址", "refuses"), ("不知道", "refuses"), ("我住哪跟你们没关系", "refuses"), ("工地上欠我钱", "gives.facts"),
])  # fmt: skip
def test_who_says_no_place_is_told_what_will_do(words: str, acts: str) -> None:
    citizen = Citizen().knows("address", **KNOWN).means((words, acts))
    assert not citizen.state.get("address") and citizen.asks == "address"
