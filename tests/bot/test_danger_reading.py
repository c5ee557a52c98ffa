"""Danger needs two signals that agree, and no reading of one model alone stops a petition."""

from __future__ import annotations

import pytest

from bot.dialogue.emergency import emergency
from bot.dialogue.reading.message import Clause, Message
from tests.bot.reading import danger_in as seen

CALM = {"none": 1.0}


def test_an_answer_that_holds_no_danger_at_all_is_no_fault() -> None:
    clauses = (Clause("气死我了！", {"danger": 0.94}), Clause("村里推了我家猪圈", {"gives.facts": 0.99}))
    assert emergency(Message("气死我了！村里推了我家猪圈", clauses, dangers=CALM)) is None


@pytest.mark.parametrize("text", ["存着，回去念给我爸听听", "先放着，我让老伴看一眼", "留着吧，念给我女儿听"])
def test_the_matter_model_alone_stops_nothing(text: str) -> None:
    assert seen(text, 0.0, life=1.0) in ("doubt", None)


@pytest.mark.parametrize("text", ["急死我了，你们管不管", "烦死人了，天天跑", "气得我要吐血了"])
def test_the_reader_of_clauses_alone_stops_nothing(text: str) -> None:
    assert seen(text, 0.99) is None


@pytest.mark.parametrize(
    ("text", "whole", "kind"),
    [
        ("我站在河边，水好凉", {"life": 0.9}, "life"),
        ("屋里全是煤气味，头好晕", {"fire": 0.8}, "fire"),
        ("我男人喝醉了又动手，把门反锁了打我", {"crime": 0.9}, "home"),
        ("孩子他爸又扇我耳光，头上都是血", {"medical": 0.9}, "home"),
        ("他往死里打我和娃", {"crime": 0.8}, "home"),
        ("工头带人堵着门打人", {"crime": 0.9}, "crime"),
    ],
)
def test_both_models_together_name_it(text: str, whole: dict[str, float], kind: str) -> None:
    assert seen(text, 0.6, **whole) == kind


def test_words_that_name_a_danger_are_a_signal_of_their_own() -> None:
    assert seen("我不想活了", 0.2) == "life"
    assert seen("我不想活了", 0.0, life=0.3) == "life"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我们小区电梯坏了一个多月，十八楼，老人下不来", "doubt"),
        ("电梯停了两个星期没人修，我妈上不去", "doubt"),
        ("电梯坏了一个多月，刚才又把人困在里面了", "fire"),
        ("电梯坏了，我出不来", "fire"),
    ],
)
def test_a_lift_out_of_order_for_weeks_is_no_danger_now(text: str, kind: str) -> None:
    assert seen(text, 0.9, fire=0.99) == kind
