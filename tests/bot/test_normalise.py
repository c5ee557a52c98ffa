"""One spelling for understanding; the record keeps the citizen's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.normalise import LONGEST, normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("老闆拖欠薪資，說去法院告他", "老板拖欠薪资,说去法院告他"),
        ("著火了", "着火了"),
        ("ＡＢＣ１２３", "ABC123"),
        ("法 院 不 给 立 案", "法院不给立案"),
        ("没人管😡😡😡！！！！！", "没人管!!"),
        ("啊啊啊啊啊啊", "啊啊"),
        ("我\n是\r\n第二行", "我。是。第二行"),
        ("电话13333333333", "电话13333333333"),
        ("\u200b看\u200d不见\ufeff", "看不见"),
        ("call  me   now", "call me now"),
        ("", ""),
        ("😀", ""),
    ],
)
def test_one_spelling(typed: str, read: str) -> None:
    assert normalise(typed) == read


@given(st.text(max_size=300))
def test_any_text_has_a_reading_and_reading_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_a_huge_text_is_cut() -> None:
    assert len(normalise("工资" * 100_000)) <= LONGEST
