"""Case numbers are read in every spelling, and typing errors are noticed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_api.domain.case_number import ALPHABET, make, parse
from kiosk_api.domain.errors import DomainError

numbers = st.builds(make, st.dates(date(2004, 1, 1), date(2099, 12, 31)), st.integers(0, (1 << 40) - 1))


@given(numbers)
def test_a_number_reads_back_in_every_way_people_write_it(number: str) -> None:
    for written in (
        number,
        number.lower(),
        number.replace("-", ""),
        number.replace("-", " "),
        "".join(chr(ord(c) + 0xFEE0) for c in number),
        "XF" + number[2:].replace("0", "O").replace("1", "l"),
    ):
        assert parse(written) == number


@given(numbers, st.integers(2, 25), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(number: str, place: int, other: str) -> None:
    place = min(place, len(number) - 1)
    if number[place] in ("-", other):
        return
    with pytest.raises(DomainError):
        parse(number[:place] + other + number[place + 1 :])


@given(numbers, st.integers(11, 18))
def test_two_swapped_neighbours_are_always_noticed(number: str, place: int) -> None:
    one, two = number[place], number[place + 1]
    if "-" in (one, two) or one == two:
        return
    with pytest.raises(DomainError):
        parse(number[:place] + two + one + number[place + 2 :])


@pytest.mark.parametrize("text", ["", "XF", "随便", "XF20269999-AAAA-AAAA-00", "1" * 500])
def test_nonsense_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse(text)
    assert "回执" in caught.value.detail
