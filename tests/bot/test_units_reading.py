"""The whole proper name of a firm or an office, also where its last word is no usual one."""

from __future__ import annotations

import pytest

from tests.bot.reading import value


@pytest.mark.parametrize(("text", "acts", "unit"), [
    ("跟恒通包装签的合同", "gives.about_unit", "恒通包装"), ("钱投进了聚源财富", "gives.facts gives.about_unit", "聚源财富"),
    ("我在顺达配送跑了半年", "gives.facts gives.about_unit", "顺达配送"), ("租的是乐家公寓", "gives.about_unit", "乐家公寓"),
    ("老人住在福寿生态园", "gives.facts gives.about_unit", "福寿生态园"), ("学校后勤不给退饭卡", "gives.facts gives.about_unit", "学校后勤"),
    ("镇上民政说名额满了", "gives.facts gives.about_unit", "民政"), ("街道残联不给办证", "gives.facts gives.about_unit", "街道残联"),
    ("我在永固钢构干了三个月没给工资", "gives.facts gives.about_unit", "永固钢构"), ("把钱交给了万家装饰", "gives.facts gives.about_unit", "万家装饰"),
    ("天成物流欠我运费", "gives.facts gives.about_unit", "天成物流"), ("金鼎财富", "gives.about_unit", "金鼎财富"),
    ("美家装饰公司拖着不修", "gives.facts gives.about_unit", "美家装饰公司"),
])  # fmt: skip
def test_the_whole_name_is_kept(text: str, acts: str, unit: str) -> None:
    assert unit in str(value("about_unit", (text, acts), asked="facts"))
    assert len(str(value("about_unit", (text, acts), asked="facts"))) <= len(unit) + 3


@pytest.mark.parametrize(
    "text", ["在网上买的食品发霉了", "楼上装修漏水", "家里买的家具散架了", "学校搞的义务教育收钱", "我投资亏了十万"]
)
def test_a_trade_without_a_name_is_no_firm(text: str) -> None:
    found = value("about_unit", (text, "gives.facts gives.about_unit"), asked="facts")
    assert found is None or not found.endswith(("食品", "装修", "家具", "教育", "投资"))
