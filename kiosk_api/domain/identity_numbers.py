"""Numbers of the papers with which people in China prove who they are, each checked by its own published rule.

Where a check digit is published, digit and date decide. Whether a county's code was in force in the year of birth
does not matter: a number is given when it is given, often decades later. Where none is published only the shape
is checked. The papers are those of GA/T 517 (codes of common papers); their rules:

- GB 11643-1999: 17 digits and a check sign (ISO 7064 MOD 11-2), the first two a province of GB/T 2260. The residence
  permits of people from Hong Kong, Macao and Taiwan (国办发〔2018〕81号, Art. 5) begin with 810000, 820000, 830000.
- Foreigners' permanent residence: from 2023-12-01 the same 18 signs, 9 first, then province and ISO 3166 number
  of the country; before, three letters and twelve digits with the check digit of ICAO Doc 9303 (weights 7, 3, 1).
- Hong Kong's and Taiwan's own identity cards have check digits of their own (weights 9 to 1 modulo 11; 1, 9 to 1
  modulo 10). Macao's card, travel permits, passports and papers of soldiers and police have none that is published.
- Taiwan's travel permits have been cards with eight digits since 2015; the last booklets with ten ran out in 2020.
- The 15 digits of the first cards have been void since 2013-01-01 (居民身份证法 as amended in 2011).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk_api.domain.typed import HAN, one_line

LONGEST_TYPED = 100
_EARLIEST = 1880
_RESIDENT_SIGNS = 18
_LEAST_DIGITS_OF_PASSPORT, _MOST_SIGNS_OF_PASSPORT = 4, 9
_PROVINCES = frozenset(
    map(
        str,
        (
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
        ),
    )
)
_WRONG = "证件号码好像不对，请照着证件再核对一遍；不想填也可以空着。"
_WRONG_18 = "身份证号好像不对，请核对18位号码；不想填也可以空着。"
_FIRST_CARDS = "这是老身份证的15位号码，已经停用，请填新身份证上的18位号码；不想填也可以空着。"


@dataclass(frozen=True)
class IdNumber:
    """`value` is the stored form, or `problem` says what is wrong and what to do."""

    value: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Card:
    """A kind of paper: the shape of its number in the stored form, and whether the number can be right."""

    key: str
    label: str
    shape: re.Pattern[str]
    holds: Callable[[str, date], bool]


def read_id_number(typed: str, today: date) -> IdNumber:
    """The number without what copying and typing add: label, blanks, hyphens, look-alike letters."""
    text = _plain(typed)
    if found := _SERVICE.fullmatch(text):
        return IdNumber(f"{found[1]}字第{found[2]}号")
    if found := _SERVICE_CARD.search(text):
        return IdNumber(found[1] + found[2])
    if _DAY.fullmatch(text):
        return IdNumber(problem=_WRONG)
    text = _LABEL.sub("", text)
    if _HAN_NUMBER.fullmatch(text):
        text = text.translate(_HAN_FIGURES)
    if found := _HONG_KONG_WRITTEN.fullmatch(text):  # in brackets: surely that card
        number = found[1] + found[2]
        return IdNumber(number) if _hong_kong(number, today) else IdNumber(problem=_WRONG)
    for number in _spellings(_NO_SIGN.sub("", text) if _ONLY_NUMBER.fullmatch(text) else ""):
        if any(card.shape.fullmatch(number) and card.holds(number, today) for card in CARDS):
            return IdNumber(number)
    return IdNumber(problem=_problem(text))


def _resident(number: str, today: date) -> bool:
    return number[:2] in _PROVINCES and _is_birth(number[6:14], today) and mod_11_2(number[:17]) == number[17]


def _settled(number: str, today: date) -> bool:
    return number[1:3] in _PROVINCES and _is_birth(number[6:14], today) and mod_11_2(number[:17]) == number[17]


def _settled_before_2023(number: str, today: date) -> bool:
    is_birth = any(_is_birth(century + number[7:13], today) for century in ("19", "20"))
    return is_birth and weights_7_3_1(number[:14]) == number[14]


def _hong_kong(number: str, _: date) -> bool:
    """Letters count from A = 10, a missing first one 36; nine weights, the check sign's is 1; A stands for 10."""
    signs = number[:-1].rjust(8)
    values = [36 if sign == " " else int(sign, 36) for sign in signs] + [int(number[-1], 16)]
    return sum(weight * value for weight, value in zip(range(9, 0, -1), values, strict=True)) % 11 == 0


def _taiwan(number: str, _: date) -> bool:
    """The letter stands for two digits in the order in which the counties came to be; weights 1, 9, 8, …, 1, 1."""
    county = str(_COUNTIES.index(number[0]) + 10)
    digits = [int(sign) for sign in county + number[1:]]
    total: int = sum(weight * digit for weight, digit in zip([1, *range(9, 0, -1), 1], digits, strict=True))
    return total % 10 == 0


