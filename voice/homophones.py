"""Characters that sound like the right ones, put right: 工姿 → 工资.

A recogniser hears syllables well and chooses among characters of the same sound badly. The syllables of what it
wrote are read once more as words of the keyboard's data (`words.py`), each word by its frequency and by the word
before it. What was written has a head start for every character, so that only clear cases are changed; figures, Latin
letters and marks are never touched, and the number of characters stays the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

from voice import words

CHANGED = 4.0
"""Cost of a character that is not the one that was written (natural logarithm), chosen on development.txt."""
UNLIKE = 3.0
"""Cost of a syllable that only resembles the one that was heard (n/l, zh/z, an/ang …)."""
UNKNOWN = 20.0
"""Cost of a character that the data does not have."""
KEPT = 6
"""Ways that are followed at each place."""
EACH = 4
"""Words of one reading that are tried."""
UNLIKE_MOST = 1
"""Syllables of a word that may only resemble what was heard."""
LONGEST = 600
"""Characters that are looked at; the rest stays."""

_RUN = re.compile("[\u4e00-\u9fff]+")
_SYLLABLE = re.compile("([zcs]h|[^aeiouv]?)(.+)")
_BEGINNINGS = {"zh": "z", "z": "zh", "ch": "c", "c": "ch", "sh": "s", "s": "sh", "n": "l", "l": "n", "f": "h", "h": "f"}


class _Way(NamedTuple):
    cost: float
    text: str
    last: str


def repaired(text: str) -> str:
    """`text` with homophones put right where the data says so clearly; as long as it was."""
    head, tail = text[:LONGEST], text[LONGEST:]
    parts: list[str] = []
    end = 0
    for found in _RUN.finditer(head):
        parts.append(head[end : found.start()])
        before = words.NUMBER if parts[-1][-1:].isdigit() else words.START
        parts.append(_likeliest(found[0], before))
        end = found.end()
    return "".join((*parts, head[end:], tail))


def _likeliest(run: str, before: str) -> str:
    sounds = lazy_pinyin(run, style=Style.NORMAL, v_to_u=False)
    if len(sounds) != len(run):
        return run
    best: list[dict[str, _Way]] = [{} for _ in range(len(run) + 1)]
    best[0][before] = _Way(0.0, "", before)
    for start in range(len(run)):
        here = sorted(best[start].values())[:KEPT]
        if not here:
            continue
        following = [(way, words.after(way.last)) for way in here]
        for size in range(1, min(words.LONGEST, len(run) - start) + 1):
            goal = best[start + size]
            for word, own in _choices(run[start : start + size], tuple(sounds[start : start + size])):
                for way, (back, gains) in following:
                    cost = way.cost + own + back - gains.get(word, 0.0)
                    known = goal.get(word)
                    if known is None or cost < known.cost:
                        goal[word] = _Way(cost, way.text + word, word)
    return min(best[-1].values()).text


@lru_cache(maxsize=4_000)
def _choices(written: str, sounds: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Words that may stand for `written`, each with its cost and what its changes cost."""
    known = words.data().costs
    found = {written: known.get(written, UNKNOWN)} if len(written) == 1 or written in known else {}
    if len(written) > 1:
        for reading, unlike in _readings(sounds):
            for word, cost in words.read_as(reading)[:EACH]:
                changes = sum(a != b for a, b in zip(word, written, strict=True))
                if changes:
                    weighed = cost + CHANGED * changes + UNLIKE * unlike
                    found[word] = min(weighed, found.get(word, weighed))
    return tuple(found.items())


def _readings(sounds: tuple[str, ...]) -> list[tuple[str, int]]:
    """The reading itself, and those in which at most UNLIKE_MOST syllables differ a little."""
    found = [("'".join(sounds), 0)]
    for place, sound in enumerate(sounds):
        found += [("'".join((*sounds[:place], other, *sounds[place + 1 :])), 1) for other in _resembling(sound)]
    return found


@lru_cache(maxsize=1_000)
def _resembling(sound: str) -> tuple[str, ...]:
    split = _SYLLABLE.fullmatch(sound)
    if split is None:
        return ()
    begin, final = split.groups()
    beginnings = [begin, *([_BEGINNINGS[begin]] if begin in _BEGINNINGS else [])]
    finals = [final]
    if final[-2:] in ("an", "en", "in") or final[-3:] in ("ang", "eng", "ing"):
        finals.append(final[:-1] if final.endswith("g") else final + "g")
    return tuple(a + b for a, b in product(beginnings, finals) if a + b != sound and (a == begin or b == final))
