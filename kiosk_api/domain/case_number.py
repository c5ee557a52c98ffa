"""Case numbers: a date, 40 random bits and two check characters, readable aloud.

The alphabet is Crockford's base32 (https://www.crockford.com/base32.html): no I, L, O, U. The
check is a position-weighted sum modulo 37; 37 is prime and above the alphabet's size, so it
finds every single wrong character and every swap of two neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from kiosk_api.domain.errors import DomainError, FieldError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PRIME = 37
_SHAPE = re.compile(rf"XF([0-9]{{8}})([{ALPHABET}]{{8}})([{ALPHABET}]{{2}})")


def make(day: date, random_bits: int) -> str:
    """`XF20261123-ABCD-EFGH-CC` from a date and 40 random bits."""
    if not 0 <= random_bits < 1 << 40:
        raise ValueError("random_bits must be 40 bits")
    body = "".join(ALPHABET[random_bits >> shift & 31] for shift in range(35, -1, -5))
    stamp = day.strftime("%Y%m%d")
    return f"XF{stamp}-{body[:4]}-{body[4:]}-{_check(stamp + body)}"


def parse(text: str) -> str:
    """The one written form of what somebody typed or read aloud.

    Forgives width, case, spaces, missing hyphens, and O for 0, I or L for 1. Raises DomainError
    `bad_case_number` when the check does not fit.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(c for c in plain if c.isalnum())
    head, rest = kept[:2], kept[2:].replace("O", "0").replace("I", "1").replace("L", "1")
    found = _SHAPE.fullmatch(head + rest)
    if found is None or not _is_date(found[1]) or _check(found[1] + found[2]) != found[3]:
        detail = "编号好像不对，请对照回执再输一遍，或扫描回执上的二维码。"
        raise DomainError("bad_case_number", detail, (FieldError("case_number", "bad_case_number", detail),))
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
