"""Parts of a text message, at every edge and against a second way of counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_api.domain.segments import ESCAPED, GSM, segments


@pytest.mark.parametrize(("text", "parts"), [
    ("", 0), ("a", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3),
    ("字" * 70, 1), ("字" * 71, 2), ("字" * 134, 2), ("字" * 135, 3),
    ("€" * 80, 1), ("€" * 81, 2),  # two places each
    ("a" * 152 + "€" + "a" * 100, 2), ("a" * 152 + "€" + "a" * 153, 3),  # the sign is not split, so one place is lost
    ("a" * 69 + "字", 1), ("a" * 70 + "字", 2),  # one Chinese character makes all of them large
    ("😀" * 35, 1), ("😀" * 36, 2), ("😀" * 66, 2), ("😀" * 67, 3),  # 33 pairs a part
])  # fmt: skip
def test_parts_are_counted_as_a_phone_company_does(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_the_gsm_alphabet_has_all_its_places() -> None:
    assert (len(GSM), len(ESCAPED)) == (127, 10) and not GSM & ESCAPED


@given(st.text(max_size=400))
def test_never_fewer_parts_than_the_bytes_need_and_hardly_more(text: str) -> None:
    plain = all(one in GSM | ESCAPED for one in text)
    bits = sum(7 * (1 + (one in ESCAPED)) if plain else 8 * len(one.encode("utf-16-be")) for one in text)
    if bits <= 140 * 8:
        assert segments(text) == bool(text)
    else:
        least = -(-bits // ((153 * 7) if plain else (67 * 16)))
        assert least <= segments(text) <= least + segments(text) // 66 + 1
