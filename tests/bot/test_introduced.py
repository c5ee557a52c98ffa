"""Who says their name where something else is asked is heard, whatever a model reads in it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.reading.introduced import introduced
from tests.bot.helpers import Citizen

TOLD = {
    "facts": "去年三月村里修路占了我家一亩二分地，补偿款到现在没给。",
    "request": "把补偿款付清",
    "place": "和平村",
    "about_unit": "镇政府",
}
OTHER_QUESTIONS = ("place", "about_unit", "phone", "address")
READINGS = ("", "gives.place", "gives.unit", "gives.facts", "refuses")


def at(asked: str) -> Citizen:
    known: dict[str, Any] = {name: value for name, value in TOLD.items() if name != asked}
    return Citizen().knows(asked, **known)


@pytest.mark.parametrize(
    "text", ["我叫王小明", "叫王小明", "俺名叫欧阳修远", "对了，我叫李桂芬。", "我的名字叫赵铁柱啊"]
)
def test_a_whole_message_that_introduces_a_name(text: str) -> None:
    assert introduced(text) in text and len(str(introduced(text))) >= 3


@pytest.mark.parametrize("text", [
    "叫城管", "叫和平村", "我叫他还钱", "叫张家庄", "我姓王", "王小明", "叫王小明来", "我叫王小明，住和平村", "叫人来", "叫周边的人", "",
])  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    assert introduced(text) is None


@pytest.mark.parametrize("asked", OTHER_QUESTIONS)
@pytest.mark.parametrize("misread", READINGS)
def test_the_name_is_kept_and_nothing_else_takes_it(asked: str, misread: str) -> None:
    citizen = at(asked).means(("我叫王小明", misread))
    assert citizen.state["petitioner_name"] == "王小明"
    assert citizen.state.get(asked) is None and citizen.asks != "petitioner_name"


@pytest.mark.parametrize("asked", OTHER_QUESTIONS)
@pytest.mark.parametrize("misread", READINGS)
def test_behind_a_surname_the_given_name_is_asked_for(asked: str, misread: str) -> None:
    citizen = at(asked).means(("我姓王", misread))
    assert citizen.asks == "petitioner_name" and "名字叫什么" in citizen.said and citizen.state.get(asked) is None
    citizen.means(("小明", "gives.name"))
    assert citizen.state["petitioner_name"] == "王小明" and citizen.state.get(asked) is None
