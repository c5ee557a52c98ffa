"""Figures of a telephone or identity number out of what a recogniser wrote for them: 以散起 → 137."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import lazy_pinyin

LEAST_RUN = 7
"""With fewer figures in a row, syllables like 一 and 吧 are words."""
LEAST = 3
"""With fewer in all, a field for numbers was answered in words."""

_SIGNS = str.maketrans("零〇洞一幺妖腰二两三四五六七八九拐勾", "000111122345678979")
_SOUNDS = {
    "ling": "0", "lin": "0", "dong": "0", "yi": "1", "yao": "1", "er": "2", "liang": "2", "san": "3", "shan": "3",
    "sang": "3", "shen": "3", "sen": "3", "ban": "8", "si": "4", "wu": "5", "liu": "6", "niu": "6", "qi": "7", "ba": "8", "jiu": "9", "guai": "7",
}  # fmt: skip
_SIGN_OF_X = re.compile(r"[艾埃爱诶哎][克科可课客][斯思丝死四]|叉")
_SO_MANY = re.compile(r"([二两三四五六七八2-8])个([零〇一幺二三四五六七八九0-9])")
_BETWEEN = frozenset(" ,，.。、;；:：-—\t\n的")


def several(text: str) -> str:
    """三个零 → 零零零."""
    return _SO_MANY.sub(lambda found: found[2] * int(plain(found[1])), text)


def plain(text: str) -> str:
    """Each numeral as its figure; other signs stay."""
    return text.translate(_SIGNS)


def heard(text: str, *, with_x: bool) -> str:
    """The figures in `text` (and an X at their end, if `with_x`), "" when it holds no number.

    Of several rows the longest counts, and in it any character that sounds like a figure.
    """
    told = several(text)
    told = _SIGN_OF_X.sub("X", told).replace("x", "X") if with_x else told
    longest = max(_rows(told, with_x), key=len, default="")
    if len(longest) >= LEAST_RUN:
        return longest
    kept = re.sub("[^0-9X]" if with_x else "[^0-9]", "", plain(told))
    return kept if len(kept.rstrip("X")) >= LEAST else ""


def _rows(text: str, with_x: bool) -> list[str]:
    rows = [""]
    for sign in text:
        if figure := _figure(sign):
            rows[-1] += figure
        elif sign == "X" and with_x and rows[-1]:
            rows[-1] += sign
            rows.append("")
        elif sign not in _BETWEEN:
            rows.append("")
    return rows


@lru_cache(maxsize=2_000)
def _figure(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isdigit() else ""
    written = plain(sign)
    return written if written.isdigit() and written.isascii() else _SOUNDS.get("".join(lazy_pinyin(sign)), "")
