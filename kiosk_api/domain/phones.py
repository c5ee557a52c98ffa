"""The stored form of a phone number: E.164 (`+862558881234`), with an extension as in RFC 3966 (`;ext=8001`).

What people type is split here into number and extension; whether the number exists is checked by the gateway.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from kiosk_api.domain.typed import one_line

_EXT = ";ext="
_TAIL = 4  # digits
_MOBILE_DIGITS = 11
_HAN_FIGURES = str.maketrans("零〇○一幺么二两三四五六七八九", "000111223456789")
_LOOK_ALIKE = str.maketrans("OoIl|", "00111")
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\u30fc~_]")
_LABEL = re.compile(
    r"^(?:我的|联系|本人)?(?:(?:固定)?电话|手机|座机|固话|号码|tel|phone|mobile|mob|cell)(?:号码|号)?(?:是|为)?[:：.]? *",
    re.IGNORECASE,
)
_ENDS = "。，,;；.、!！"
_SPOKEN_EXT = re.compile(
    r"^(?P<number>[^转轉接分内內extn#*×]{3,60}?)[ ,，、;；.()（）-]{0,3}"
    r"(?:转接?|轉接?|接|分机号?码?|分機號?碼?|内线|內線|;?ext(?:ension|n)?[.]?|x|×|#|\*){1,3}[=:： .()（）-]{0,3}(?P<ext>[0-9][0-9 .-]{0,15})[)）]?$",
    re.IGNORECASE,
)
_PLAIN_EXT = re.compile(r"^(?P<number>.{7,60}?)(?:[-/]|,+|，| ?\(|（)(?P<ext>[0-9]{2,6})[)）]?$")
_NUMBER = re.compile(r"^[+]?[0-9() .,/·-]{3,60}$")
_CARRIER = re.compile(r"^(?:179[0-9]{2}|12593)(?=0?[0-9]{10,11}$)")  # dialled first for a cheaper call
_NO_DIGIT = re.compile(r"\D")
_BETWEEN_NUMBERS = re.compile(r"[/、,，;；|和或及与]+|(?<!\s)\s{1,9}(?=1[3-9]\d{9}(?!\d))")
_HOME_MOBILE, _ABROAD = re.compile(r"[+]861[3-9][0-9]{9}"), re.compile(r"[+][1-9][0-9]{6,14}")
_SEPARATORS = re.compile(r"[() .,/·-]")


class Dialled(NamedTuple):
    """What was typed: the number to check, its extension ("" without one), and whether the extension was named as such."""

    number: str
    extension: str = ""
    is_named: bool = False


def readings(typed: str) -> Iterator[Dialled]:
    """The ways to read what was typed, the likeliest first; none where it is no phone number."""
    text = _plain(typed)
    if found := _SPOKEN_EXT.match(text):
        if number := _digits(found["number"]):
            yield Dialled(number, _NO_DIGIT.sub("", found["ext"]), is_named=True)
        return
    if number := _digits(text):
        yield Dialled(number)
    found = _PLAIN_EXT.match(text)
    if found and (number := _digits(found["number"])):
        yield Dialled(number, found["ext"])


def parts(typed: str) -> list[str]:
    """What may each be a number of its own, where several are written one after another."""
    found = [one.strip() for one in _BETWEEN_NUMBERS.split(_plain(typed))]
    return [one for one in found if one]


def stored(number: str, extension: str) -> str:
    """The stored form of an E.164 number and an extension."""
    return f"{number}{_EXT}{extension}" if extension else number


def number_of(phone: str) -> str:
    """The E.164 number of a stored phone, without its extension."""
    return phone.partition(_EXT)[0]


def extension_of(phone: str) -> str:
    """The extension of a stored phone; "" without one."""
    return phone.partition(_EXT)[2]


def tail_of(phone: str) -> str:
    """The last four digits of the number itself, the second half of a look-up."""
    return number_of(phone)[-_TAIL:]


def masked(phone: str) -> str:
    """`********1234转8001`: the last four digits and the extension."""
    number = number_of(phone)
    return "*" * max(len(number) - _TAIL, 0) + number[-_TAIL:] + _said(phone)


def shown(phone: str) -> str:
    """As staff dial it: 139 1234 5678, 02558881234转8001, 4008001234, +85291234567."""
    number = number_of(phone)
    at_home = number.removeprefix("+86")
    if at_home == number:
        return number + _said(phone)
    if len(at_home) == _MOBILE_DIGITS and at_home.startswith("1"):
        return f"{at_home[:3]} {at_home[3:7]} {at_home[7:]}" + _said(phone)
    is_service = at_home.startswith(("400", "800")) and len(at_home) == len("4008001234")
    return ("" if is_service else "0") + at_home + _said(phone)


def takes_texts(phone: str) -> bool:
    """Whether a text message can reach it: no extension, and in China a mobile number."""
    is_home = phone.startswith("+86")
    return (_HOME_MOBILE if is_home else _ABROAD).fullmatch(phone) is not None


def link(phone: str) -> str:
    """What a `tel:` link dials: the extension after a pause."""
    extension = extension_of(phone)
    return number_of(phone) + ("," + extension if extension else "")


def _said(phone: str) -> str:
    extension = extension_of(phone)
    return f"转{extension}" if extension else ""


def _plain(typed: str) -> str:
    text = unicodedata.normalize("NFKC", one_line(typed)[:100])
    text = _LABEL.sub("", _DASHES.sub("-", text.strip())).rstrip(_ENDS)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text.translate(_HAN_FIGURES))


def _digits(text: str) -> str:
    """The number in digits with its +, or "" where anything else is written."""
    text = text.strip(" ,;").translate(_LOOK_ALIKE)
    if not _NUMBER.match(text):
        return ""
    return _CARRIER.sub("", _SEPARATORS.sub("", text))
