"""Cleaning of typed and pasted text, the same for every text that comes in, and what counts as an answer.

Only what nobody can see is changed: signs that say nothing are taken out, exotic blanks become a blank,
and signs that can be written in two ways get one spelling (NFC). The words stay.
Unicode: Default_Ignorable_Code_Point (UAX #44), normal forms (UAX #15), variation sequences (UTS #37).
"""

from __future__ import annotations

import re
import unicodedata

HAN = "〇\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
"""Every Chinese character, as the inside of a character class: all extensions, radicals, 〇 and 々."""

_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U00013441\U00013442"
    "\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800"  # the ideographic blank U+3000 indents: it stays
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_ODD = re.compile(f"[{_INVISIBLE}{_BLANKS}{_LINE_ENDS}\r]")
_IS_BLANK = re.compile(f"[{_BLANKS}]")
_JOINERS = "\u200c\u200d"
# scripts in which a joiner changes what is read: Arabic to Thaana, N'Ko to Arabic Extended, Indic to Myanmar, Khmer, Mongolian
_JOINED = re.compile("[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]")
_MONGOLIAN = re.compile("[\u1800-\u18af]")
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_PICTURE = re.compile("[\u00a9\u00ae\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")
_HAN_SIGN = re.compile(f"[{HAN}]")
_NO_CHARACTER = re.compile("[\ufdd0-\ufdef]")  # as the last two of every plane
_FLAG, _TAGS = "\U0001f3f4", "\U000e0020-\U000e007f"
_TAG = re.compile(f"[{_TAGS}]")
_MOST_MARKS = 30  # on one letter: the Stream-Safe Text Format of UAX #15; sorting more is slow


NOT_TEXT = "这一项里有一个字没有传完整，请找到显示成方框或问号的字，删掉再写一遍。"


def is_text(text: str) -> bool:
    """Whether it can be stored, logged and sent everywhere: no half of a character (lone surrogate), no NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def clean(text: str) -> str:
    """The text without signs that nobody sees, its line ends as \\n, in NFC.

    Applied twice it gives the same. Joiners stay between letters that need them and in pictures; variation
    selectors stay on Chinese characters, Mongolian letters and pictures.
    """
    if _ODD.search(text):
        text = _without_odd(text.replace("\r\n", "\n"))
    if text.isascii() or unicodedata.is_normalized("NFC", text) or _is_heaped(text):
        return text
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Cleaned text of a short field: each run of blanks and line ends is one blank."""
    return " ".join(clean(text).split())


def says_something(text: str) -> bool:
    """Whether there is at least one letter or number in cleaned text."""
    return any(is_letter(sign) or unicodedata.category(sign)[0] == "N" for sign in text)


def is_letter(sign: str) -> bool:
    """A letter of any script. Characters newer than the interpreter's tables, Chinese ones that only the
    citizen's device can show (private use), radicals and 〇 count as letters."""
    category = unicodedata.category(sign)
    if category[0] == "L" or category == "Co":
        return True
    if category == "Cn":
        return not (_PICTURE.match(sign) or _NO_CHARACTER.match(sign) or ord(sign) & 0xFFFE == 0xFFFE)
    return _HAN_SIGN.match(sign) is not None


def _without_odd(text: str) -> str:
    kept: list[str] = []
    last = len(text) - 1
    for place, sign in enumerate(text):
        if not _ODD.match(sign):
            kept.append(sign)
        elif sign in _LINE_ENDS or sign == "\r":
            kept.append("\n")
        else:
            before = kept[-1] if kept else ""
            if _has_effect(sign, before, text[place + 1] if place < last else ""):
                kept.append(sign)
            elif _IS_BLANK.match(sign):
                kept.append(" ")
    return "".join(kept)


def _has_effect(sign: str, before: str, after: str) -> bool:
    """Whether an invisible sign changes how its neighbours are read."""
    if not before:
        return False
    if sign in _JOINERS:
        joins_letters = _JOINED.match(before) and after and _JOINED.match(after)
        return bool(joins_letters or (sign == "\u200d" and _is_in_picture(before) and after and _PICTURE.match(after)))
    if sign in "\u115f\u1160":
        return bool(after and _JAMO.match(after)) or bool(_JAMO.match(before))
    if "\u180b" <= sign <= "\u180f" or sign == "\u202f":
        return _MONGOLIAN.match(before) is not None
    if "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef":
        is_keycap = after == "\u20e3"
        return is_keycap or _HAN_SIGN.match(before) is not None or _PICTURE.match(before) is not None
    return _TAG.match(sign) is not None and (before == _FLAG or _TAG.match(before) is not None)


def _is_in_picture(sign: str) -> bool:
    return _PICTURE.match(sign) is not None or sign == "\ufe0f"


def _is_heaped(text: str) -> bool:
    """Whether so many marks stand on one letter that no language writes it."""
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run > _MOST_MARKS:
            return True
    return False
