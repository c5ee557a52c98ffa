"""Talk as people talk: several facts at once, corrections without a field, anger, proxies, scripts."""

from __future__ import annotations

import pytest

from bot.dialogue.corrections import replacement, right_words
from bot.dialogue.mood import is_outburst, speaks_for_another
from bot.dialogue.particulars import particulars
from bot.dialogue.reading.choices import chosen
from bot.dialogue.texts_zh import TEXT
from tests.bot.helpers import ANSWERS, Citizen

ASK = {"key": "judged", "text": "法院判过了吗？", "choices": [
    {"key": "yes", "label": "判过或裁过了"}, {"key": "no", "label": "还没有"},
    {"key": "unknown", "label": "说不清"}]}  # fmt: skip
YES_NO = ASK["choices"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "我在柳林镇工地干活，宏达建筑公司欠我工钱3万2千块，去年三月到现在没给",
            {"place": "柳林镇工地", "about_unit": "宏达建筑公司", "amount": "3万2千块", "happened": "去年三月"},
        ),
        ("我們在陽光花園買的房，開發商叫金鼎置業有限公司", {"place": "陽光花園", "about_unit": "金鼎置業有限公司"}),
        ("老板跑路了欠俺们十几个人的工钱，一共23万多", {"amount": "23万多"}),
        ("地点在桥林街道文昌路口，单位是区城管局", {"place": "桥林街道文昌路口", "about_unit": "区城管局"}),
        ("我家三亩地被征了一亩二分，东边六块地也量了", {}),
        ("每月200元，以前100元", {}),
        ("我们公司欠我三个月工资", {}),
        ("涨到1万到2万元了", {}),
        ("去年的事，今年还没好", {}),
    ],
)
def test_only_what_is_said_plainly_is_taken(text: str, expected: dict[str, str]) -> None:
    assert particulars(text) == expected


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("不是江浦街道，是桥林", ("江浦街道", "桥林")),
        ("是桥林，不是江浦", ("江浦", "桥林")),
        ("错了，不是王小民是王小明", ("王小民", "王小明")),
        ("不是，是我邻居家", None),
        ("我不是来闹事的，我是来讲理的", None),
        ("這不是江浦街道，是橋林", None),
    ],
)
def test_wrong_words_and_right_words(text: str, pair: tuple[str, str] | None) -> None:
    assert replacement(text) == pair


def test_what_kind_of_place_it_is_does_not_change_by_itself() -> None:
    assert right_words("江浦街道", "桥林") == "桥林街道"
    assert right_words("江浦街道", "桥林镇") == "桥林镇"


def test_a_correction_without_a_field_finds_the_answer_that_holds_the_wrong_words() -> None:
    citizen = Citizen().at("confirm").says("改住址").says("柳林镇和平里3组12号")
    citizen.says("不是和平里，是胜利村")
    assert citizen.state["address"] == "柳林镇胜利村3组12号"
    assert citizen.asks == "confirm"


def test_a_contrast_within_an_account_is_no_correction() -> None:
    citizen = Citizen().at("facts")
    citizen.says("不是村里占的地，是镇里占的，占了我家一亩二分")
    assert citizen.state["facts"].startswith("不是村里占的地")


def test_name_number_and_address_in_a_row_fill_three_answers() -> None:
    citizen = Citizen().says("我要反映问题", "start_petition", 0.9)
    citizen.says("周铁柱 139 1234 5678 柳林镇东王庄村5组")
    assert citizen.state["petitioner_name"] == "周铁柱"
    assert citizen.state["phone"].endswith("13912345678")
    assert citizen.state["address"] == "柳林镇东王庄村5组"
    assert citizen.asks == "facts"


def test_an_account_fills_place_unit_sum_and_day_and_says_so() -> None:
    citizen = Citizen().at("facts")
    citizen.says("我在柳林镇工地干活，宏达建筑公司欠我工钱3万2千块，去年三月到现在没给")
    assert citizen.state["amount"] == "3万2千块"
    assert "宏达建筑公司" in citizen.said
    assert "去年三月" in citizen.said
    citizen.says("把工钱要回来")
    for answer in ("王小明", "13812345678", "城关镇和平村3组12号"):
        citizen.says(answer)
    assert citizen.asks == "confirm"
    assert "涉及金额：3万2千块" in citizen.said
    citizen.says("金额错了，改成3万5千块")
    assert citizen.state["amount"] == "3万5千块"


def test_traditional_characters_are_understood_and_kept() -> None:
    citizen = Citizen().says("我要反映問題", "start_petition", 0.9)
    citizen.says("我叫王麗華，電話是13912345678")
    assert citizen.state["petitioner_name"] == "王麗華"
    citizen.says("電話錯了，改成13812345678")
    assert citizen.state["phone"].endswith("13812345678")
    assert citizen.says("我想找人工").said.startswith(TEXT["human"])


