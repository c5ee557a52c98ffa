"""What single messages are taken for."""

from __future__ import annotations

import pytest

from bot.dialogue import assent, codes, commands, extraction
from bot.dialogue.corrections import Correction, correction
from bot.dialogue.emergency import emergency
from bot.dialogue.reading.message import Message
from bot.dialogue.text import mask, spoken_digits


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("上一步", "back"),
        ("返回上一步", "back"),
        ("取消", "cancel"),
        ("我不想填了", "cancel"),
        ("算了", "cancel"),
        ("找人工", "human"),
        ("我要人工服务！", "human"),
        ("先存着", "save"),
        ("下次再填吧", "save"),
        ("怎么填", "help"),
        ("不知道怎么写", "help"),
        ("为什么要留电话", "why"),
        ("问这个干嘛", "why"),
        ("重新开始", "start_over"),
        ("再说一遍", "repeat"),
    ],
)
def test_a_whole_message_is_a_command(text: str, name: str) -> None:
    assert commands.command(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "老板说算了不给钱",
        "我要求取消不合理收费",
        "派出所的工作人员不理我",
        "公司没有返回押金",
        "他们让我重新开始交社保",
        "为什么不给我立案",
        "我去找人工作",
        "取消我的低保没有道理",
        "村里人工费没给",
        "帮助我要回工钱",
    ],
)
def test_part_of_an_account_is_never_a_command(text: str) -> None:
    assert commands.command(text) is None


@pytest.mark.parametrize("text", ["是", "确认提交", "对的", "没错", "好的", "同意提交", "没问题"])
def test_plain_yes_is_a_yes(text: str) -> None:
    assert assent.agrees(text, "confirm")


@pytest.mark.parametrize(
    "text",
    [
        "是不是提交了就行",
        "对但是电话错了",
        "不是",
        "好像不对",
        "可以不写吗",
        "提交以后多久",
        "没错误吧电话改一下",
        "行不行",
        "嗯",
    ],
)
def test_a_yes_among_other_words_is_no_yes(text: str) -> None:
    assert not commands.is_yes(text)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("电话错了，改成13912345678", "phone", "13912345678"),
        ("名字打错了，是王小明", "petitioner_name", "王小明"),
        ("改地址", "address", None),
        ("地址写错了", "address", None),
        ("把电话改成139 1234 5678", "phone", "139 1234 5678"),
        ("不对，我的电话是13912345678", "phone", "13912345678"),
        ("地址改成：和平路3号", "address", "和平路3号"),
        ("单位错了", "about_unit", None),
    ],
)
def test_corrections_name_field_and_value(text: str, slot: str, value: str | None) -> None:
    assert correction(text) == Correction(slot, value)


@pytest.mark.parametrize(
    "text",
    ["身份证地址错了，派出所不给改", "名字打错了，社保局不给改", "要求退还押金", "单位一直不给我交社保", "电话打不通"],
)
def test_accounts_of_mistakes_are_no_corrections(text: str) -> None:
    assert correction(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王小明", "王小明"),
        ("我叫李桂花", "李桂花"),
        ("姓名：欧阳锋", "欧阳锋"),
        ("我是张三", "张三"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("本人赵四，电话13812345678", "赵四"),
    ],
)
def test_names_are_taken(text: str, name: str) -> None:
    found = extraction.bare_name(text)
    assert found is not None
    assert found == (name, True)


@pytest.mark.parametrize(
    "text",
    ["你好", "方便", "谢谢", "多久能好", "查进度", "我是王村的", "不知道", "12345", "时间", "哈哈", "我想问一下"],
)
def test_other_words_are_no_names(text: str) -> None:
    found = extraction.bare_name(text)
    assert found is None or found[1] is False


@pytest.mark.parametrize(
    "text",
    ["幺三八一二三四五六七八", "138 1234 5678", "１３８１２３４５６７８", "+86 138-1234-5678", "电话是13812345678。"],
)
def test_mobile_numbers_are_read_in_every_spelling(text: str) -> None:
    assert extraction.mobile_in(text) == "13812345678"


def test_two_numbers_give_none() -> None:
    assert extraction.mobile_in("13812345678或者13987654321") is None


def test_somebody_elses_number_is_not_the_citizens() -> None:
    assert "phone" not in extraction.personal_facts("老板电话13812345678，我叫王小明")


@pytest.mark.parametrize(
    "text", ["XF20260315-ABCD-EFGH-12", "xf20260315 abcd efgh 12", "ＸＦ２０２６０３１５ＡＢＣＤＥＦＧＨ１２"]
)
def test_case_numbers_are_read_however_typed(text: str) -> None:
    assert codes.case_number_in(text) == "XF20260315-ABCD-EFGH-12"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("再不解决我就不想活了", "life"),
        ("有人拿刀砍人", "crime"),
        ("我家着火了", "fire"),
        ("老人突然晕倒了", "medical"),
        ("我父亲去年自杀身亡，单位不赔", None),
        ("村里欠我钱", None),
    ],
)
def test_present_danger_is_distinguished_from_past_danger(text: str, kind: str | None) -> None:
    assert emergency(Message(text)) == kind


def test_masks_leave_the_last_four() -> None:
    assert mask("13812345678") == "*******5678"
    assert spoken_digits("幺 三 九") == "139"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("俺叫周铁柱", "周铁柱"),
        ("我叫钱多米", "钱多米"),
        ("咱叫李春花，住东头", "李春花"),
        ("对，提交吧", None),
        ("多少钱", None),
    ],
)
def test_names_are_read_in_the_usual_phrasings(text: str, name: str | None) -> None:
    found = extraction.bare_name(text)
    assert (found[0] if found else None) == name


@pytest.mark.parametrize("text", ["为啥要我家住址", "为什么要电话", "干嘛问我的名字", "凭什么要填地址"])
def test_why_do_you_ask_is_a_command_everywhere(text: str) -> None:
    assert commands.command(text) == "why"
