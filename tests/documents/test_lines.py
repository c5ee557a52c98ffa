"""Chinese text is broken into lines as a printer would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk_api.gateways.document_lines import broken


def measure(words: str) -> float:
    return sum(0.5 if one.isascii() else 1.0 for one in words)


def test_a_closing_mark_never_begins_a_line_and_an_opening_mark_never_ends_one() -> None:
    assert broken("一二三四，五六", 4, measure) == ["一二三四，", "五六"]
    assert broken("一二三（五六）", 4, measure) == ["一二三", "（五六）"]


def test_a_number_stays_whole_unless_it_is_longer_than_a_line() -> None:
    assert broken("编号12345678号", 5, measure) == ["编号", "12345678号"]
    assert broken("9" * 25, 5, measure) == ["9" * 10, "9" * 10, "9" * 5]


def test_the_indent_is_kept_free_on_the_first_line_alone() -> None:
    assert broken("一二三四五六", 4, measure, 2) == ["一二", "三四五六"]


@given(st.text("一二三，。（）“”ab9 ", max_size=80))
def test_nothing_is_lost_but_spaces_at_the_ends_of_lines(text: str) -> None:
    lines = broken(text, 6, measure)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(one.rstrip("，。）”")) <= 7 for one in lines)


def test_two_marks_may_stand_in_the_margin() -> None:
    assert broken("一二三四）。五", 4, measure) == ["一二三四）。", "五"]
