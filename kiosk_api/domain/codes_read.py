"""What was typed, pasted or scanned in place of a code, read as the code.

Input methods change signs (。 for a stop, full width, —— for _), apps add words, brackets and tails to
links (`&from=singlemessage`, `#wechat_redirect`) or encode their #, scanners put an identifier in front
(`]Q1`, ISO/IEC 15424 and `\\000026`, AIM's extended channels) or type with caps lock on. Each kind of
code is read here once; `static/js/core/codes.js` holds the same rule for the pages, and one table of
cases tests both. Case numbers are read by `case_number.py`, from the signs that this module gives.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

READ_MAX = 2_000
"""Characters that are read of one field: a link in the middle of a long message."""

TOKEN_LENGTH = 32
"""Characters of a lookup token and of a code for a phone's pictures: 24 bytes in base64url (RFC 4648)."""

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # blank, and no mark or format sign
_INVISIBLE = frozenset(("Cf", "Cc", "Cs"))
_DASHES = frozenset("−ー─━⁃˗")  # no dashes to Unicode, and typed as ones
_SIGNS = str.maketrans({"。": ".", "·": ".", "‧": ".", "・": ".", "、": "/"})
_UNDERSCORE = re.compile("[\u2014\u2015]{2}")  # Shift and the dash key under a Chinese input method
_LETTERS_ALIKE = str.maketrans("АВЕЅІЈКМНОРԚСТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ×✕", "ABESIJKMHOPQCTXYABEZHIKMNOPTYXXX")
_FIGURES_ALIKE = str.maketrans("OILU", "011V")
_MAC_ALIKE = str.maketrans("01L8", "OIIB")
_HAN_FIGURES = str.maketrans("零〇洞一幺二两三四五六七八九", "00011223456789")
_SCANNER = re.compile(r"\s*(?:\][A-Za-z][0-9A-Za-z])?(?:\\0[0-9]{5})?")
_CAPS_LOCK = re.compile(r"HTTPS?:|/[RU]#")
_RUN = r"[A-Za-z0-9_-]{16,}"
_TOKEN = re.compile(_RUN)
_PAGES = {"r": re.compile(r"/r(?=[#?/&=!\s])"), "u": re.compile(r"/u(?=[#?/&=!\s])")}
_IN_LINK = re.compile(rf"[#?/&=!\s]({_RUN})")
_WRAPPED = re.compile(rf"(?:[A-Za-z0-9_-]\s{{0,3}}){{{TOKEN_LENGTH}}}(?![A-Za-z0-9_-])")
_BLANKS = re.compile(r"\s+")
_DASHED = re.compile(r"(?:^|[^0-9A-Z])([0-9A-Z]{4})\s?-\s?([0-9A-Z]{4})(?![0-9A-Z-])")
_EIGHT = re.compile(r"(?:^|[^0-9A-Z])([0-9A-Z]{8})(?![0-9A-Z])")
_NOT_A_SIGN = re.compile(r"[^0-9A-Z]")
_DIGITS = re.compile(r"[0-9]+")
_BETWEEN_DIGITS = re.compile(r"([0-9])[\s.\-]+(?=[0-9])")
_ENCODED_MOST = 2  # times: by an app, and by the one it was handed to
_SHORT = 8  # letters of the codes that people read aloud
_TAIL = 4  # digits


def visible(text: str) -> str:
    """NFKC without what cannot be seen; tabs and line ends become blanks, half of a character pair is dropped."""
    plain = unicodedata.normalize("NFKC", text[:READ_MAX])
    kept = (" " if c.isspace() else "" if _is_invisible(c) else c for c in plain)
    return "".join(kept)


