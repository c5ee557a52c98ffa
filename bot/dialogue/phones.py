"""Telephone numbers cut out of a text, extension and all, and shown with all but the last four figures hidden.

Cut broadly: which numbers there are is for the API to say, in whose form (a number, 转, an extension) they are handed on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.text import as_figures, mask

_GAP = r"[ \t\-‐‒–—―.]"  # between groups of figures; never a line break
_MOBILE = rf"(?:(?:\+|00)?86{_GAP}{{0,2}})?1[3-9]\d(?:{_GAP}{{0,2}}\d){{8}}(?![\dXx])"
_LOCAL = rf"(?:\d{{7,8}}|\d{{3,4}}{_GAP}{{1,2}}\d{{4}}|\d(?: ?\d){{6,7}})(?!\d)"
_FIXED = rf"(?:[(]0\d{{2,3}}[)]|(?:(?:\+|00)86{_GAP}{{0,2}})?0\d{{2,3}}){_GAP}{{0,2}}{_LOCAL}"
_SERVICE = rf"[48]00(?:{_GAP}?\d){{7}}(?!\d)"
_ABROAD = r"(?:\+|00)[ ]?[(]?\d(?:[ \-‐‒–—―.()]{0,2}\d){6,14}(?!\d)"
_FIGURES = rf"\d(?:{_GAP}?\d){{0,5}}(?!\d)"
_SAID = r"[ \t,，;；(（]{0,2}(?:(?:再|请|要)?[转轉](?:接|到|分机号?码?|内线)?|分机号?码?|内线|[Ee][Xx][Tt](?:[Nn]|ension)?\.?|[Xx#]|;ext=)"
_EXTENSION = rf"{_SAID}(?:是|为|[:：])?[ \t]{{0,2}}(?P<ext>{_FIGURES})[)）]?"
_BEHIND = (  # figures alone behind a landline number: “…1234-8001”, “…1234（8001）”, “…1234，8001”
    r"(?:[ ]?[\-‐‒–—―][ ]?(?P<dashed>\d{1,6})(?![\d\-])|[ ]?[(]分?机?(?P<bracketed>\d{1,6})[)]|[,，][ ]?(?P<listed>\d{3,6})(?!\w))"
)
PHONE = re.compile(
    rf"(?<!\d)(?:(?P<mobile>{_MOBILE})|(?P<fixed>(?:{_FIXED}|{_SERVICE}))|(?P<abroad>{_ABROAD}))"
    rf"(?:{_EXTENSION}|(?(fixed){_BEHIND}|(?!)))?"
)
_NAMED_EXTENSION = re.compile(rf"(?:分机号?码?|内线|转)[^\d]{{0,4}}(?P<ext>{_FIGURES})")
_RUN = re.compile(r"\+?\d[\d\-()]{4,}")
_NO_FIGURE = re.compile(r"\D")
_OF_THE_MAINLAND = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
_PARTS = re.compile(r"(?:;ext=|转)(?P<ext>\d{1,6})$")
EXTENDS = "转"


@dataclass(frozen=True)
class Found:
    """A number (figures, + before a country's) with its extension, and its place in the text as figures."""

    number: str
    start: int
    end: int


def found_in(figures: str) -> list[Found]:
    """Each number in a text whose spoken digits are figures already (`as_figures`), in order."""
    return [Found(_joined(one), one.start(), one.end()) for one in PHONE.finditer(figures)]


def _joined(found: re.Match[str]) -> str:
    whole = found["mobile"] or found["fixed"] or found["abroad"]
    extension = found["ext"] or found["dashed"] or found["bracketed"] or found["listed"] or ""
    number = "+" * whole.startswith("+") + _NO_FIGURE.sub("", whole)
    return number + (EXTENDS + _NO_FIGURE.sub("", extension) if extension else "")


def one_in(text: str) -> str | None:
    """The one number of a text, without a country's 86 before a mobile one; None when there is none, or several."""
    found = {without_country(one.number) for one in found_in(as_figures(text))}
    return found.pop() if len(found) == 1 else None


def without_country(number: str) -> str:
    """A mainland mobile number as it is dialled at home; any other as it stands."""
    bare, extension = parted(number)
    found = _OF_THE_MAINLAND.fullmatch(bare)
    return with_extension(found[1], extension) if found else number


def extension_named(text: str) -> str | None:
    """The extension that words name: “分机是8001”."""
    found = _NAMED_EXTENSION.search(as_figures(text))
    return _NO_FIGURE.sub("", found["ext"]) if found else None


def parted(number: str) -> tuple[str, str]:
    """(number, extension), as it was cut out or as the API keeps it (RFC 3966, `;ext=`); "" where it has none."""
    found = _PARTS.search(number)
    return (number[: found.start()], found["ext"]) if found else (number, "")


def with_extension(number: str, extension: str) -> str:
    """The number with an extension, or as it is."""
    return number + EXTENDS + extension if extension else number


def shown(number: str) -> str:
    """As it may be shown on a screen in a hall: the last four figures, and the extension."""
    bare, extension = parted(number)
    return with_extension(mask(bare.removeprefix("+86")), extension)


def tail(number: str) -> str:
    """The last four figures of the number itself, by which a case is looked up."""
    return parted(number)[0][-4:]
