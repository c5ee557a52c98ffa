"""Every paper with which people in China prove who they are; invented numbers, right by the published rules."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk_api.domain.identity_numbers import mod_11_2, read_id_number

TODAY = date(2026, 3, 2)


def read(typed: str) -> str:
    return read_id_number(typed, TODAY).value


def whole(digits: str) -> str:
    """17 digits with their check sign."""
    return digits + mod_11_2(digits)


@pytest.mark.parametrize("number", [
    "320106195505051235",  # the county's code is younger than its holder
    whole("51021319480229123"),  # Chongqing while it was a town of Sichuan
    whole("11010519491231002"), whole("34052419200229001"), whole("83000019850505123"), whole("81000019850505121"),
    whole("82000019850505122"), whole("71000019660606006"),
    "911398199012310021",  # foreigners' permanent residence since December 2023
    "KAZ110090123105",  # and before: check digit of ICAO Doc 9303
    "H12345678", "M1234567801",  # travel permits of Hong Kong and Macao
    "01234567",  # of Taiwan
    "A123456789",  # Taiwan's own card
    "E12345678", "EA1234567", "G12345678", "PE1234567", "C01X00T47", "M123A4567", "123456789", "12AB34567",
    "C12345678",
])  # fmt: skip
def test_the_number_of_every_paper_is_taken(number: str) -> None:
    assert read(number) == number


@pytest.mark.parametrize(("typed", "stored"), [
    ("A123456(3)", "A1234563"), ("AB987654(3)", "AB9876543"),
    ("军字第1234567号", "军字第1234567号"), ("武字1234567", "武字第1234567号"), ("警官证号：123456", "警官证123456"),
])  # fmt: skip
def test_papers_with_brackets_and_words_have_one_spelling(typed: str, stored: str) -> None:
    assert read(typed) == stored


@pytest.mark.parametrize("typed", [
    "\u202d32012219650505123X\u202c", "\u200b32012219650505123X\ufeff", "320122-19650505-123X", "320122–19650505–123X",
    "320122 1965 0505 123X", "320122\u00a019650505\u3000123x", "３２０１２２１９６５０５０５１２３Ｘ", "32012219650505123×",
    "32012219650505123Х", "32012219650505123χ", "32012219650505123Ⅹ", "32012219650505123✕", "32O12219650505I23X",
    "身份证号：32012219650505123X", "身份证号码是32012219650505123X。", "ID: 32012219650505123X", "320122.19650505.123X",
    "三二零一二二一九六五零五零五一二三X", "٣٢٠١٢٢١٩٦٥٠٥٠٥١٢٣X", "320122\n19650505123X",
])  # fmt: skip
def test_what_copying_and_typing_add_is_left_out(typed: str) -> None:
    assert read(typed) == "32012219650505123X"


@pytest.mark.parametrize(("typed", "problem"), [
    ("320106195505051234", "核对18位"), (whole("32010619550230123"), "核对18位"), (whole("32010620990101123"), "核对18位"),
    (whole("99010619550505123"), "核对18位"), (whole("00010619550505123"), "核对18位"),
    ("320106550505123", "15位号码，已经停用"), ("32010619550505123", "现在是17位"), ("3201061955050512355", "现在是19位"),
    ("KAZ110090123106", "照着证件"), ("KAZ110090133105", "照着证件"), ("A123456(4)", "照着证件"), ("A123456788", "照着证件"),
    ("13900005678", "照着证件"), ("1391234567", "照着证件"), ("王小明", "照着证件"), ("SPECIMEN", "照着证件"), ("1965-05-05", "照着证件"),
    ("----", "照着证件"), ("", "照着证件"), ("*" * 14 + "1235", "照着证件"),
])  # fmt: skip
def test_a_wrong_number_is_refused_with_what_to_do(typed: str, problem: str) -> None:
    found = read_id_number(typed, TODAY)
    assert not found.value and problem in found.problem and "空着" in found.problem


def test_every_single_mistyped_digit_of_a_card_is_noticed() -> None:
    number = "320106195505051235"
    for place, right in enumerate(number):
        for wrong in set("0123456789") - {right}:
            assert not read(number[:place] + wrong + number[place + 1 :]), (place, wrong)
