"""Whatever is told, in whatever shape or language, stays in the record word for word, at every question."""

from __future__ import annotations

import pytest

from bot.dialogue.text import is_other_script, said_count
from tests.bot.helpers import ANSWERS, Citizen

TOLD = {
    "a talk that was pasted": "2026年3月5日 下午2:22 王总说工钱五一给 2026年5月8日 上午9:30 王总说再等等 到现在一分没给",
    "a talk in lines": "张建国 2026-03-05 14:22\n工钱什么时候给\n王总 2026-03-05 14:25\n五一一定给😊\n五一都过了😡",
    "a bank's list": "2026-03-05 转账 -5000.00 宏达装修\n2026-03-09 转账 -8000.00 宏达装修\n2026-03-20 消费 -300.00 超市",
    "a decision of a court": "（2025）苏0106民初1234号\n原告：周铁柱\n被告：宏达建筑公司\n被告于十日内支付原告工资24000元",
    "a message with a code": "【建设银行】您尾号3321的账户3月5日支出人民币20000.00元，余额12.50元。验证码482913，请勿告诉他人",
    "a numbered list": "1.3月5日进场\n2.5月8日停工\n3.工资没有发",
    "a list with circles": "①3月5日干了8天 ②4月干了20天 ③一分钱没有给",
    "a table": "日期\t事由\t金额\n3月5日\t材料费\t5000\n4月8日\t人工费\t8000",
    "figures and units": "20000元 3个月 60000元 12个月",
    "a farewell inside": "再见到他的时候他已经把钱花完了",
    "a quoted no": "他说‘你去告啊’，一点都不怕",
    "two thousand characters": "我家的房子去年被拆了，到现在没有安置，租房子的钱也没有给，找了很多次都说再等等。" * 60,
    "English": "My boss has not paid me for 3 months, total 24000 yuan.",
    "Uyghur": "خوجايىن ماڭا ئۈچ ئايلىق مائاش بەرمىدى جەمئىي يىگىرمە تۆت مىڭ يۈەن",
    "Tibetan": "ང་ལ་ཟླ་བ་གསུམ་གྱི་གླ་ཆ་སྤྲད་མ་སོང་། ང་རོགས་རམ་དགོས།",
    "Mongolian": "ᠮᠠᠨᠠᠢ ᠳᠠᠷᠤᠭ᠎ᠠ ᠨᠠᠳᠠ ᠭᠤᠷᠪᠠᠨ ᠰᠠᠷ᠎ᠠ ᠶᠢᠨ ᠴᠠᠯᠢᠩ ᠥᠭᠭᠦᠭᠰᠡᠨ ᠦᠭᠡᠢ",
    "Korean": "사장이 석 달 동안 월급을 주지 않았습니다 모두 이만사천 위안입니다",
    "Kazakh": "باستىعىم ماعان ءۇش ايلىق جالاقىمدى بەرمەدى جيىنى جيىرما ءتورت مىڭ يۋان",
    "Zhuang": "Boux laujbanj sam ndwen mbouj hawj gou cienz, gou bae ra de lai baez",
    "Russian": "Начальник не платил мне зарплату три месяца, всего двадцать четыре тысячи юаней",
    "Chinese and English": "我老板 didn't pay my salary 三个月 already, total 24000",
}
OPEN = {
    "petitioner_name": ("facts", "request", "place", "about_unit"),
    "phone": ("facts", "request", "place", "about_unit", "petitioner_name"),
}


def kept(citizen: Citizen) -> str:
    return "\n".join(str(citizen.state.get(slot) or "") for slot in ("facts", "request", "opening"))


@pytest.mark.parametrize("name", TOLD)
def test_as_the_first_message_it_begins_a_petition(name: str) -> None:
    citizen = Citizen().says(TOLD[name], "bye", 0.9)
    assert citizen.turn.asks and all(line in kept(citizen) for line in TOLD[name].split("\n"))


@pytest.mark.parametrize("asked", OPEN)
@pytest.mark.parametrize("name", TOLD)
def test_at_a_question_it_is_added_and_the_question_asked_again(name: str, asked: str) -> None:
    citizen = Citizen().knows(asked, **{slot: ANSWERS[slot] for slot in OPEN[asked]}).says(TOLD[name])
    assert ANSWERS["facts"] in kept(citizen)
    assert all(line in kept(citizen) for line in TOLD[name].split("\n"))
    assert citizen.state.get(asked) is None


@pytest.mark.parametrize("text", ["他跟我说再见就挂了电话", "走了三趟都没有人管这件事", "我打了三次电话都没人接"])
def test_a_sentence_that_holds_a_farewell_is_told(text: str) -> None:
    assert text in kept(Citizen().says(text, "bye", 0.95))


@pytest.mark.parametrize(
    "text", ["再见了您", "好了没别的事了我回家了再见", "谢谢你们帮了我这么多拜拜", "今天就先问到这里吧谢谢你啊"]
)
def test_a_farewell_of_any_length_is_no_account(text: str) -> None:
    assert kept(Citizen().says(text, "bye", 0.95)).strip() == ""


@pytest.mark.parametrize(
    "text", ["88块钱没退", "超市多收了我88，不退", "拜拜超市欠我钱", "他说算了，钱就不给了，我等了三年"]
)
def test_a_word_of_farewell_within_an_account_ends_nothing(text: str) -> None:
    citizen = Citizen().says(text, "bye", 0.9)
    assert citizen.turn.asks and text.split("，")[0] in kept(citizen)


@pytest.mark.parametrize("text", ["再见", "拜拜", "谢谢，我走了", "你好", "谢谢你"])
def test_a_farewell_or_a_greeting_begins_nothing(text: str) -> None:
    citizen = Citizen().says(text, "bye" if text != "你好" else "greet", 0.9)
    assert citizen.turn.asks is None and not kept(citizen).strip()


@pytest.mark.parametrize("text", ["这里收费吗？", "多久能有答复？", "你们几点上班"])
def test_a_question_beside_a_question_is_no_account(text: str) -> None:
    citizen = Citizen().knows("phone", **{slot: ANSWERS[slot] for slot in OPEN["phone"]}).says(text)
    assert citizen.state["facts"] == ANSWERS["facts"]


def test_who_writes_another_script_is_told_that_it_was_kept() -> None:
    assert "Kept word for word" in Citizen().says(TOLD["English"]).said


def test_what_is_said_is_counted_in_every_script() -> None:
    assert said_count(TOLD["Uyghur"]) >= 10 and said_count(TOLD["Tibetan"]) >= 9 and said_count("王小明 ok") == 4
    assert is_other_script(TOLD["Korean"]) and not is_other_script("我用ABC公司的app交的钱")
