"""What nobody sees is taken out of every text, what is read stays."""

from __future__ import annotations

import unicodedata

import pytest

from kiosk_api.domain.typed import clean, is_text, one_line, says_something

INVISIBLE = "\u00ad\u034f\u061c\u115f\u17b4\u180e\u200b\u200e\u202d\u2060\u2066\u206f\u3164\ufe0f\ufeff\uffa0\ufffc\U000e0041\x07\x00\x9f"


@pytest.mark.parametrize("sign", INVISIBLE)
def test_an_invisible_sign_among_words_is_taken_out(sign: str) -> None:
    assert clean(f"王{sign if sign != chr(0xFE0F) else 'a' + sign}小明").replace("a", "") == "王小明"
    assert clean(sign * 4) == "" and not says_something(clean(sign * 4))


@pytest.mark.parametrize("text", [
    "می\u200cخواهم", "क्\u200dष", "👨\u200d👩\u200d👧", "❤\ufe0f", "1\ufe0f\u20e3", "葛\U000e0100城", "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ", "ᠠ\u180b",
    "🏴\U000e0067\U000e0062\U000e007f", "\u3000\u3000去年三月", "第一行\n第二行\t二", "𠮷田", "བོད་ཡིག", "é", "——……“”",
])  # fmt: skip
def test_what_changes_how_a_text_is_read_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(("text", "cleaned"), [
    ("a\u00a0b\u2003c\u2800d", "a b c d"), ("一\r\n二\r三\u2028四\x0b五", "一\n二\n三\n四\n五"), ("e\u0301", "é"), ("ab\u200dc", "abc"),
])  # fmt: skip
def test_blanks_line_ends_and_accents_have_one_form(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned == clean(cleaned)


def test_all_of_unicode_is_cleaned_once_and_for_good() -> None:
    for first in range(0, 0x110000, 64):
        text = "".join(f"王{chr(code)}" for code in range(first, first + 64) if not 0xD800 <= code < 0xE000)
        assert clean(clean(text)) == clean(text) and one_line(one_line(text)) == one_line(text)


def test_nothing_but_marks_and_punctuation_says_nothing() -> None:
    for text in ("....", "？！", "——", "😀", "\u0301", "（）", " ", ""):
        assert not says_something(text), text
    for text in ("是", "a", "1", "〇", "𠮷", "ب", "①", "\U00031350", "⼭"):
        assert says_something(text), text


def test_a_heap_of_marks_is_left_alone_and_quickly() -> None:
    heap = "a" + "\u0316\u0301" * 10_000
    assert clean(heap) == heap and unicodedata.normalize("NFC", "a\u0301") == clean("a\u0301")


def test_half_a_character_and_nul_are_no_text() -> None:
    assert is_text("𠮷田") and not is_text("\ud842") and not is_text("a\x00")
