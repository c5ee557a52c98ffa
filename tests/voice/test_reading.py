"""Numbers, dates, codes and letters as they are read aloud."""

from __future__ import annotations

import re
import time

import pytest

from tests.bench.voice.lists import sentences
from voice.numerals import value, written
from voice.reading import as_read

READ = {
    "12,000元": "一万二千元",
    "1.2万元": "一点二万元",
    "1,234,567.89元": "一百二十三万四千五百六十七点八九元",
    "¥500": "五百元",
    "2026年3月15日": "二零二六年三月十五日",
    "2026-03-15": "二零二六年三月十五日",
    "2026.3.5": "二零二六年三月五日",
    "2021-2023年": "二零二一到二零二三年",
    "98年": "九八年",
    "80年代": "八十年代",
    "9:30–17:00": "九点三十分到十七点",
    "2:05": "两点零五分",
    "8-12岁": "八到十二岁",
    "10～15人": "十到十五人",
    "第32条、第216条": "第三十二条、第二百一十六条",
    "第2款": "第二款",
    "2个": "两个",
    "2万": "两万",
    "2年": "两年",
    "2月2日": "二月二日",
    "2号楼2单元502室": "二号楼二单元五零二室",
    "22个": "二十二个",
    "200户": "二百户",
    "20000": "两万",
    "12.5%": "百分之十二点五",
    "35㎡": "三十五平方米",
    "3km": "三公里",
    "1/3": "三分之一",
    "拨打110、119或120。": "拨打幺幺零、幺幺九或幺二零。",
    "120元": "一百二十元",
    "打12345和信访": "打幺二三四五和信访",
    "13812345678": "幺三八，幺二三四，五六七八",
    "0312-2345678": "零三幺二，二三四，五六七八",
    "尾号1234": "尾号幺二三四",
    "11010519491231002X": "幺幺零幺零五，幺九四九幺二三幺，零零二艾克斯",
    "XF20260315-ABCD-EFGH-12": "艾克斯艾弗，二零二六，零三幺五，诶必西弟，衣艾弗记诶取，幺二",
    "A4纸": "诶四纸",
    "PDF": "批弟艾弗",
    "QQ": "扣扣",
    "24小时": "二十四小时",
    "5名": "五名",
    "１２人": "十二人",
    "没有数字，也没有字母。": "没有数字，也没有字母。",
}


@pytest.mark.parametrize(("text", "read"), READ.items())
def test_text_is_read_as_a_person_says_it(text: str, read: str) -> None:
    assert as_read(text) == read


def test_nothing_that_the_voice_cannot_say_is_left_in_sentences_of_the_product() -> None:
    for sentence in sentences("product.txt"):
        assert not re.search("[0-9A-Za-z%]", as_read(sentence)), sentence


def test_numerals_come_back_as_the_number_that_was_written() -> None:
    for number in [*range(2_000), *(n * 7919 + 10**k for k in range(3, 12) for n in range(50))]:
        assert value(written(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一万二", 12_000),
        ("三百五", 350),
        ("一万零五", 10_005),
        ("两千八", 2_800),
        ("二零二三", None),
        ("千万", None),
        ("万一", None),
    ],
)
def test_shortened_numerals_and_what_is_none(text: str, number: int | None) -> None:
    assert value(text) == number


@pytest.mark.parametrize("piece", ["1", "1,", "1.", "1-", "1:", "20", "2020-", "XF", "a-", "0", "1/", "年1", "¥1 "])
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    """Four thousand signs take far less than the second that a runaway pattern would pass at once."""
    start = time.process_time()
    as_read(piece * 4_000)
    assert time.process_time() - start < 1
