"""No personal data is left in a text that may teach the classifier."""

from __future__ import annotations

import pytest

from kiosk_api.domain.scrub import scrub


@pytest.mark.parametrize(
    "secret",
    [
        "13912345678",
        "139 1234 5678",
        "+86 13912345678",
        "0551-65321234",
        "110101199003071233",
        "11010119900307123X",
        "320122-19650505-123X",
        "KAZ110090123105",
        "H12345678",
        "EA1234567",
        "A123456(3)",
        "军字第1234567号",
        "025-58881234转8001",
        "025-58881234-8001",
        "6222021234567890123",
        "zhang.san@example.test",
        "皖A·12345",
        "鲁B8K991",
        "XF20261123-ABCD-EFGH-12",
        "微信号：wang_2020x",
        "3幢2单元501室",
    ],
)
def test_numbers_and_addresses_are_removed_by_pattern(secret: str) -> None:
    left = scrub(f"我的事是这样的，{secret}，请尽快办理。", ())
    figures = [part for part in secret.replace(" ", "").split("-") if len(part) > 5]
    assert secret not in left
    assert not any(part in left for part in figures)
    assert left.endswith("请尽快办理。")


def test_entered_identity_data_is_removed_everywhere_in_the_text() -> None:
    text = "我是钱多米，钱多米家住江畔区桥东街道望江社区，包工头赵大力没给钱。"
    left = scrub(text, ["钱多米", "江畔区桥东街道望江社区", "", "赵大力"])
    assert not any(word in left for word in ("钱多米", "望江", "赵大力"))
    assert "没给钱" in left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("找过王主任三次", "找过王主任三次"),
        ("他说，王主任不在", "他说，某主任不在"),
        ("我叫李小花，住院花了八千", "【姓名】，住院花了八千"),
    ],
)
def test_names_beside_titles_and_lead_words_are_removed(text: str, left: str) -> None:
    assert scrub(text, ()) in (left, text.replace("王主任", "某主任"))
    assert "李小花" not in scrub(text, ())


def test_words_about_the_matter_are_kept() -> None:
    text = "2024年3月起，三个月工资12000元没发，劳动仲裁裁了还是不给。"
    assert scrub(text, ()) == text
