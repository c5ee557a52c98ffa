"""Words of despair that are taken back, and what is told while the assistant only listens."""

from __future__ import annotations

import pytest

from bot.dialogue.denial import denied, without_denials
from bot.dialogue.reading.message import Clause, Message
from tests.bot.helpers import Citizen


@pytest.mark.parametrize("words", [
    "我没有要死，就是说气话", "没想死", "我不会自杀的你放心", "那是气话", "就是嘴上说说", "我开玩笑的", "我不是真的想死，是太气了",
    "哪能真去跳楼啊", "说着玩的别当真", "我只是打个比方", "没有不想活", "不会做傻事的", "刚才就是吓唬他们一下",
    "没打算寻短见，就是心里憋屈", "我怎么会想不开呢", "不至于去死",
])  # fmt: skip
def test_it_is_taken_back(words: str) -> None:
    assert denied(words)


@pytest.mark.parametrize("words", [
    "我不是说气话，我真不想活了", "我没开玩笑", "上次没死成", "我不会死心的", "不想活了", "我没有跟你开玩笑", "死了算了",
    "我没想死但是他拿着刀要杀我", "我不会自杀，我要跟他同归于尽", "别当我说气话", "这可不是气话", "没法活了", "厂里欠我工资",
    "我没说着玩", "",
])  # fmt: skip
def test_it_is_not(words: str) -> None:
    assert not denied(words)


def test_a_denial_is_read_in_linear_time() -> None:
    assert not denied("不是" + "真的想要" * 20_000)


def test_who_takes_it_back_is_led_back_and_what_is_told_is_kept() -> None:
    citizen = (
        Citizen()
        .knows("listening", danger="life")
        .means(("我没有要死", "danger"), ("就是说气话", "filler"), ("我厂里欠我八个月工资一直没给", "gives.facts"))
    )
    assert citizen.asks not in ("listening", None)
    assert "欠我八个月工资" in citizen.state["facts"]


def test_only_what_is_told_besides_a_denial_becomes_the_account() -> None:
    assert without_denials("我没有要死，就是说气话。我厂里欠我工资，八个月了") == "我厂里欠我工资，八个月了"
    assert without_denials("就是说气话") == ""


def test_a_denial_alone_leads_back_too() -> None:
    citizen = Citizen().knows("listening", facts="厂里欠我工钱", danger="life").means(("我没要寻死", "danger"))
    assert citizen.asks == "request"


def test_a_denial_before_any_petition_asks_what_happened_only_when_wished() -> None:
    citizen = Citizen()
    citizen.state, citizen.asks = {"seen": True, "asked": "listening", "danger": "life"}, "listening"
    citizen.means(("我开玩笑的", "filler"))
    assert citizen.asks != "listening"
    assert citizen.said


@pytest.mark.parametrize(("words", "act", "field", "value"), [
    ("我叫王小明", "gives.name", "petitioner_name", "王小明"),
    ("电话13812345678", "gives.phone", "phone", "13812345678"),
    ("我住在青禾县城关镇和平村3组12号", "gives.address", "address", "和平村3组12号"),
    ("我要他们把工钱结清", "gives.request", "request", "把工钱结清"),
])  # fmt: skip
def test_who_says_who_they_are_or_what_they_want_goes_on(words: str, act: str, field: str, value: str) -> None:
    citizen = Citizen().knows("listening", facts="厂里欠我工钱", danger="life").means((words, act))
    assert citizen.asks not in ("listening", None)
    assert value in citizen.state[field]


def test_what_is_told_in_despair_is_kept_while_it_listens() -> None:
    citizen = (
        Citizen()
        .knows("listening", facts="厂里欠我工钱", danger="life")
        .means(("我真不想活了", "danger"), ("我叫王小明", "gives.name"), ("电话13812345678", "gives.phone"))
    )
    assert citizen.asks == "listening" and "12356" in citizen.said
    assert citizen.state["petitioner_name"] == "王小明" and "13812345678" in citizen.state["phone"]
    citizen.means(("老板把我赶出来睡大街", "gives.facts"))
    assert citizen.asks == "listening" and "记" in citizen.said
    assert citizen.state["facts"] == "厂里欠我工钱\n老板把我赶出来睡大街"


def test_the_first_words_of_danger_lose_nothing_told_beside_them() -> None:
    citizen = Citizen().means(("我叫王小明", "gives.name"), ("厂里欠我钱", "gives.facts"), ("我不想活了", "danger"))
    assert citizen.asks == "listening"
    assert citizen.state["petitioner_name"] == "王小明" and "厂里欠我钱" in citizen.state["facts"]


def test_what_is_told_before_any_petition_is_kept_piece_by_piece() -> None:
    citizen = Citizen()
    citizen.state = {"seen": True, "asked": "listening", "danger": "life", "opening": "厂里欠钱"}
    citizen.asks = "listening"
    citizen.means(("他们去年把我房子拆了", "gives.facts"))
    assert citizen.state["opening"] == "厂里欠钱\n他们去年把我房子拆了"


def test_words_that_are_only_likely_a_name_or_a_question_are_no_part_of_the_record() -> None:
    citizen = (
        Citizen()
        .knows("petitioner_name", facts="厂里欠我工钱")
        .means(("我喘不上气", "danger"), ("左胳膊麻", "danger"), ("我要不要喝水", "asks.other"))
    )
    assert not citizen.state.get("petitioner_name") and citizen.asks == "listening"
    citizen.means(("打了说十分钟到", "filler"), ("我要不要给他灌水", "asks.other gives.request"))
    assert not citizen.state.get("request")


def test_another_danger_is_not_taken_back_by_a_denial_of_the_first() -> None:
    citizen = Citizen().knows("listening", danger="life").means(("我没想死", "filler"), ("他拿着刀追我", "danger"))
    assert "110" in citizen.said and citizen.asks == "listening"


def test_after_a_danger_that_was_misread_what_is_likely_stated_leads_back() -> None:
    read = Clause("把电梯修好", {"gives.request": 0.4})
    for danger, goes_on in (("fire", True), ("life", False)):
        citizen = Citizen().knows("listening", facts="电梯坏了一个多月", danger=danger)
        citizen._hears(Message(read.text, (read,), "nlu_fallback", 0.3, kinds={}, dangers={}))
        assert (citizen.asks != "listening") is goes_on
        assert (citizen.state.get("request") == "把电梯修好") is goes_on
