"""Answers as text messages: of few segments, numbered when there are several, choices and links whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_api.domain.messengers import Option
from kiosk_api.domain.segments import segments
from kiosk_api.services.channels.answer import Answer
from kiosk_api.services.channels.text_messages import texts_for

HOME = "https://xinfang.example"
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=3_000) | st.text("字a\n", max_size=3_000)
LABEL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=200)


@given(
    before=TEXT, after=TEXT, labels=st.lists(LABEL.map(str.strip).filter(bool), max_size=9), place=st.integers(0, 700)
)
def test_no_choice_and_no_link_is_cut_and_no_message_has_more_than_six_segments(
    before: str, after: str, labels: list[str], place: int
) -> None:
    link = f"{HOME}/r#{'t' * 32}"
    options = tuple(Option(label, label, number) for number, label in enumerate(labels, 1))
    said = texts_for("sms", Answer((f"{'字' * place}{link} {after}", before), options), HOME)
    assert 1 <= len(said) <= 5 + (len(labels) > 0) * len(labels)
    assert all(segments(one) <= 6 for one in said)
    assert any(link in one for one in said)
    lines = [line for one in said for line in one.split("\n")]
    for one in options:
        assert any(line.removeprefix(number_of(line)) == f"{one.number} {one.label}" for line in lines)


@pytest.mark.parametrize("place", range(380, 400))
def test_a_link_is_whole_wherever_the_message_ends(place: int) -> None:
    """Also where only its first letter would still fit."""
    link = f"{HOME}/r#{'t' * 32}"
    said = texts_for("sms", Answer((f"{'字' * place}{link} {'字' * 400}",)), HOME)
    assert sum(link in one for one in said) == 1 and sum("t" in one for one in said) == 1


def number_of(line: str) -> str:
    found = re.match(r"（[0-9]+/[0-9]+）", line)
    return found[0] if found else ""


def test_one_message_has_no_number_and_others_are_in_order() -> None:
    assert texts_for("sms", Answer(("您好。",)), HOME) == ["您好。"]
    assert [one[:5] for one in texts_for("sms", Answer(("字" * 1_000,)), HOME)] == ["（1/3）", "（2/3）", "（3/3）"]
    assert texts_for("sms", Answer(), HOME) == []


def test_what_does_not_fit_says_where_it_is() -> None:
    *_, cut, choices = texts_for("sms", Answer(("字" * 9_000,), (Option("好", "好", 1),)), HOME)
    assert f"到 {HOME}/m 上问" in cut and choices.endswith("\n1 好")


def test_whatsapp_takes_longer_messages_and_wechat_has_its_own_measure() -> None:
    long = Answer(("字" * 1_400,))
    assert texts_for("whatsapp", long, HOME) == ["字" * 1_400]
    assert len(texts_for("wechat", long, HOME)) == 3
