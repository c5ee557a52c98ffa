"""What the assistant cuts out of a message is what the API takes: the same people, cards and telephones in both."""

from __future__ import annotations

import pytest

from bot.dialogue.extraction import phone_candidate
from bot.dialogue.id_numbers import id_in
from bot.dialogue.reading.names import name_of
from kiosk_api.domain.petition_fields import check_field
from kiosk_api.gateways.identity import ChinaIdentity
from tests.conversations.fake_api import FakeKiosk

IDENTITY = ChinaIdentity()
NAMES = {
    "我叫𠮷田明": "𠮷田明", "姓名：𠮷田明": "𠮷田明", "李\U00031350": "李\U00031350", "佐々木太郎": "佐々木太郎", "林〇": "林〇",
    "买买提‧吐尔逊": "买买提·吐尔逊", "买买提∙吐尔逊": "买买提·吐尔逊", "我叫买买提⋅吐尔逊": "买买提·吐尔逊", "买买提 · 吐尔逊": "买买提·吐尔逊",
    "买买提·吐尔逊·阿布都热依木": "买买提·吐尔逊·阿布都热依木", "努尔.巴合提": "努尔·巴合提",
    "我姓欧阳，叫修远": "欧阳修远", "姓王，名小明": "王小明", "我姓司马 名字是懿": "司马懿", "姓李叫秀英": "李秀英", "我姓王，单名一个伟字": "王伟",
    "免贵姓张，名叫张伟": "张伟", "姓章，立早章，叫子怡": "章子怡",
    "O'Brien Sean": "O'Brien Sean", "My name is Seán O’Brien": "Seán O’Brien", "我叫Mike": "Mike", "Anne-Marie D'Arcy": "Anne-Marie D'Arcy",
    "欧阳Mike": "欧阳Mike", "Нұрсұлтан Әбішұлы": "Нұрсұлтан Әбішұлы", "меня зовут Иван Петров": "Иван Петров", "ئەركىن تۇرسۇن": "ئەركىن تۇرسۇن",
    "བཀྲ་ཤིས་": "བཀྲ་ཤིས་", "ᠪᠠᠲᠤ": "ᠪᠠᠲᠤ", "제 이름은 김철수입니다": "김철수", "山田さくら": "山田さくら", "Vangh Hungzminz": "Vangh Hungzminz",
    "我就叫丹": "丹", "名字：丹": "丹", "王\u200b小明": "王小明", "\u202d李秀英\u202c": "李秀英",
    "国营722厂工会": "国营722厂工会", "我们是武汉3506被服厂": "武汉3506被服厂", "第1025工程队": "第1025工程队", "为民超市": "为民超市",
}  # fmt: skip
CARDS = {
    "身份证号320106195505051235": "320106195505051235", "320122-19650505-123X": "32012219650505123X", "32012219650505123×": "32012219650505123X",
    "身份证\u202d32012219650505123X\u202c": "32012219650505123X", "320122 19650505 123x": "32012219650505123X", "３２０１２２１９６５０５０５１２３Ｘ": "32012219650505123X",
    "三二零一零六一九五五零五零五一二三五": "320106195505051235", "护照号E12345678": "E12345678", "我的护照是EA1234567": "EA1234567",
    "回乡证H12345678": "H12345678", "台胞证12345678": "12345678", "港澳通行证 M 12345678": "M12345678", "军官证号：军字第2001988号": "军字第2001988号",
    "军官证7654321": "军官证7654321", "证件号A123456(3)": "A1234563",
}  # fmt: skip
PHONES = {
    "025-58881234转8001": "+862558881234;ext=8001", "025-58881234分机8001": "+862558881234;ext=8001", "0255 888 1234 转 8 0 0 1": "+862558881234;ext=8001",
    "025-58881234-8001": "+862558881234;ext=8001", "025-58881234#8001": "+862558881234;ext=8001", "025-58881234 ext. 8001": "+862558881234;ext=8001",
    "025-58881234，转8001": "+862558881234;ext=8001", "（025）5888 1234（8001）": "+862558881234;ext=8001", "电话是025-58881234，8001": "+862558881234;ext=8001",
    "零二五五八八八一二三四转八零零一": "+862558881234;ext=8001", "(025) 5888 1234": "+862558881234", "400-810-1234转2": "+864008101234;ext=2",
    "138.1234.5678": "+8613812345678", "+86 138 1234 5678": "+8613812345678", "+852 2345 6789": "+85223456789", "+886-2-2345-6789": "+886223456789",
    "+1 (650) 253-0000": "+16502530000",
}  # fmt: skip
READERS = {"name": name_of, "id_number": lambda text: id_in(text, asked=True), "phone": phone_candidate}
SAID = [
    (field, *one)
    for field, table in (("name", NAMES), ("id_number", CARDS), ("phone", PHONES))
    for one in table.items()
]


@pytest.mark.parametrize(("field", "said", "kept"), SAID)
def test_what_is_cut_out_of_a_message_is_kept_whole(field: str, said: str, kept: str) -> None:
    cut = READERS[field](said)
    assert cut is not None
    assert check_field(field, cut, IDENTITY).replace("’", "'") == kept.replace("’", "'")


@pytest.mark.parametrize(("field", "said", "_kept"), SAID)
def test_the_stand_in_of_the_tests_takes_what_the_office_takes(field: str, said: str, _kept: str) -> None:
    assert FakeKiosk().check(field, str(READERS[field](said)))["ok"]


@pytest.mark.parametrize("text", [
    "··", "（）", "--", "\u3164\u3164", "I want to complain about the noise", "please help", "hello", "国营722厂工会欠我工资", "我姓王", "我姓王，叫我老王就行",
    "我姓王，名字保密", "微信号abc", "叫王",
])  # fmt: skip
def test_what_is_no_name_is_not_cut_out_as_one(text: str) -> None:
    assert name_of(text) is None


@pytest.mark.parametrize("text", ["电话13812345678", "2023年5月", "三万二千元", "025-58881234转8001", "张桥村5组301"])
def test_what_is_no_card_is_not_cut_out_as_one(text: str) -> None:
    assert id_in(text, asked=True) is None
