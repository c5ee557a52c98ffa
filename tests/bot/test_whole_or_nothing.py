"""A sum or a day is taken whole, in the words said, or not at all: sentences made by a grammar of their own.

The grammar here is written from how people write, not from the readers, and it makes more than they know.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.characters import visible
from bot.dialogue.particulars import particulars
from bot.dialogue.reading.sums import sum_in
from bot.dialogue.reading.times import time_in
from tests.bot.helpers import Citizen

_DIGITS = "零一二三四五六七八九"
_OLD = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
MOST_UNREAD = 0.1  # of the values that the grammar makes


def in_chinese(number: int) -> str:
    """一千零五: as numbers below 10**12 are said."""
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        return in_chinese(high) + "亿" + (("零" if low < 10**7 else "") + in_chinese(low) if low else "")
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return in_chinese(high) + "万" + (("零" if low < 1000 else "") + in_chinese(low) if low else "")
    said, zero = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            said += ("零" if zero and said else "") + _DIGITS[digit] + unit
        zero = digit == 0
    return said


amounts = st.one_of(st.integers(100, 9_999), st.integers(10_000, 99_999_999), st.integers(10**8, 10**11))
money = st.sampled_from(["元", "块", "块钱", "元钱", "元整", "美元", "港币", "元人民币"])


@st.composite
def figures(draw: st.DrawFn) -> str:
    number = draw(amounts)
    return draw(
        st.sampled_from(
            [str(number), f"{number:,}", f"{number:,}".replace(",", "，"), f"{number}.50", f"{number:,}.00"]
        )
    )


@st.composite
def mixed(draw: st.DrawFn) -> str:
    parts = [f"{draw(st.integers(1, 99))}亿", f"{draw(st.integers(1, 9999))}万", f"{draw(st.integers(1, 9))}千"]
    first = draw(st.integers(0, 2))
    return "".join(parts[first : draw(st.integers(first + 1, 3))])


@st.composite
def rough(draw: st.DrawFn) -> str:
    low = draw(st.integers(2, 8))
    pair = _DIGITS[low] + draw(st.sampled_from(["", "、"])) + _DIGITS[low + 1]
    unit = draw(st.sampled_from(["百", "千", "万", "十万", "百万", "亿"]))
    ten = _DIGITS[low]
    return draw(st.sampled_from([
        pair + unit, f"十几{unit[-1]}", f"{ten}十多万", f"{ten}十来万", f"好几{unit}", f"几{unit}", f"{low}.5万", f"{low}万多",
        f"{ten}万{_DIGITS[low + 1]}", f"{low}千{low + 1}", f"{ten}百多", f"{low}00来", f"两{unit}", f"{low}个亿", "千把", "百八十", "万儿八千",
    ]))  # fmt: skip


full_width = str.maketrans("0123456789", "０１２３４５６７８９")


@st.composite
def sums(draw: st.DrawFn) -> str:
    """A sum with its money word."""
    number = draw(
        st.one_of(
            figures(),
            mixed(),
            rough(),
            amounts.map(in_chinese),
            amounts.map(lambda one: in_chinese(one).translate(_OLD)),
        )
    )
    number = draw(st.sampled_from([number, number, number.translate(full_width)]))
    said = number + draw(money)
    change = draw(st.sampled_from(["", "", "", "五毛", "3角", "三角五分"]))
    if change and said.endswith(("元", "块")):
        return said + change
    return draw(
        st.sampled_from([said, said, f"人民币{number}元", f"¥{number}", f"{said}左右", f"{number}到{draw(mixed())}元"])
    )


@st.composite
def days(draw: st.DrawFn) -> str:
    """A day, month or year."""
    month, day, year = draw(st.integers(1, 12)), draw(st.integers(1, 28)), draw(st.integers(1985, 2026))
    spoken = "".join("〇一二三四五六七八九"[int(figure)] for figure in str(year))
    mark = draw(st.sampled_from("-./"))
    years = st.sampled_from(
        [
            f"{year}年",
            f"{spoken}年",
            f"{year % 100:02}年",
            "去年",
            "前年",
            "大前年",
            "大大前年",
            "上上年",
            "今年",
            "民国三十年",
        ]
    )
    lunar = draw(st.sampled_from(["", "", "农历", "阴历", "旧历", "老历", "阳历", "公历"]))
    months = st.sampled_from([f"{month}月", f"{in_chinese(month).replace('一十', '十')}月", f"{month}月份"])
    numbered = st.sampled_from(
        [f"{day}日", f"{day}号", f"{in_chinese(day).removeprefix('一') if 9 < day < 20 else in_chinese(day)}号"]
    )
    prefix = draw(st.sampled_from(["上", "上上", "上上上"]))
    whole = st.sampled_from([
        draw(years) + lunar + draw(months).removesuffix("份") + draw(numbered), draw(years) + lunar + draw(months),
        draw(months).removesuffix("份") + draw(numbered), f"{year}{mark}{month}{mark}{day}", f"{year}年",
        f"{prefix}个月{draw(numbered)}", f"{prefix}{draw(st.sampled_from(['周', '个星期', '礼拜', '个礼拜']))}{draw(st.sampled_from('一二三四五六'))}",
        draw(st.sampled_from(["昨天", "前天", "大前天", "大大前天"])), draw(years) + draw(st.sampled_from(["中秋", "端午节", "国庆", "春节", "年底", "年初", "冬至"])),
        draw(years) + lunar + draw(st.sampled_from(["正月", "腊月", "闰六月"])) + draw(st.sampled_from(["初八", "十五", "廿三", "二十六", "三十"])),
        f"{year}年{month}月到{year + 1}年{month}月", f"{month}月{day}号到{day + 1}号", f"{year} 年 {month} 月 {day} 日",
    ])  # fmt: skip
    said = draw(whole)
    if said.endswith(("日", "号", "天", "五")):
        said += draw(st.sampled_from(["", "", "上午", "晚上", "下午三点半", "早上8点", "凌晨"]))
    return draw(st.sampled_from([said, said, said.translate(full_width)]))


OF_A_SUM = (
    "公司欠我{}一直没给",
    "集资款{}被卷走了",
    "我在东王庄村5组，工钱{}",
    "他们少给了{}，我不服",
    "一共三次骗走{}没退",
    "{}的工程款拖着",
    "3号楼的业主交了{}",
    "第十九条说的，罚了{}",
)
OF_A_DAY = (
    "{}他们推倒了我家院墙",
    "物业{}断了水",
    "就在{}，城管砸了摊",
    "这事是{}的",
    "我家院墙被他们{}推倒的",
    "他们{}来了3个人",
)


@given(st.sampled_from(OF_A_SUM), sums())
@settings(max_examples=1500, deadline=None)
def test_no_piece_of_a_sum_is_taken(sentence: str, said: str) -> None:
    text = sentence.format(said)
    assert sum_in(text) in (said, None)
    assert particulars(text).get("amount") in (said, None)


@given(st.sampled_from(OF_A_DAY), days())
@settings(max_examples=1500, deadline=None)
def test_no_piece_of_a_day_is_taken(sentence: str, said: str) -> None:
    text = sentence.format(said)
    assert time_in(text) in (said, None)
    assert particulars(text).get("happened") in (said, None)


def _share_unread(
    values: st.SearchStrategy[str], sentences: tuple[str, ...], reader: Callable[[str], str | None]
) -> float:
    read: list[bool] = []

    @given(st.sampled_from(sentences), values)
    @settings(max_examples=400, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def collect(sentence: str, said: str) -> None:
        read.append(reader(sentence.format(said)) is not None)

    collect()
    return read.count(False) / len(read)


def test_most_sums_and_days_are_read() -> None:
    assert _share_unread(sums(), OF_A_SUM, sum_in) <= MOST_UNREAD
    assert _share_unread(days(), OF_A_DAY, time_in) <= MOST_UNREAD


@pytest.mark.parametrize("text", [
    "住3号楼", "5组", "12栋", "打12345没人接", "打110", "996", "第十九条", "六十多岁", "3亩", "来了3个人", "涨了30%", "百分之三十", "京A12345",
    "13800001234", "139 0000 1234", "110105194912310021", "三亩三分地", "一万多亩", "2000块地", "三千多个", "万一不给呢", "千万别", "一分钱没给",
    "说的是人民币", "1亿2000.3.4万元", "三七二十一",
])  # fmt: skip
def test_other_numbers_are_no_sum(text: str) -> None:
    assert sum_in(text) is None and "amount" not in particulars(text)


@pytest.mark.parametrize("text", [
    "以前天天来", "一点都不管", "和平路12号", "3号楼", "每年三月都收", "五一路", "路上上个月", "再上个月", "一百二十号", "X历三月", "案号2024-19", "二年级", "第十九条",
])  # fmt: skip
def test_other_words_are_no_day(text: str) -> None:
    assert time_in(text) is None and "happened" not in particulars(text)


@pytest.mark.parametrize("day", [
    "上上个月15号", "大前天晚上", "上上周三", "去年农历八月十五日", "上上上个月3号", "大大前天", "上上个礼拜五下午", "去年阴历腊月廿三", "前年闰四月初八", "民国三十年",
    "2023 年 3 月 5 日", "２０２３年３月", "3月5号到8号", "壬寅年三月",
])  # fmt: skip
def test_a_day_told_in_an_account_is_kept_and_said_back_whole(day: str) -> None:
    citizen = Citizen().knows("facts").means((f"{day}他们推倒了我家院墙", "gives.facts gives.happened"))
    assert citizen.state["happened"] == day and day in citizen.said


@pytest.mark.parametrize("money", [
    "1亿2000万元", "一亿两千万元", "1亿 2000万元", "1\u200b亿2000万元", "1，200，000元", "十二万三千四百五十六元七角八分", "壹佰贰拾万元整", "三、四千块钱", "三千到五千元", "两千来万元", "3块2毛5分",
])  # fmt: skip
def test_a_sum_told_in_an_account_is_kept_and_said_back_whole(money: str) -> None:
    citizen = Citizen().knows("facts").means((f"公司{money}的集资款被卷走了", "gives.facts gives.amount"))
    said = visible(money)
    assert citizen.state["amount"] == said and said in citizen.said
