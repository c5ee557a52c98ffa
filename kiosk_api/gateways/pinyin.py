"""How Chinese characters are read, from the keyboard's word list."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent / "web" / "static" / "pinyin"
_CHARACTER = re.compile(r"(\D)([a-z])")


def initials(text: str) -> list[str]:
    """For each character the letters that its readings begin with; Latin letters and digits stand for themselves.

    Other signs, and characters that the list does not hold, are left out.
    """
    letters = _letters()
    spelled = unicodedata.normalize("NFKC", text).lower()
    return [found for one in spelled if (found := one if one.isascii() and one.isalnum() else letters.get(one, ""))]


@cache
def _letters() -> dict[str, str]:
    """The first letters of every character's readings."""
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.glob("?.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            syllable, _, read_so = line.partition("\t")
            if not (syllable.isascii() and syllable.isalpha()):
                continue  # a word of several syllables
            for character, _ in _CHARACTER.findall(read_so):
                known = found.get(character, "")
                found[character] = known if line[0] in known else known + line[0]
    return found
