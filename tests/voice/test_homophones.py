"""Characters of the same sound are put right, and right ones stay."""

from __future__ import annotations

import time

import pytest

from tests.bench.voice.errors import distance
from tests.bench.voice.lists import sentences
from voice.homophones import repaired

REPAIRED = [
    ("房子被列入澎湖区改造", "房子被列入棚户区改造"),
    ("可是不常标准一直不公布", "可是补偿标准一直不公布"),
    ("老母亲住院压经交了，初院半年了", "老母亲住院押金交了，出院半年了"),
    ("也主委员会", "业主委员会"),
    ("交通事故认定书我不服，想申请复合", "交通事故认定书我不服，想申请复核"),
    ("残疾正到期了", "残疾证到期了"),
]


@pytest.mark.parametrize(("heard", "right"), REPAIRED)
def test_a_word_that_only_sounds_right_is_put_right(heard: str, right: str) -> None:
    assert repaired(heard) == right


def test_right_sentences_stay_as_they_are() -> None:
    """In sentences that were right, at most one character in a hundred is changed."""
    listed = [*sentences("sentences.txt"), *sentences("development.txt")]
    changed = sum(distance(one, repaired(one)) for one in listed)
    assert changed <= sum(map(len, listed)) * 0.01


@pytest.mark.parametrize(
    "text", ["一共欠了43500块", "13812345678", "我叫张秀兰，", "我姓章，", "ABC，abc", "", "，。", "二十三户"]
)
def test_numbers_names_and_other_signs_are_not_touched(text: str) -> None:
    assert repaired(text) == text


def test_a_number_is_never_put_in() -> None:
    for one in [*sentences("sentences.txt"), *sentences("development.txt")]:
        for before, after in zip(one, repaired(one), strict=True):
            assert before == after or after not in "零一二两三四五六七八九十百千万亿"


def test_a_hundred_characters_take_less_than_a_twentieth_of_a_second() -> None:
    text = "残疾正到期了换证要跑到市里去我走不了老母亲住院压经交了两万初院半年了还没结算" * 3
    repaired("先读数据")
    times = []
    for shift in range(5):  # other characters at other places, so that nothing is remembered as a whole
        start = time.process_time()
        repaired(text[shift : shift + 100])
        times.append(time.process_time() - start)
    assert min(times) < 0.05


def test_a_very_long_text_is_looked_at_up_to_a_limit() -> None:
    text = "工资" * 5_000
    start = time.process_time()
    assert len(repaired(text)) == len(text)
    assert time.process_time() - start < 2
