"""Character and pinyin errors of what was recognised, both sides written in the same way before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pypinyin import lazy_pinyin

from voice.reading import as_read

_SIGNS = re.compile("[^\u4e00-\u9fff0-9A-Za-z]")
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
    """(wrong syllables without tones, syllables said)."""
    wanted = lazy_pinyin(plain(said))
    return distance(wanted, lazy_pinyin(plain(heard))), len(wanted)
