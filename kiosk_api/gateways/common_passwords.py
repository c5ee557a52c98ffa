"""Passwords that are tried first: the 3,000 most used ones, and all of the 30,000 most used that are long enough here.

`common_passwords.txt` holds the first twelve hexadecimal digits of the SHA-256 of each, in small letters, so that no list
of words to try lies beside the service; where they come from stands in NOTICE. With 3,200 of them, one in 10^11 other
passwords is taken for one of these.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("common_passwords.txt")
_DIGITS = 12
_AROUND = re.compile(r"^[\W\d_]{0,200}|[\W\d_]{0,200}$")


def is_common(password: str) -> bool:
    """Whether it is one of them, also twice, and also with figures and signs before or behind."""
    typed = password.lower()
    half = typed[: len(typed) // 2]
    candidates = {typed, _AROUND.sub("", typed), half if half * 2 == typed else typed}
    return any(_digest(one) in _known() for one in candidates)


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


@cache
def _known() -> frozenset[str]:
    return frozenset(_FILE.read_text("ascii").split())
