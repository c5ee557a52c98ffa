"""A clause border within a value does not cut it: a sum, a time and a number are read of the whole message."""

from __future__ import annotations

import pytest

from bot.dialogue.reading.message import Clause
from bot.dialogue.reading.sums import sum_in
from bot.dialogue.reading.whole import whole_values
from bot.understanding.clauses import cut
from tests.bot.helpers import Citizen

FACTS = {"gives.facts": 0.9}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("物业多收了我们12,350.50元，不给明细", "12,350.50元"),
        ("租金￥８，８００．００没有退", "￥８，８００．００"),
        ("培训班收了1，200，000元就关门了", "1，200，000元"),
        ("学校收了﹩3,000元择校费", "3,000元"),
        ("会计上上个月20号把账本拿走了", "上上个月20号"),
        ("昨天下午我又去找过那家单位，0571-88886666转302没人接", "0571-88886666转302"),
        ("公司前年，九月份把机器搬走了", "前年，九月份"),
        ("\u2068补了2\u200b,450元\u2069就不管了", "450元"),
    ],
)
def test_no_value_stands_in_two_clauses(text: str, value: str) -> None:
    clauses = [Clause(text[start:end], FACTS) for start, end in cut(text)]
    found = whole_values(clauses)
    assert "".join(one.text for one in found) == "".join(one.text for one in clauses)
    assert any(value in one.text for one in found)


def test_clauses_without_a_value_between_them_stay_apart() -> None:
    clauses = [Clause(one, FACTS) for one in ("我姓王，", "三月份的工资没发，", "欠了三千元，", "五个人都没有")]
    assert whole_values(clauses) == clauses


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("物业多收了我们12,350.50元，不给明细", "12,350.50元"),
        ("租金￥８，８００．００没有退", "￥８，８００．００"),
        ("培训班收了1，200，000元就关门了", "1，200，000元"),
    ],
)
def test_a_sum_with_commas_is_kept_whole(text: str, amount: str) -> None:
    assert Citizen().knows("facts").says(text).state["amount"] == amount


@pytest.mark.parametrize("text", ["4单元301室", "二期3栋", "第7车间"])
def test_what_is_no_sum_is_never_put_down_as_one(text: str) -> None:
    assert not Citizen().knows("facts").means((text, "gives.amount")).state.get("amount")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("判他赔王五人民币3600元", "人民币3600元"),
        ("给了孙一RMB500", "RMB500"),
        ("借给赵三五￥800元", "￥800元"),
        ("欠我两万五人民币", "两万五人民币"),
        ("一共五千人民币", "五千人民币"),
    ],
)
def test_the_last_sign_of_a_name_is_no_figure(text: str, amount: str) -> None:
    assert sum_in(text) == amount
