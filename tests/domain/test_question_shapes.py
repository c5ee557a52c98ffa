"""Several questions, follow-ups and questions about one's own case."""

from __future__ import annotations

import pytest

from kiosk_api.domain.question_shapes import (
    complete_follow_up,
    is_about_own_case,
    questions_in,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("复查多久有结果？复核又是多久？", ["复查多久有结果？", "复核又是多久？"]),
        ("代表最多几个人，另外能不能请人代办", ["代表最多几个人", "能不能请人代办"]),
        ("老板跑了，工资三个月没发，我该找谁？", ["老板跑了，工资三个月没发，我该找谁？"]),
        ("信访多久办结？谢谢。", ["信访多久办结？谢谢。"]),
        ("一？二？三？", ["一？二？三？"]),
    ],
)
def test_a_message_is_split_into_its_questions(text: str, parts: list[str]) -> None:
    assert questions_in(text) == parts


def test_at_most_three_are_answered() -> None:
    assert len(questions_in("多久能办好呀？" * 9)) == 3


@pytest.mark.parametrize(
    ("text", "before", "asked"),
    [
        ("那复核呢？", "复查多久有结果", "复核多久"),
        ("复核呢", "复查找谁", "复核找谁"),
        ("那要钱吗", "劳动仲裁去哪里申请", "劳动仲裁去哪里申请 那要钱吗"),
        ("多久能办结", "复查找谁", "多久能办结"),
        ("那复核呢？", None, "那复核呢？"),
    ],
)
def test_a_follow_up_is_completed_from_the_previous_question(text: str, before: str | None, asked: str) -> None:
    assert complete_follow_up(text, before) == asked


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("我的什么时候到期", True),
        ("我那件办到哪一步了", True),
        ("我上次登记的事有结果没", True),
        ("信访多久办结", False),
        ("复查要多久", False),
        ("我想提个建议", False),
    ],
)
def test_a_question_about_ones_own_case_is_recognised(text: str, own: bool) -> None:
    assert is_about_own_case(text) is own
