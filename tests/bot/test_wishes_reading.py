"""Stopping, lists of who somebody is, and what is heard after danger: from clauses whose acts are known."""

from __future__ import annotations

import pytest

from bot.dialogue.talks.danger import GO_ON
from bot.dialogue.talks.steps import turn
from bot.dialogue.texts_zh import TEXT
from tests.bot.helpers import client_of
from tests.bot.reading import meaning, message
from tests.conversations.fake_api import FakeKiosk


@pytest.mark.parametrize(
    "words", ["算了你还是给我登记吧", "不告了他能给钱吗", "算了，帮我把刚才的登记完", "不弄了这么多年，这回得弄"]
)
def test_words_that_go_on_are_no_wish_to_stop(words: str) -> None:
    assert "stop" not in meaning((words, "wants.register"), asked="phone").wants


@pytest.mark.parametrize("words", ["算了", "那就算了吧", "还是不登了", "要不撤了", "我不告了"])
def test_the_whole_clause_is_a_wish_to_stop(words: str) -> None:
    assert "stop" in meaning((words, "filler"), asked="phone").wants


@pytest.mark.parametrize("words", ["刘庄 马家沟3组", "高粱镇、平安村", "王家坝 石桥镇"])
def test_words_without_a_number_are_no_list_of_who_somebody_is(words: str) -> None:
    found = meaning((words, "gives.place"), asked="place")
    assert not {one.field for one in found.values} & {"petitioner_name", "address"}


@pytest.mark.parametrize("words", ["田秀英 13712340000 石桥镇2组", "13712340000，田秀英，石桥镇2组"])
def test_a_list_with_a_number_says_who_somebody_is(words: str) -> None:
    found = {one.field: one.value for one in meaning((words, "gives.name gives.phone gives.address")).values}
    assert found == {"petitioner_name": "田秀英", "phone": "13712340000", "address": "石桥镇2组"}


def after_danger(words: str, acts: str) -> tuple[str | None, str, list[str]]:
    state = {"asked": "listening", "danger": "life", "seen": True, "draft_id": "1" * 32, "facts": "厂里欠我工钱"}
    done = turn(client_of(FakeKiosk()), "session-0001", state, message((words, acts)))
    return done.asks, done.replies[0]["text"], done.moves


@pytest.mark.parametrize("words", ["我好些了", "谢谢你听我说", "缓过来一点了", "现在安全了"])
def test_who_feels_better_is_not_asked_for_anything(words: str) -> None:
    assert after_danger(words, "feels.thanks") == ("listening", TEXT["listening_better"], ["listens"])


@pytest.mark.parametrize(("words", "acts", "move"), [
    ("先存着吧，我不想活了", "wants.save danger", "saved"),
    ("我要找人，心里难受得想死", "wants.person danger", "person"),
    ("别登了，活不下去了", "wants.stop danger", "stop_check"),
])  # fmt: skip
def test_what_is_wished_comes_before_the_danger_once_more(words: str, acts: str, move: str) -> None:
    assert move in after_danger(words, acts)[2]


def test_it_goes_on_only_when_the_person_says_so() -> None:
    assert after_danger("嗯", "yes")[0] == "listening"
    assert after_danger("我家里穷", "gives.facts")[0] == "listening"
    assert after_danger("好了，你接着问吧", "filler")[0] == "request"
    assert after_danger(GO_ON, "")[0] == "request"