def _shape_only(_number: str, _today: date) -> bool:
    return True


def _passport(number: str, _: date) -> bool:
    """ICAO Doc 9303: up to nine letters and digits. Without a letter only nine digits are a passport's; a word is none."""
    digits = sum(sign.isdigit() for sign in number)
    return digits >= _LEAST_DIGITS_OF_PASSPORT and (digits < len(number) or digits == _MOST_SIGNS_OF_PASSPORT)


_COUNTIES = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
CARDS = (
    Card("resident", "居民身份证、居住证", re.compile(r"[1-8][0-9]{16}[0-9X]"), _resident),
    Card("settled", "外国人永久居留身份证", re.compile(r"9[0-9]{16}[0-9X]"), _settled),
    Card("settled_before_2023", "外国人永久居留身份证（旧版）", re.compile(r"[A-Z]{3}[0-9]{12}"), _settled_before_2023),
    Card("home_return", "港澳居民来往内地通行证", re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"), _shape_only),
    Card("taiwan_permit", "台湾居民来往大陆通行证", re.compile(r"[0-9]{8}"), _shape_only),
    Card("taiwan", "台湾身份证", re.compile(r"[A-Z][1289][0-9]{8}"), _taiwan),
    Card("passport", "护照、旅行证、往来通行证", re.compile(r"[0-9A-Z]{6,9}"), _passport),
)
_SERVICE = re.compile(rf"([{HAN}]{{1,3}})字第?([0-9]{{4,10}})号?")
_SERVICE_CARD = re.compile(r"^(军官证|士兵证|警官证|人民警察证|文职证|学员证)(?:号码?|号)?[:：]?([0-9]{6,8})$")
_LABEL = re.compile(rf"^[{HAN}]{{0,16}}(?:证|照|号|号码|是|NO|ID|PASSPORT)[.:：#]*(?=[0-9A-Z])")
_HONG_KONG_WRITTEN = re.compile(r"([A-Z]{1,2}[0-9]{6})[(（]([0-9A])[)）]")
_ONLY_NUMBER = re.compile(r"[0-9A-Z()./·-]+")
_CROSSES = str.maketrans(dict.fromkeys("×✕✖╳⨯❌❎ΧХ", "X"))
_HAN_FIGURES = str.maketrans("零〇○一幺二两三四五六七八九", "00011223456789")
_HAN_NUMBER = re.compile(r"[0-9零〇○一幺二两三四五六七八九X-]{15,}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?")
_LOOK_ALIKE = str.maketrans("OIL", "011")
_NO_SIGN = re.compile(r"[^0-9A-Z]")
_UNSEEN = re.compile(r"[\s\ufe00-\ufe0f]")
_FIRST_CARD_DIGITS = 15
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\u30fc~_]")
_LEAST_DIGITS_OF_MANY = 12  # of 15 or 18 signs: a letter among them was meant as a figure


def _plain(typed: str) -> str:
    text = unicodedata.normalize("NFKC", one_line(typed)[:LONGEST_TYPED]).upper().translate(_CROSSES)
    text = _UNSEEN.sub("", _DASHES.sub("-", text)).replace("|", "I")
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    return text.strip("。，,;；.、:：\"'“”")


def _spellings(number: str) -> list[str]:
    """As typed, and with figures where only figures can stand."""
    found = [number] if number else []
    if len(number) in (15, 18) and sum(sign.isdigit() for sign in number) >= _LEAST_DIGITS_OF_MANY - 3:
        letters = 3 if len(number) == 15 and number[:3].isalpha() else 0
        fixed = number[:letters] + number[letters:].translate(_LOOK_ALIKE)
        found += [fixed] if fixed != number else []
    return found


def _problem(text: str) -> str:
    signs = _NO_SIGN.sub("", text)
    digits = signs.removesuffix("X")
    if not digits.isdigit() or not _LEAST_DIGITS_OF_MANY < len(signs) < 2 * _LEAST_DIGITS_OF_MANY:
        return _WRONG
    if len(digits) == len(signs) == _FIRST_CARD_DIGITS:
        return _FIRST_CARDS
    if len(signs) == _RESIDENT_SIGNS:
        return _WRONG_18
    return f"身份证号应该是{_RESIDENT_SIGNS}位，现在是{len(signs)}位，请再核对一遍；不想填也可以空着。"


def _is_birth(digits: str, today: date) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year >= _EARLIEST and day <= today


def mod_11_2(digits: str) -> str:
    """The check sign of ISO 7064 MOD 11-2 for 17 digits (GB 11643-1999)."""
    total = sum(int(digit) << (17 - place) for place, digit in enumerate(digits))
    return "10X98765432"[total % 11]


def weights_7_3_1(signs: str) -> str:
    """The check digit of ICAO Doc 9303, part 3; letters count from A = 10."""
    total = sum(int(sign, 36) * (7, 3, 1)[place % 3] for place, sign in enumerate(signs))
    return str(total % 10)
