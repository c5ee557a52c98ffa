"""How a case number is made, against a second reading of its description; what is no number at all."""

from __future__ import annotations

import string
from datetime import date

import pytest

from kiosk_api.domain.case_number import make, parse, parse_with_mac
from kiosk_api.domain.errors import DomainError

SIGNS = [one for one in string.digits + string.ascii_uppercase if one not in "ILOU"]
MAC = "0123" * 4
DAY = date(2026, 11, 23)


def written(stamp: str, bits: str) -> str:
    """A number from eight figures and forty bits, by hand: five bits a sign, then the sum modulo 37 in two signs."""
    body = "".join(SIGNS[int(bits[at : at + 5], 2)] for at in range(0, 40, 5))
    value = sum(at * SIGNS.index(sign) for at, sign in enumerate(stamp + body, 1)) % 37
    return f"XF{stamp}-{body[:4]}-{body[4:]}-{SIGNS[value // 8]}{SIGNS[value % 8]}"


@pytest.mark.parametrize(
    "bits", ["0" * 40, "1" * 40, "".join(format(one, "05b") for one in range(1, 9)), "1" + "0" * 39, "0" * 39 + "1"]
)
def test_every_bit_stands_in_the_number(bits: str) -> None:
    assert make(DAY, int(bits, 2)) == written("20261123", bits)


@pytest.mark.parametrize("bits", [-1, 1 << 40, (1 << 40) + 1, 1 << 41])
def test_other_than_forty_bits_make_no_number(bits: int) -> None:
    with pytest.raises(ValueError, match="40 bits"):
        make(DAY, bits)


@pytest.mark.parametrize("stamp", ["20261323", "20260230", "20260000", "00000101"])
def test_a_number_of_no_day_is_refused_although_its_check_fits(stamp: str) -> None:
    with pytest.raises(DomainError):
        parse(written(stamp, "01" * 20))


def test_eighteen_signs_without_a_head_are_a_number_of_this_century_only() -> None:
    """Identity numbers are as long."""
    former = make(date(1911, 11, 23), 77)
    assert parse(former) == former
    assert parse(make(DAY, 77)[2:]) == make(DAY, 77)
    with pytest.raises(DomainError):
        parse(former[2:])


def test_words_around_it_are_passed_over_and_a_receipts_signature_is_kept() -> None:
    number = make(DAY, 77)
    assert parse(f"MY NUMBER IS {number}, THANKS") == number
    spaced = number.replace("XF", "X - F - ").replace("-", " - ")
    assert parse(f"LOOK {spaced} HERE") == number
    assert parse_with_mac(f"{number}-{MAC}") == (number, MAC)
    assert parse_with_mac(number) == (number, "")


@pytest.mark.parametrize("text", ["", "XF", "今天天气好", "XF20261123-0000-0000-01"])
def test_what_is_no_number_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse(text)
    assert caught.value.code == "bad_case_number"
    assert [(one.field, one.code) for one in caught.value.errors] == [("case_number", "bad_case_number")]
