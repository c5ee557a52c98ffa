"""What was heard, sign by sign, to be checked: numbers in the groups in which people say them, names by known words."""

from __future__ import annotations

import re
from functools import lru_cache

from voice import names, words

MOST = 40
"""Parts that are given at most."""

_CASE = re.compile(r"(XF)?([0-9]{4})([0-9]{4})-?([0-9A-Z]{4})-?([0-9A-Z]{4})-?([0-9A-Z]{2})")
_NUMBER = re.compile(r"[0-9]{7,40}")


def spelt(text: str, kind: str) -> list[str]:
    """The parts of `text` for a field of `kind` (words, name, phone, id_number, case_number, address).

    Phones: 138, 1234, 5678. Identity numbers: 110105, 19491231, 002X. Case numbers: XF, 2026, 0315, ABCD … Names:
    "王，国王的王" for each character. Words and addresses: the long numbers in them. Empty when nothing is to be spelt.
    """
    if kind == "name":
        return [_named(sign) for sign in text if "\u4e00" <= sign <= "\u9fff"][:12]
    if kind == "case_number" and (found := _CASE.fullmatch(text)):
        return [part for part in found.groups() if part]
    if kind in ("phone", "id_number", "case_number"):
        return _groups(text)[:MOST] if re.fullmatch("[0-9A-Z-]+", text) else []
    return [part for number in _NUMBER.findall(text)[:8] for part in _groups(number)][:MOST]


def _groups(number: str) -> list[str]:
    if len(number) == 11 and number[0] == "1":
        sizes = [3, 4, 4]
    elif len(number) == 18:
        sizes = [6, 8, 4]
    elif len(number) in (11, 12) and number[0] == "0":
        area = 3 if number[1] in "12" else 4
        sizes = [area, len(number) - area - 4, 4]
    else:
        sizes = [4] * (len(number) // 4 + 1)
    parts, start = [], 0
    for size in sizes:
        parts.append(number[start : start + size])
        start += size
    return [part for part in parts if part]


@lru_cache(maxsize=1024)
def _named(sign: str) -> str:
    told = names.explanation(sign)
    if not told:
        word = words.usual_word(sign)
        told = f"{word}的{sign}" if word else ""
    return f"{sign}，{told}" if told else sign
