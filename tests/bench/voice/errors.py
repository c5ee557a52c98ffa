"""Character and pinyin errors of what was recognised, both sides written in the same way before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pypinyin import lazy_pinyin

from voice.numerals import by_place
from voice.reading import as_read

_SIGNS = re.compile("[^\u4e00-\u9fff0-9A-Za-z]")
_FIGURES = re.compile("[0-9]+")
_SAME = str.maketrans("幺两〇", "一二零")


def plain(text: str) -> str:
    """Numbers as they are read aloud (1.2万 and 12000 stay different), 幺 as 一, 两 as 二, no marks and no blanks."""
    return _SIGNS.sub("", as_read(text)).translate(_SAME)


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Characters (or syllables) to be put in, left out or changed (Levenshtein)."""
    before = list(range(len(other) + 1))
    for row, mine in enumerate(one, 1):
        now = [row]
        for column, theirs in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (mine != theirs)))
        before = now
    return before[-1]


def characters(said: str, heard: str) -> tuple[int, int]:
    """(wrong characters, characters said)."""
    wanted = plain(said)
    return distance(wanted, plain(heard)), len(wanted)


def syllables(said: str, heard: str) -> tuple[int, int]:
    """(wrong syllables without tones, syllables said); 幺 is yao.

    Figures that were heard are taken as numbers or one by one, whichever fits: a recogniser does not say which it heard.
    """
    wanted = _sounds(said)
    by_themselves = _FIGURES.sub(lambda found: by_place(found[0], spoken=True), heard)
    return min(distance(wanted, _sounds(one)) for one in (heard, by_themselves)), len(wanted)


def _sounds(text: str) -> list[str]:
    return lazy_pinyin(_SIGNS.sub("", as_read(text)))
