"""打 before a number or a thing is no violence; before a person it is as much one as ever."""

from __future__ import annotations

import pytest

from bot.dialogue.emergency import without_calls
from tests.bot.reading import danger_in as seen


@pytest.mark.parametrize(
    "text",
    [
        "没有手机，打我儿子的13900005678",
        "打我女儿电话13900005678",
        "你们打我老公手机吧，13900005678",
        "打他的号码就行",
        "打我妈那个座机025-58881234",
        "我打了12345热线没人管",
        "给我打个电话",
        "我在城东打工三年了",
        "这官司打了两年，打官司花了三万",
        "他打了欠条给我",
        "带孩子打疫苗",
        "打麻将输了",
        "打车去的",
    ],
)
def test_calls_and_things_raise_no_alarm(text: str) -> None:
    assert seen(text, 0.7, crime=0.6) is None


@pytest.mark.parametrize(
    "text",
    [
        "他打我，我报了110，电话13900005678",
        "老板打我儿子，头上流血了，打我电话13900005678",
        "他正在打我老婆",
        "工头带人堵着门打人",
    ],
)
def test_a_person_who_is_struck_still_does(text: str) -> None:
    assert seen(text, 0.6, crime=0.6) in ("crime", "home")


@pytest.mark.parametrize("text", ["快打120，我妈倒在地上了", "帮我打110，有人进屋了"])
def test_a_call_for_help_is_left_as_it_was(text: str) -> None:
    assert seen(text, 0.6, medical=0.6) is not None


def test_what_is_taken_out_is_the_call_alone() -> None:
    assert without_calls("他打我，你打我儿子的13900005678") == "他打我，你，"
