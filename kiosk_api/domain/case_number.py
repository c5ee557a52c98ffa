"""Case numbers: a date, 40 random bits and two check characters, readable aloud.

The alphabet is Crockford's base32 (https://www.crockford.com/base32.html): no I, L, O, U. The
check is a position-weighted sum modulo 37; 37 is prime and above the alphabet's size, so it
finds every single wrong character and every swap of two neighbours.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from kiosk_api.domain.codes_read import capitals, in_alphabet, with_figures
from kiosk_api.domain.errors import DomainError, FieldError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PRIME = 37
_MAC = 16  # characters of a receipt code behind the number
_SHAPE = re.compile(rf"([0-9]{{8}})([{ALPHABET}]{{8}})([{ALPHABET}]{{2}})")
_APART = "[^0-9A-Z]{0,6}"  # hyphens, blanks, a word or two
_LED = re.compile(
    rf"X{_APART}F((?:{_APART}[0-9A-Z]){{18}})(?=(?:[0-9A-Z]{{{_MAC}}})?(?![0-9A-Z]))((?:{_APART}[0-9A-Z]){{{_MAC}}}(?![0-9A-Z]))?"
)
_NOT_A_SIGN = re.compile("[^0-9A-Z]")


def make(day: date, random_bits: int) -> str:
    """`XF20261123-ABCD-EFGH-CC` from a date and 40 random bits."""
    if not 0 <= random_bits < 1 << 40:
        raise ValueError("random_bits must be 40 bits")
    body = "".join(ALPHABET[random_bits >> shift & 31] for shift in range(35, -1, -5))
    stamp = day.strftime("%Y%m%d")
    return f"XF{stamp}-{body[:4]}-{body[4:]}-{_check(stamp + body)}"


def parse(text: str) -> str:
    """The one written form of what somebody typed, pasted, scanned or read aloud.

    Forgives width, case, blanks, missing or odd hyphens, invisible signs, words around it, a missing XF,
    letters that look alike (O, I, L and U are in no number) and figures in Chinese; an address or a
    receipt's code that holds the number will do. Raises DomainError `bad_case_number` when the check
    does not fit.
    """
    number, _ = parse_with_mac(text)
    return number


def parse_with_mac(text: str) -> tuple[str, str]:
    """(case number, the signs behind it that sign a receipt, or ""), read like `parse`.

    Raises DomainError `bad_case_number`.
    """
    plain = capitals(text)
    for reading in (plain, with_figures(plain)):  # 一 is typed for a hyphen and for a 1: the check decides
        for led in _LED.finditer(reading):
            if number := _checked(_kept(led[1])):
                return number, _kept(led[2] or "")
        if number := _checked(_kept(reading), without_head=True):
            return number, ""
    detail = "编号好像不对，请对照回执再输一遍，或扫描回执上的二维码。"
    raise DomainError("bad_case_number", detail, (FieldError("case_number", "bad_case_number", detail),))


def _kept(text: str) -> str:
    return _NOT_A_SIGN.sub("", text)


def _checked(signs: str, *, without_head: bool = False) -> str | None:
    """The number of its eighteen signs after XF; without the XF only of this century: identity numbers are as long."""
    found = _SHAPE.fullmatch(in_alphabet(signs))
    if found is None or without_head and not found[1].startswith("20"):
        return None
    if not _is_date(found[1]) or _check(found[1] + found[2]) != found[3]:
        return None
    return f"XF{found[1]}-{found[2][:4]}-{found[2][4:]}-{found[3]}"


def _check(payload: str) -> str:
    """Two characters that carry a weighted sum modulo 37 (a prime above the alphabet's size)."""
    total = sum((position + 1) * ALPHABET.index(char) for position, char in enumerate(payload))
    value = total % _PRIME
    return ALPHABET[value // 8] + ALPHABET[value % 8]


def _is_date(stamp: str) -> bool:
    try:
        datetime.strptime(stamp, "%Y%m%d")
    except ValueError:
        return False
    return True
