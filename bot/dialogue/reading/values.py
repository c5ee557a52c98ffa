# ruff: noqa: E501  -- patterns of Chinese: breaking a line breaks the reading
"""Values cut out of a clause: always the citizen's own words, never made up."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.dialogue import codes, extraction
from bot.dialogue.id_numbers import id_in
from bot.dialogue.particulars import PLACE, UNIT, short_value
from bot.dialogue.reading.names import name_of
from bot.dialogue.reading.places import place_in
from bot.dialogue.reading.sums import sum_in
from bot.dialogue.reading.times import time_in
from bot.dialogue.reading.units import unit_in
from bot.dialogue.text import MARKS, aligned, spoken_digits, without_particles

_LEADS: dict[str, re.Pattern[str]] = {
    "address": re.compile(
        r"^(?:那|就|哦|嗯|好)?(?:我们?|俺|咱|本人)?(?:家)?(?:现在)?(?:就)?(?:住址|地址|住处|家庭住址|联系地址)?(?:是|在|住|的是|为|:|：){0,4}(?:我家)?(?:住?在)?"
    ),
    "request": re.compile(r"^(?:我|我们|俺)?(?:的)?(?:诉求|请求|要求)(?:就)?(?:是|:|：)"),
}
SLOT_OF = {"name": "petitioner_name", "representative": "representatives"}
_NOT, _IS = "不是", "是"
NAMED = (UNIT, PLACE)
_FIGURE = re.compile("[\\d零〇一二两三四五六七八九十百千万]")
SUM_AND_DAY = ("amount", "happened")
LONGEST_SIDE = 400  # characters of a clause in which a place or a unit, a sum or a day is looked for
SHORT_ANSWER = 20  # characters: an answer to the question, in which nothing else is said


def cut(field: str, text: str, whole: bool = True) -> str | None:
    """The value of `field` in a clause that is known to give it, None when there is none to be cut out.

    `whole`: the clause says nothing else, so it may be the value as it stands, without what only opens it.
    """
    if field in _SIDE:
        return _side(field, text, whole)
    reader = _READERS.get(field)
    return reader(text) if reader else _trimmed(field, text)


def right_of(field: str, text: str, whole: bool = True) -> str | None:
    """The value in words that put it right: “不是三万二，三万六” and “是三万六，不是三万二” both mean the second sum."""
    matched, typed = aligned(text)
    if field in NAMED:
        said, negation, behind = typed.partition(_NOT if _NOT in typed else "不姓")
        right = behind.rpartition(_IS)[2] if _IS in behind else said  # “Zhou, not Zou”, “not Zou but Zhou”
        return negation and cut(field, right, whole) or cut(field, text, whole)
    if field not in SUM_AND_DAY:
        return cut(field, text, whole)
    if _NOT not in matched:
        lead, _, behind = typed.rpartition(_IS) if _IS in typed else ("", "", typed)
        value = cut(field, behind, whole=False)
        if not (lead and cut(field, lead, whole=False)):  # “the day I went was the 7th”
            return value or cut(field, text, whole)
        return value if value and _FIGURE.search(value) else None  # “the 8th was when I lay in hospital” only explains
    at = matched.index(_NOT)
    if stated := cut(field, typed[:at], whole=False):
        return stated
    behind = typed[at + len(_NOT) :]
    wrong = cut(field, behind, whole=False)
    return cut(field, behind.partition(wrong)[2], whole=False) if wrong else None


def _side(field: str, text: str, whole: bool) -> str | None:
    """Place, unit, sum or day. A short answer about a place or a unit is kept as it was said."""
    text = text[:LONGEST_SIDE]
    if field == UNIT:
        return unit_in(text, alone=whole) or (short_value(field, text) if whole else None)
    if field == PLACE and whole and len(text.strip(MARKS)) <= SHORT_ANSWER:
        return short_value(field, text)
    return _SIDE[field](text) or (short_value(field, text) if whole else None)


def _trimmed(field: str, text: str) -> str | None:
    matched, typed = aligned(text)
    lead = _LEADS[field].match(matched) if field in _LEADS else None
    value = typed[lead.end() if lead else 0 :].strip(MARKS)
    value = without_particles(value)
    return value.strip(MARKS) or None


def _address(text: str) -> str | None:
    if led := extraction.address_in(text):
        return led
    value = _trimmed("address", text)
    return value if value and 2 <= len(value) <= 80 else None


def figures(text: str) -> str:
    """Only the figures of a text, spoken ones included."""
    return "".join(c for c in spoken_digits(text) if c.isdigit())


_SIDE: dict[str, Callable[[str], str | None]] = {
    PLACE: place_in,
    UNIT: lambda text: unit_in(text, alone=False),
    "amount": sum_in,
    "happened": time_in,
}
_READERS = {
    "petitioner_name": name_of,
    "phone": extraction.phone_candidate,
    "id_number": lambda text: id_in(text, asked=True),  # the clause is known to give one
    "address": _address,
    "case_number": codes.case_number_in,
}