def folded(text: str) -> str:
    """`visible` without a scanner's identifier, percent-decoded, with one sign for every dash and every stop."""
    plain = visible(text)
    plain = plain[_SCANNER.match(plain).end() :]  # type: ignore[union-attr]  # matches always
    for _ in range(_ENCODED_MOST):
        plain = visible(unquote(plain)) if "%" in plain else plain
    plain = _UNDERSCORE.sub("_", plain).translate(_SIGNS)
    return "".join("-" if c in _DASHES or unicodedata.category(c) == "Pd" else c for c in plain)


def capitals(text: str) -> str:
    """`folded` for codes without case: capitals, with Latin letters for Cyrillic and Greek ones that look the same."""
    return folded(text).upper().translate(_LETTERS_ALIKE)


def in_alphabet(signs: str) -> str:
    """Capitals in Crockford's alphabet: 0 for O, 1 for I and L, and V for U, which the alphabet leaves out."""
    return signs.translate(_FIGURES_ALIKE)


def mac_alike(mac: str) -> str:
    """A receipt code's last part with one sign for those that look alike: base32 has no 0, 1 or 8 (RFC 4648, 6)."""
    return mac.upper().translate(_MAC_ALIKE)


def with_figures(text: str) -> str:
    """Figures written or read aloud as Chinese characters, as digits."""
    return text.translate(_HAN_FIGURES)


def token_in(text: str) -> str | None:
    """The lookup token of a receipt's address, or of a text that is only the token; None when it holds none.

    Read up to the first sign that is in no token; whatever stands in front of the address is skipped.
    """
    return link_token(text, "r") or _bare_token(text)


def link_token(text: str, page: str) -> str | None:
    """The token in an address of the page `r` or `u`, also where an app has lost or encoded the #."""
    plain = _as_printed(folded(text))
    at = _PAGES[page].search(plain)
    if at is None:
        return None
    rest = plain[at.end() :]
    behind = rest[rest.find("#") :] if "#" in rest else rest
    found = _IN_LINK.search(behind) or _IN_LINK.search(rest)
    start = behind[1:].lstrip()
    if wrapped := _WRAPPED.match(start):  # a mail's line end in the middle of it
        return _BLANKS.sub("", wrapped[0])
    return found[1][:TOKEN_LENGTH] if found else None


def _bare_token(text: str) -> str | None:
    plain = folded(text)
    if "://" in plain:
        return None
    found = _TOKEN.search(plain)
    return found[0][:TOKEN_LENGTH] if found else None


def _as_printed(plain: str) -> str:
    """The case turned back where a scanner typed with caps lock on: tokens are read with their case."""
    return plain.swapcase() if _CAPS_LOCK.search(plain) and "http" not in plain else plain


def short_code(text: str) -> str:
    """A code of eight signs (resume, call back, hand-over), without its hyphen: `ABCD-EFGH` → `ABCDEFGH`.

    A text that holds no such code gives its letters and figures, at most sixteen: no stored code is like that.
    """
    plain = capitals(text)
    kept = _NOT_A_SIGN.sub("", plain)
    if len(kept) != _SHORT:
        dashed, eight = _DASHED.findall(plain), _EIGHT.findall(plain)
        kept = "".join(dashed[-1]) if dashed else eight[-1] if eight else kept
    return in_alphabet(kept)[:16]


def phone_tail(text: str) -> str | None:
    """The four digits of a phone's tail in what was typed, `尾号１２３４` or `后4位是 1234。`; None for anything else,
    also for a whole number."""
    plain = "".join(_digit(c) for c in folded(text))
    runs = _digit_runs(plain) or _digit_runs(with_figures(plain))
    fours = {one for one in runs if len(one) == _TAIL}
    longest = max((len(one) for one in runs if len(one) != _TAIL), default=0)
    return fours.pop() if len(fours) == 1 and longest <= (3 if "*" in plain else 1) else None


def _digit_runs(plain: str) -> list[str]:
    return _DIGITS.findall(_BETWEEN_DIGITS.sub(r"\1", plain))


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def _is_invisible(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category in _INVISIBLE or sign in _FILLERS or category == "Mn" and "\ufe00" <= sign <= "\ufe0f"