@pytest.mark.parametrize(
    "text", ["你们就是一帮骗子", "烦死了", "什么破机器", "问问问，烦不烦啊", "你们就知道踢皮球！！", "气死我了"]
)
def test_anger_is_answered_calmly_and_nothing_is_written_down(text: str) -> None:
    for slot in ("petitioner_name", "facts", "request"):
        citizen = Citizen().at(slot)
        before = dict(citizen.state)
        citizen.says(text)
        assert TEXT["anger_form"] in citizen.said
        assert citizen.asks == slot
        assert citizen.state.get(slot) == before.get(slot)


@pytest.mark.parametrize(
    "text",
    [
        "村里人都说他是骗子，把我二十万块钱骗走了",
        "你们镇里的干部什么都不管，水沟堵了三年了，一下雨就淹",
    ],
)
def test_an_angry_account_is_an_account(text: str) -> None:
    assert not is_outburst(text)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("我替我妈来反映", True),
        ("帮邻居登记一下", True),
        ("是我爸的事", True),
        ("我是他儿子，他住院来不了", True),
        ("我替公司干了三年", False),
        ("帮我登记", False),
    ],
)
def test_filing_for_somebody_else_is_recognised(text: str, other: bool) -> None:
    assert speaks_for_another(text) is other


def test_who_files_for_another_is_asked_for_that_persons_name() -> None:
    citizen = Citizen().says("我替我妈来登记", "start_petition", 0.9)
    assert TEXT["proxy"] in citizen.said
    citizen.says("吴桂兰")
    assert TEXT["proxy"] not in citizen.said


def test_an_accusation_is_promised_confidence_once_and_filed_as_confidential() -> None:
    citizen = Citizen().at("facts").says("我举报村支书贪污，把修路的钱装进自己口袋")
    assert TEXT["accusation"] in citizen.said
    for answer in ("请查清楚", "跳过", "村委会", "王小明", "13812345678", "城关镇和平村3组12号", "确认提交"):
        citizen.says(answer)
        assert TEXT["accusation"] not in citizen.said
    assert citizen.case
    [(sent, _)] = citizen.kiosk.petitions.values()
    assert (
        sent["route_answers"]["accusation"] == "unsure"
    )  # the API keeps it confidential, an officer has the last word


def test_when_two_windows_are_equally_likely_one_question_is_asked_and_its_answer_sent() -> None:
    citizen = Citizen()
    citizen.kiosk.ask_about_window = ASK
    citizen.at("address").says(ANSWERS["address"])
    assert citizen.asks == "clarify"
    assert citizen.turn.replies[-1]["expects"] == "clarify"
    assert citizen.turn.replies[-1]["text"] == "法院判过了吗？"
    citizen.says("还没有")
    assert citizen.asks == "confirm"
    citizen.says("确认提交")
    [(sent, _)] = citizen.kiosk.petitions.values()
    assert sent["route_answers"] == {"judged": "no"}


def test_a_story_as_answer_to_that_question_is_added_to_the_facts() -> None:
    citizen = Citizen()
    citizen.kiosk.ask_about_window = ASK
    citizen.at("address").says(ANSWERS["address"]).says("去年年底打过一次电话给镇里，镇里说等等")
    assert citizen.asks == "confirm"
    assert citizen.state["facts"].endswith("镇里说等等")
    assert citizen.state["route_answers"] == {"judged": "unknown"}


def test_why_that_question_is_asked() -> None:
    citizen = Citizen()
    citizen.kiosk.ask_about_window = ASK
    citizen.at("address").says(ANSWERS["address"]).says("为什么问这个")
    assert "跑错窗口" in citizen.said
    assert citizen.asks == "clarify"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("判过或裁过了", "yes"),
        ("判了", "yes"),
        ("是的", "yes"),
        ("没有", "no"),
        ("还没", "no"),
        ("说不清", "unknown"),
        ("不知道", "unknown"),
        ("跳过", "unknown"),
        ("啊？", None),
    ],
)
def test_plain_answers_choose_a_button(text: str, key: str | None) -> None:
    assert chosen(text, YES_NO) == key


def test_a_long_account_is_shown_short_and_in_full_on_demand() -> None:
    facts = "去年三月村里修路占了我家的地，" + "找了很多次都没有人管，" * 40
    citizen = Citizen().at("facts").says(facts)
    citizen.says(ANSWERS["request"])
    while citizen.asks != "confirm":
        citizen.says(ANSWERS.get(str(citizen.asks), "跳过"))
    assert facts not in citizen.said
    assert f"一共{len(facts)}个字" in citizen.said
    assert facts in citizen.says("看全文").said
    citizen.says("确认提交")
    [(sent, _)] = citizen.kiosk.petitions.values()
    assert sent["facts"] == facts


def test_a_particle_after_the_word_address_is_not_part_of_it() -> None:
    citizen = Citizen().at("address").says("地址嘛 柳林镇南坝村4组")
    assert citizen.state["address"] == "柳林镇南坝村4组"
