"""Numbers in groups, names sign by sign."""

from __future__ import annotations

import pytest

from voice.spelling import spelt

SPELT = [
    ("phone", "13812345678", ["138", "1234", "5678"]),
    ("phone", "03122345678", ["0312", "234", "5678"]),
    ("phone", "01023456789", ["010", "2345", "6789"]),
    ("phone", "没有电话", []),
    ("id_number", "11010519491231002X", ["110105", "19491231", "002X"]),
    ("case_number", "XF20260315-ABCD-EFGH-12", ["XF", "2026", "0315", "ABCD", "EFGH", "12"]),
    ("name", "王小明", ["王，国王的王", "小，大小的小", "明，明天的明"]),
    ("words", "我的电话是13812345678，欠我43500块", ["138", "1234", "5678"]),
    ("words", "没有数字", []),
    ("address", "和平路26号院", []),
]


@pytest.mark.parametrize(("kind", "text", "parts"), SPELT)
def test_each_kind_is_spelt_in_its_way(kind: str, text: str, parts: list[str]) -> None:
    assert spelt(text, kind) == parts


def test_a_character_that_no_list_explains_is_told_apart_by_its_usual_word() -> None:
    assert spelt("翡", "name") == ["翡，翡翠的翡"]


def test_a_long_text_gives_a_limited_number_of_parts() -> None:
    assert len(spelt("13812345678，" * 500, "words")) <= 40
    assert len(spelt("王" * 500, "name")) <= 12
