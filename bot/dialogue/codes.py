"""A case number, a receipt's address or a code in a message, whatever an input method or an app has made of it.

The server proves them; here they are only found, so that they are not read as an account or as another number.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from bot.dialogue.text import as_figures, narrow

READ_MAX = 2_000
"""Characters that are looked through: a code comes in a short message, and is not searched for in an account."""

_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_DASHES = frozenset("−ー─━⁃˗")  # no dashes to Unicode, and typed as ones
_UNDERSCORE = re.compile("[\u2014\u2015]{2}")  # Shift and the dash key under a Chinese input method
_ALIKE = str.maketrans("АВЕЅІЈКМНОРСТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ×", "ABESIJKMHOPCTXYABEZHIKMNOPTYXX")
_APART = "[^0-9A-Z]{0,6}"  # hyphens, blanks, a word or two
_MAC = "(?:[0-9A-Z]{16})?(?![0-9A-Z])"  # what signs a receipt may follow at once
_NUMBER = re.compile(rf"X{_APART}F((?:{_APART}[0-9OIL]){{8}})((?:{_APART}[0-9A-Z]){{10}})(?={_MAC})")
_NOT_A_SIGN = re.compile("[^0-9A-Z]")
_ADDRESS = re.compile(r"(?:https?://[^\s/]{1,253})?/r(?=[#?/&=!])[!-~]*", re.I)
_TOKEN = re.compile(r"[#?/&=!]([A-Za-z0-9_-]{16,})")
_TOKEN_LENGTH = 32
_ENCODED_MOST = 2  # times: by an app, and by the one it was handed to
_WEB = re.compile(r"https?://[!-~]*", re.I)
_SCANNER = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_TOGETHER = re.compile(r"(?:^|[^0-9A-Za-z])((?=[A-Z]{0,7}[0-9])(?=[0-9]{0,7}[A-Z])[0-9A-Z]{8})(?![0-9A-Za-z-])")
_EIGHT = re.compile(r"(?:^|[^0-9A-Za-z])([0-9A-Z]{4})[\s_-]{1,3}([0-9A-Z]{4})(?![0-9A-Za-z-])")


def seen(text: str) -> str:
    """Half width, without what cannot be seen; tabs and line ends become blanks."""
    kept = (" " if c.isspace() else "" if _is_unseen(c) else _digit(c) for c in narrow(text[:READ_MAX])[:READ_MAX])
    return "".join(kept)


def folded(text: str) -> str:
    """`seen`, percent-decoded, with one sign for every dash, stop and slash."""
    plain = seen(text)
    for _ in range(_ENCODED_MOST):
        plain = seen(unquote(plain)) if "%" in plain else plain
    plain = _UNDERSCORE.sub("_", plain).replace("。", ".").replace("、", "/")
    return "".join("-" if c in _DASHES or unicodedata.category(c) == "Pd" else c for c in plain)


def case_number_in(text: str) -> str | None:
    """A case number however it was typed, `XF20261123-ABCD-EFGH-12`; its check is the server's."""
    plain = _capitals(text)
    for reading in (plain, as_figures(plain)):  # 一 is typed for a hyphen and for a 1
        if found := _NUMBER.search(reading):
            day, rest = (_NOT_A_SIGN.sub("", one) for one in found.groups())
            day = day.replace("O", "0").replace("I", "1").replace("L", "1")
            return f"XF{day}-{rest[:4]}-{rest[4:8]}-{rest[8:]}"
    return None


def token_in(text: str) -> str | None:
    """The lookup token of a receipt's address, up to the first sign that is in no token."""
    address = _ADDRESS.search(folded(text))
    if address is None:
        return None
    said = address[0]
    found = _TOKEN.search(said, said.find("#") if "#" in said else 0)
    return found[1][:_TOKEN_LENGTH] if found else None


def names_case(text: str) -> bool:
    """Whether the message holds a case number or a receipt's address."""
    return bool(case_number_in(text) or token_in(text))


def without_case(text: str) -> str:
    """The rest of a message beside its case number and address, in capitals."""
    plain = _capitals(_ADDRESS.sub(" ", _WEB.sub(" ", folded(text))))
    return _NUMBER.sub(" ", plain) if _NUMBER.search(plain) else _NUMBER.sub(" ", as_figures(plain))


def resume_code_in(text: str) -> str | None:
    """The eight signs of a kept draft's code in two halves, `ABCD-EFGH` or `ABCD EFGH`, or with a figure together."""
    plain = folded(text)
    if scanner := _SCANNER.match(plain):
        plain = plain[scanner.end() :]
    if found := _EIGHT.search(plain.upper() if "-" in plain or "_" in plain else plain):
        return f"{found[1]}-{found[2]}"
    together = _TOGETHER.search(plain.upper())
    return f"{together[1][:4]}-{together[1][4:]}" if together else None


def _capitals(text: str) -> str:
    return folded(text).upper().translate(_ALIKE)


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cc", "Cs") or sign in _UNSEEN


def _digit(sign: str) -> str:
    """Figures of every script as 0 to 9."""
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
