"""Prepare text for reading aloud: split into sentences, phone and ID numbers shortened."""

from __future__ import annotations

import hashlib
import re

from kiosk_api.domain.limits import SPOKEN_MAX

_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;]+")
_CLAUSE = re.compile(r"[^，,、：:；;。！？!?]{0,60}[，,、：:；;。！？!?]+[”’」』）)]*|[^，,、：:；;。！？!?]{1,60}")
BREATH = 8  # characters: some two seconds
_GROUPING = re.compile(r"[ -]")
# a resident's ID (18 or 15 digits) or a mobile number, however it is grouped or half starred out
_PERSONAL = re.compile(r"(?<![\d*])(?:[\d*][ -]?){7,17}(\d[ -]?\d[ -]?\d[ -]?[\dXx])(?![\d*])")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4}|800-?\d{3}-?\d{4}")


def normalised(text: str) -> str:
    """A sentence without the spaces that only lay out the source."""
    return " ".join(text.split())


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph in order, none longer than SPOKEN_MAX."""
    found = []
    for part in _SENTENCE.findall(normalised(text)):
        part = part.strip()
        found += [part[at : at + SPOKEN_MAX] for at in range(0, len(part), SPOKEN_MAX)]
    return found


def spoken_parts(text: str) -> list[str]:
    """A text in pieces of one breath, so that the first is heard while the next is made; together they are the text.

    A piece ends at a mark once it has BREATH characters, or before it would have more than twice as many.
    """
    parts, here = [], ""
    for clause in _CLAUSE.findall(text):
        if here and len(here) + len(clause) > 2 * BREATH:
            parts.append(here)
            here = ""
        here += clause
        if len(here) >= BREATH:
            parts.append(here)
            here = ""
    return [*parts, here] if here else parts


def recording_name(sentence: str) -> str:
    """The name, without its ending, of the file that holds a recording of this sentence."""
    return hashlib.sha256(normalised(sentence).encode()).hexdigest()


def without_numbers(text: str) -> str:
    """Long personal numbers as 尾号1234; an office's land line is read in full."""

    def shortened(found: re.Match[str]) -> str:
        if _LANDLINE.fullmatch(found[0].strip()):
            return found[0]
        return "尾号" + _GROUPING.sub("", found[1])

    return _PERSONAL.sub(shortened, text)
