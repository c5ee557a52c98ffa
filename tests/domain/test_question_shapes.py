"""Several questions, follow-ups and questions about one's own case."""

from __future__ import annotations

import pytest

from kiosk_api.domain.question_shapes import (
    complete_follow_up,
    is_about_own_case,
    parts_of_story,
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
        (
            "厂里欠了我半年工资。老板跑了。我该找谁要？另外能不能请人代办",
            ["厂里欠了我半年工资。老板跑了。我该找谁要？", "能不能请人代办"],
        ),
    ],
)
def test_a_message_is_split_into_its_questions(text: str, parts: list[str]) -> None:
    assert questions_in(text) == parts


STORY = (
    "我们村前年修路占了三家的地，当时说按亩给钱，后来换了村主任就没人认账，"
    "去年秋天我到镇上登记过一回，镇上说转给县里了，到现在没有回音，我该往哪里催"
)


def test_clauses_with_a_question_come_first_together_with_their_subject() -> None:
    parts = parts_of_story(STORY)
    assert parts[0] == "到现在没有回音，我该往哪里催"
    assert "我们村前年修路占了三家的地" in parts
    assert len(parts) <= 6 and all(len(part) <= 60 for part in parts)


def test_a_question_at_the_end_of_a_very_long_story_is_found() -> None:
    assert parts_of_story("我家的事说来话长，" * 2_000 + "复查找谁申请呀")[0].endswith("复查找谁申请呀")


@pytest.mark.parametrize("text", ["", "，，，", "复查找谁"])
def test_a_short_question_is_not_split(text: str) -> None:
    assert parts_of_story(text) == []


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
