"""Characters that sound like the right ones, put right: 工姿 → 工资.

A recogniser hears syllables well and chooses among characters of the same sound badly. The syllables of what it
wrote are read once more as words of the keyboard's data (`words.py`), each word by its frequency and by the word
before it. What was written has a head start for every character, so that only clear cases are changed; figures, Latin
letters, marks and names that are introduced (我叫…) are never touched, no number is put in, and the number of characters stays the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

from voice import names, words

CHANGED = 3.0
"""Cost of a character that is not the one that was written (natural logarithm), chosen on development.txt."""
UNLIKE = 2.0
"""Cost of a syllable that only resembles the one that was heard (n/l, zh/z, an/ang …)."""
UNKNOWN = 20.0
"""Cost of a character that the data does not have."""
UNBEARABLE = 99.0
KEPT = 6
"""Ways that are followed at each place."""
EACH = 4
"""Words of one reading that are tried."""
TONE = 0.3
"""Cost of a changed character with another tone than the one that was written."""
WHOLE = 1.0
"""Cost of giving up a word of two or more characters that was written and is in the data."""
PLACE = 4.0
"""Cost of giving up 县, 镇, 乡, 村 or 庄: names of small places are in no data."""
SINGLE, LEAST_GAIN, SINGLES = 2.0, 1.0, 10
"""A word of one character is put in for more, after a word that makes it this much likelier, of so many."""
LONGEST = 600
"""Characters that are looked at; the rest stays."""

_COUNTING = frozenset("零〇一二两三四五六七八九十百千万亿")
"""Never put in: a wrong number looks right, a wrong word does not."""
_COUNTED = frozenset("一二两三四五六七八九十")
"""Never taken away."""
_PARTICLES = frozenset("他她它的地得")  # as good as never decided by the word before
_PLACES = frozenset("县镇乡村庄")
_ENDS_OF_PLACES = frozenset("省市区县镇乡村庄屯路街道巷组号院楼栋元室层社")
_NAMED = re.compile(f"(?:叫|姓|名字是)([{names.SURNAMES}][\u4e00-\u9fff]{{0,2}})")

_RUN = re.compile("[\u4e00-\u9fff]+")
_SYLLABLE = re.compile("([zcs]h|[^aeiouv]?)(.+)")
_BEGINNINGS = {"zh": "z", "z": "zh", "ch": "c", "c": "ch", "sh": "s", "s": "sh", "n": "l", "l": "n", "f": "h", "h": "f"}


class _Way(NamedTuple):
    cost: float
    text: str
    last: str


def repaired(text: str, *, places: bool = False) -> str:
    """`text` with homophones put right where the data says so clearly; as long as it was.

    With `places` it is an address: only words that end like a place (县, 路, 单元 …) are put in.
    """
    head, tail = text[:LONGEST], text[LONGEST:]
    named = [found.span(1) for found in _NAMED.finditer(head)]
    parts: list[str] = []
    end = 0
    for found in _RUN.finditer(head):
        parts.append(head[end : found.start()])
        before = words.NUMBER if parts[-1][-1:].isdigit() else words.START
        likely = _likeliest(found[0], before, places)
        for start, stop in named:
            if found.start() <= start < found.end():
                likely = (
                    likely[: start - found.start()]
                    + found[0][start - found.start() : stop - found.start()]
                    + likely[stop - found.start() :]
                )
        parts.append(likely)
        end = found.end()
    return "".join((*parts, head[end:], tail))


def _likeliest(run: str, before: str, places: bool) -> str:
    sounds = _tones(run)
    if len(sounds) != len(run):
        return run
    best: list[dict[str, _Way]] = [{} for _ in range(len(run) + 1)]
    best[0][before] = _Way(0.0, "", before)
    for start in range(len(run)):
        here = sorted(best[start].values())[:KEPT]
        following = [(way, words.after(way.last)) for way in here]
        for size in range(1, min(words.LONGEST, len(run) - start) + 1):
            written, sound = run[start : start + size], sounds[start : start + size]
            _go_on(best[start + size], following, _choices(written, sound, places), least_gain=0.0)
        if not places:
            _go_on(best[start + 1], following, _singles(run[start], sounds[start]), least_gain=LEAST_GAIN)
    return min(best[-1].values()).text


def _go_on(
    goal: dict[str, _Way],
    following: list[tuple[_Way, words.After]],
    choices: tuple[tuple[str, float], ...],
    *,
    least_gain: float,
) -> None:
    """Puts into `goal` the cheapest way to each of the words; with `least_gain` only where the word before promises it."""
    for word, own in choices:
        for way, (back, gains) in following:
            gain = gains.get(word, 0.0)
            if gain >= least_gain:
                cost = way.cost + own + back - gain
                known = goal.get(word)
                if known is None or cost < known.cost:
                    goal[word] = _Way(cost, way.text + word, word)


@lru_cache(maxsize=2_000)
def _singles(written: str, sound: str) -> tuple[tuple[str, float], ...]:
    """Characters of the same sound that may stand for `written`, with their costs."""
    if written in _COUNTED or written in _PLACES:
        return ()
    alike = words.read_as(sound.rstrip("12345"))[:SINGLES]
    return tuple(
        (sign, cost + SINGLE + _changes(written, sign, (sound,)))
        for sign, cost in alike
        if sign != written and sign not in _COUNTING and sign not in _PARTICLES
    )


@lru_cache(maxsize=4_000)
def _choices(written: str, sounds: tuple[str, ...], places: bool) -> tuple[tuple[str, float], ...]:
    """Words that may stand for `written`, each with its cost and what its changes cost."""
    known = words.data().costs
    found = {written: known.get(written, UNKNOWN)} if len(written) == 1 or written in known else {}
    if len(written) > 1:
        given_up = WHOLE if written in known else 0.0
        for reading, unlike in _readings(tuple(one.rstrip("12345") for one in sounds)):
            for word, cost in words.read_as(reading)[:EACH]:
                weighed = cost + UNLIKE * unlike + given_up + _changes(written, word, sounds)
                if weighed < found.get(word, UNBEARABLE) and (not places or word[-1] in _ENDS_OF_PLACES):
                    found[word] = weighed
    return tuple(found.items())


def _changes(written: str, word: str, sounds: tuple[str, ...]) -> float:
    """What it costs to put `word` where `written` was."""
    cost = 0.0
    for place, (before, sign) in enumerate(zip(written, word, strict=True)):
        if before != sign:
            if sign in _COUNTING or before in _COUNTED:
                return UNBEARABLE
            spoken = _tones(word)
            cost += PLACE if before in _PLACES else 0.0
            cost += CHANGED + (TONE if spoken[place][-1:] != sounds[place][-1:] else 0.0)
    return cost


@lru_cache(maxsize=20_000)
def _tones(run: str) -> tuple[str, ...]:
    """Syllables with the number of their tone, as pypinyin reads `run`; ü is v."""
    return tuple(lazy_pinyin(run, style=Style.TONE3, v_to_u=False, neutral_tone_with_five=True))


def _readings(sounds: tuple[str, ...]) -> list[tuple[str, int]]:
    """The reading itself, and those in which one syllable differs a little."""
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
