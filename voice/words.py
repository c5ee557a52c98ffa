"""Words, their sounds and what follows what: the data of the on-screen keyboard, read from its files.

Formats: `nlu_data/dictionary/build.py`. Costs are natural logarithms, the rarer the higher. Some 110,000 readings
take about 30 MB; a word's costs are worked out when it is met.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[1] / "kiosk_api" / "web" / "static" / "pinyin"
STEP, BACK_STEP, GAIN_STEP, LOG_TOTAL = 1.5, 4, 2, 18
START, NUMBER = "^", "#"
LONGEST = 6
"""Characters of a word that is looked for."""

_FOLLOWERS = re.compile("([^a-z]+)([a-z])")


class After(NamedTuple):
    """What all words lose after a word, and what each likely one gains."""

    back: float
    gains: dict[str, float]


class Data(NamedTuple):
    """Reading (ba'ba) → its line; word → the line of what follows it; word → its cost."""

    readings: dict[str, str]
    pairs: dict[str, str]
    costs: dict[str, float]


_NOTHING = After(0.0, {})


@lru_cache(maxsize=1)
def data() -> Data:
    """Read once; OSError when the files are not there."""
    readings: dict[str, str] = {}
    costs: dict[str, float] = {}
    for path in sorted(FOLDER.glob("?.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            reading, _, listed = line.partition("\t")
            if reading.count("'") < LONGEST:
                readings[reading] = listed
                for word, letter in _FOLLOWERS.findall(listed):
                    cost = _cost(letter)
                    if cost < costs.get(word, 99.0):
                        costs[word] = cost
    pairs = dict(
        line.split("\t", 1) for line in (FOLDER / "pairs.txt").read_text(encoding="utf-8").splitlines() if "\t" in line
    )
    return Data(readings, pairs, costs)


def _cost(letter: str) -> float:
    return LOG_TOTAL - (ord(letter) - 97) / STEP


@lru_cache(maxsize=20_000)
def read_as(reading: str) -> tuple[tuple[str, float], ...]:
    """Words with this reading and their costs, the most frequent first."""
    listed = data().readings.get(reading, "")
    return tuple((word, _cost(letter)) for word, letter in _FOLLOWERS.findall(listed))


@lru_cache(maxsize=2_000)
def after(word: str) -> After:
    """What may follow `word`."""
    line = data().pairs.get(word)
    if line is None:
        return _NOTHING
    gains = {word: (ord(letter) - 97) / GAIN_STEP for word, letter in _FOLLOWERS.findall(line[1:])}
    return After((ord(line[0]) - 97) / BACK_STEP, gains)


@lru_cache(maxsize=1024)
def usual_word(sign: str) -> str:
    """The most frequent word of two characters that begins with `sign`; "" when there is none."""
    least, found = 99.0, ""
    for word, cost in data().costs.items():
        if len(word) == 2 and sign in word and word[0] != word[1]:
            weighed = cost + (0 if word[0] == sign else 1.0)
            if weighed < least:
                least, found = weighed, word
    return found
