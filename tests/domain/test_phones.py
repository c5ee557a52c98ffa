"""Phones as people write them: one stored form, the extension kept and shown."""

from __future__ import annotations

import pytest

from kiosk_api.domain import phones
from kiosk_api.gateways.identity import ChinaIdentity

phone = ChinaIdentity().phone


@pytest.mark.parametrize("typed", [
    "025-58881234转8001", "025-58881234 转 8001", "025-58881234轉8001", "025-58881234转接8001", "025-58881234转分机8001",
    "025-58881234分机8001", "025-58881234 分机号：8001", "025-58881234内线8001", "025-58881234接8001", "025-58881234-8001",
    "025-58881234—8001", "025-58881234#8001", "025-58881234＃8001", "025-58881234*8001", "025-58881234x8001",
    "025-58881234 ext 8001", "025-58881234ext.8001", "025-58881234 extension 8001", "025-58881234,8001",
    "025-58881234，8001", "025-58881234,,8001", "025-58881234（8001）", "025-58881234 (8001)", "(025) 5888 1234 转 8 0 0 1",
    "０２５－５８８８１２３４转８００１", "tel:+86-25-5888-1234;ext=8001", "+86 25 58881234 ext8001", "电话：025-58881234转8001。",
    "零二五五八八八一二三四转八零零一", "025.5888.1234转8001", "\u202a025-58881234\u202c转8001",
])  # fmt: skip
def test_an_extension_is_kept_however_it_is_written(typed: str) -> None:
    assert phone(typed) == "+862558881234;ext=8001"


@pytest.mark.parametrize(("typed", "stored"), [
    ("139-1234-5678", "+8613912345678"), ("+86 139 1234 5678", "+8613912345678"), ("0086 13912345678", "+8613912345678"),
    ("8613912345678", "+8613912345678"), ("17951 139 1234 5678", "+8613912345678"), ("013912345678", "+8613912345678"),
    ("幺三九 一二三四 五六七八", "+8613912345678"), ("l39I2345678", "+8613912345678"), ("139OOOO1234", "+8613900001234"),
    ("手机号：13912345678", "+8613912345678"), ("1\u200b3912345678", "+8613912345678"), ("13912345678转1234", "+8613912345678;ext=1234"),
    ("(025) 5888 1234", "+862558881234"), ("025-5888-1234", "+862558881234"), ("+86(0)25-58881234", "+862558881234"),
    ("400-820-8820", "+864008208820"), ("400 820 8820 转 2", "+864008208820;ext=2"), ("800-810-1234", "+868008101234"),
    ("+852 9123 4567", "+85291234567"), ("+853 6612 3456", "+85366123456"), ("+886 2 2312 3456", "+886223123456"),
    ("00852-91234567", "+85291234567"), ("+1 650 253 0000", "+16502530000"),
])  # fmt: skip
def test_every_usual_way_of_writing_a_number_gives_the_same(typed: str, stored: str) -> None:
    assert phone(typed) == stored


@pytest.mark.parametrize("typed", [
    "", "5678", "58881234", "139 1234 5678 9", "139-1234-5678-90", "1391234567", "139abcd1234", "13912345678/13800000000",
    "转8001", "025-58881234转", "王小明", "二十八", "--", "x" * 100, "1" * 100,
])  # fmt: skip
def test_what_is_no_number_or_two_is_refused(typed: str) -> None:
    assert phone(typed) is None


def test_the_last_four_digits_are_those_of_the_number_itself() -> None:
    kept = "+862558881234;ext=8001"
    assert (phones.tail_of(kept), phones.number_of(kept), phones.extension_of(kept)) == (
        "1234",
        "+862558881234",
        "8001",
    )
    assert phones.masked(kept) == "*********1234转8001"
    assert phones.shown(kept) == "02558881234转8001" and phones.link(kept) == "+862558881234,8001"


@pytest.mark.parametrize(("kept", "shown"), [
    ("+8613912345678", "139 1234 5678"), ("+864008208820", "4008208820"), ("+85291234567", "+85291234567"),
    ("+862558881234", "02558881234"),
])  # fmt: skip
def test_staff_read_a_number_as_they_dial_it(kept: str, shown: str) -> None:
    assert phones.shown(kept) == shown and phones.link(kept) == kept
