# ruff: noqa: E501  -- patterns of Chinese: breaking a line breaks the reading
"""Values cut out of a clause: always the citizen's own words, never made up."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.dialogue import extraction
from bot.dialogue.particulars import PLACE, short_value
from bot.dialogue.reading.places import place_in
from bot.dialogue.reading.sums import sum_in
from bot.dialogue.reading.times import time_in
from bot.dialogue.reading.units import unit_in
from bot.dialogue.text import aligned, plain, spoken_digits, without_particles

_EDGE = " \t\n,，。.;；:：!！?？、~～…"
_LEADS: dict[str, re.Pattern[str]] = {
    "address": re.compile(
        r"^(?:那|就|哦|嗯|好)?(?:我们?|俺|咱|本人)?(?:家)?(?:现在)?(?:就)?(?:住址|地址|住处|家庭住址|联系地址)?(?:是|在|住|的是|为|:|：){0,4}(?:我家)?(?:住?在)?"
    ),
    "request": re.compile(r"^(?:我|我们|俺)?(?:的)?(?:诉求|请求|要求)(?:就)?(?:是|:|：)"),
}
SLOT_OF = {"name": "petitioner_name", "representative": "representatives"}
SHORT_ANSWER = 20  # characters: an answer to the question, in which nothing else is said
_NAMED = re.compile(
    r"(?:叫做?|姓名是?|名字是?|是)\s*([\u3400-\u9fff\U00020000-\U0003ffff·•・]{2,12}?)(?=$|[\s,，。;；.!！?？(（\d]|的|今年|电话|住)"
)
_LAST_FIGURES = re.compile(r"(?:不对|错了|说错|应该).{0,6}?(?:最后|末尾|后面|尾号)[^\d]{0,4}(\d{1,6})(?!\d)")
_CALLED = re.compile(r"(?:我|俺|名字|姓名)(?:就)?(?:叫做?|是)\s*([\u3400-\u9fff]{3,8})")
_OTHERS = re.compile(
    r"(?:我|俺|咱)?(?:们)?(?:家)?的?(?:大|小|二|老)?(?:儿子|女儿|闺女|孩子|娃|老公|老婆|丈夫|妻子|媳妇|爱人|老伴|爸|妈|爹|娘|父亲|母亲|哥|姐|弟|妹|"
    r"孙子|孙女|侄子|外甥|女婿|儿媳|邻居|朋友|同事|工友|老乡|亲戚|婶|叔|舅|姨|姑)|(?:他|她|人家|别人|老板|经理|包工头|工头|村长|书记|主任|对方|房东|店里|单位|公司)(?:们)?的?"
)


def cut(field: str, text: str, whole: bool = True) -> str | None:
    """The value of `field` in a clause that is known to give it, None when there is none to be cut out.

    `whole`: the clause says nothing else, so it may be the value as it stands, without what only opens it.
    """
    if field in _SIDE:
        return _side(field, text, whole)
    reader = _READERS.get(field)
    return reader(text) if reader else _trimmed(field, text)


def _side(field: str, text: str, whole: bool) -> str | None:
    """Place, unit, sum or day. A short answer about a place or a unit is kept as it was said."""
    if field == "about_unit":
        return unit_in(text, alone=whole) or (short_value(field, text) if whole else None)
    if field == PLACE and whole and len(text.strip(_EDGE)) <= SHORT_ANSWER:
        return short_value(field, text)
    return _SIDE[field](text) or (short_value(field, text) if whole else None)


def speaks_of_another(text: str) -> bool:
    """Whether a number or a name in this clause is somebody else's."""
    return bool(_OTHERS.search(plain(text)))


def _trimmed(field: str, text: str) -> str | None:
    matched, typed = aligned(text)
    lead = _LEADS[field].match(matched) if field in _LEADS else None
    value = typed[lead.end() if lead else 0 :].strip(_EDGE)
    value = without_particles(value)
    return value.strip(_EDGE) or None


def _name(text: str) -> str | None:
    found = extraction.bare_name(text.strip(_EDGE))
    if found:
        return found[0]
    led = _NAMED.search(text)
    return led.group(1) if led else extraction.name_in(text) or _led_name(text)


def _led_name(text: str) -> str | None:
    """“我叫乔振邦乔木的乔…”: a surname and one or two characters, however the sentence goes on."""
    found = _CALLED.search(text)
    if not found:
        return None
    for length in (3, 2):
        name = found.group(1)[:length]
        if extraction.surname_led(name):
            return name
    return None


def _phone(text: str) -> str | None:
    return extraction.phone_candidate(text)


def put_right(number: str, words: str) -> str | None:
    """“…6621不对，最后是6627”: the number with the figures that were said after it; None when none were."""
    found = _LAST_FIGURES.search(spoken_digits(words))
    if not found or len(found[1]) >= len(number):
        return None
    return number[: len(number) - len(found[1])] + found[1]


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
    "about_unit": lambda text: unit_in(text, alone=False),
    "amount": sum_in,
    "happened": time_in,
}
_READERS = {
    "petitioner_name": _name,
    "phone": _phone,
    "id_number": extraction.id_in,
    "address": _address,
    "case_number": extraction.case_number_in,
}
