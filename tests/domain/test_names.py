"""Names of every script have one stored spelling; what holds no letter, or a number, is refused."""

from __future__ import annotations

import pytest

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.petition_fields import check_field
from kiosk_api.gateways.identity import ChinaIdentity

MIDDLE_DOTS = "\u00b7\u0387\u2022\u2027\u2218\u2219\u22c5\u30fb\uff65\u25cf\u2e31\u2024"


def stored(typed: str) -> str:
    return check_field("name", typed, ChinaIdentity())


@pytest.mark.parametrize("name", [
    "王小明", "丹", "𠮷田明", "欧阳修远", "買買提", "李〇", "㐂子", "𪚥龙", "\U00031350生", "\U000323b0一",  # newer than the tables
    "王\ue863", "O'Brien Sean", "Seán O’Brien", "Jean-Luc D'Arc", "María José Núñez", "Nguyễn Văn Ân", "Иван Петров",
    "محمد علی‌پور", "ئابدۇرېھىم ئۆتكۈر", "བསྟན་འཛིན་རྒྱ་མཚོ", "ᠪᠠᠲᠤ", "김철수", "山田ハナコ", "देवी", "สมชาย ใจดี", "ꆈꌠ", "Vangz Daihmingz",
    "J. R. Smith", "ʻAbd al-Raḥmān", "O'", "国营722厂工会", "武汉3506被服厂", "第1025工程队", "101中学", "7-11便利店", "解放军第32145部队",
    "江苏某某（集团）有限公司", "“红星”幼儿园", "中铁十四局集团3506", "A&B公司", "1979届参战老兵", "58同城", "葛\U000e0100城",
])  # fmt: skip
def test_a_name_of_any_script_or_unit_is_taken_as_it_is(name: str) -> None:
    assert stored(name) == name


@pytest.mark.parametrize("dot", MIDDLE_DOTS)
def test_every_middle_dot_becomes_the_one_on_papers(dot: str) -> None:
    assert stored(f"买买提{dot}吐尔逊") == stored(f"买买提 {dot} 吐尔逊") == "买买提·吐尔逊"


@pytest.mark.parametrize(("typed", "name"), [
    ("王\u200b小明", "王小明"), ("\u202a王小明\u202c", "王小明"), (" 王小明\ufeff ", "王小明"), ("王\u00ad小明", "王小明"), ("唐\u3000小娜", "唐 小娜"),
    ("买买提.吐尔逊", "买买提·吐尔逊"), ("买买提·吐尔逊·阿布都热依木", "买买提·吐尔逊·阿布都热依木"), ("·王小明·", "王小明"), ("王小明。", "王小明"),
    ("姓名：王小明", "王小明"), ("Ｍｉｋｅ", "Mike"), ("O´Brien", "O'Brien"), ("Jean‐Luc", "Jean-Luc"), ("⼭⽥", "山田"), ("ﾔﾏﾀﾞ", "ヤマダ"),
    ("Sea\u0301n", "Seán"), ("王\n小明", "王 小明"),
])  # fmt: skip
def test_what_copying_adds_is_left_out(typed: str, name: str) -> None:
    assert stored(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        ".. ..",
        "··",
        "（）",
        "--",
        "\u3164\u3164",
        "\u200b\u200b",
        "\u2800\u2800",
        "123",
        "①②",
        "😀😀",
        "?",
        "’",
        "",
        "  ",
    ],
)
def test_what_holds_no_letter_is_refused(typed: str) -> None:
    with pytest.raises(DomainError) as refused:
        stored(typed)
    assert "姓名" in refused.value.detail


@pytest.mark.parametrize(("typed", "why"), [
    ("王小明13900001234", "电话或证件号"), ("王小明 139 0000 1234", "电话或证件号"), ("李秀英320106195505051235", "电话或证件号"),
    ("王小明1234", "只写姓名"), ("王小明，住柳林镇", "只写姓名"), ("张三/李四", "只写姓名"), ("王😀明", "只写姓名"), ("王_明", "只写姓名"),
    ("x", "请写您的姓名"), ("王\ufffd明", "没有传过来"), ("王" * 101, "最多写100个字"),
])  # fmt: skip
def test_what_is_more_than_a_name_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(DomainError) as refused:
        stored(typed)
    assert refused.value.code == "bad_name" and why in refused.value.detail
