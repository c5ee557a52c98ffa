"""Who cannot see or write is not asked to: by hand, by a helper, by a person who comes or rings."""

from __future__ import annotations

import pytest

from bot.dialogue.cannot_type import asks_for_help
from tests.bot.helpers import ANSWERS, Citizen

HELPLESS = ("我眼睛花，字也认不全，谁来帮帮我", "俺不识字咋办", "我不会打字，有没有人教我", "手抖写不了字，哪个来帮我填",
            "我老花看不清，怎么弄", "唔识打字點算")  # fmt: skip
NOT_HELPLESS = (
    "我爸不识字", "他们看不见我们的难处", "怎么办啊，工资一直不给", "你们帮帮我吧", "我眼睛花",
    "我娘不识字，去年村里拿了一张纸让她按手印，后来才知道是把地转出去了，我们找村里，村里不管，现在怎么办",
)  # fmt: skip


@pytest.mark.parametrize("words", HELPLESS)
def test_both_are_said(words: str) -> None:
    assert asks_for_help(words)


@pytest.mark.parametrize("words", NOT_HELPLESS)
def test_one_of_them_or_a_story_is_heard_as_usual(words: str) -> None:
    assert not asks_for_help(words)


@pytest.mark.parametrize("slot", ["", "facts", "phone"])
def test_the_ways_are_shown_and_the_question_stays_open(slot: str) -> None:
    citizen = Citizen()
    if slot:
        citizen.at(slot)
    before = {name: citizen.state.get(name) for name in ANSWERS}
    citizen.says(HELPLESS[0])
    assert all(one in citizen.said for one in ("手写", "工作人员", "咨询电话"))
    assert "给我回电话" in [one["value"] for one in citizen.turn.replies[-1]["options"]]
    assert citizen.asks == (slot or None)
    assert {name: citizen.state.get(name) for name in ANSWERS} == before
