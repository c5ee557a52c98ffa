"""Which word follows which: how often a word comes after another in this project's own sentences.

The accounts and requests in `nlu_data/` are cut into words of the keyboard's list, and words and
pairs of words counted. A gain is the logarithm of how much likelier a
word is after another than at large: absolute discounting over the words' own shares. Nothing that a
citizen typed is among the sentences.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
START, NUMBER = "^", "#"  # before a word, where there is no word before it
UNTAUGHT = ("typo", "trad")  # voices whose spelling is not to be learnt
LONGEST = 8  # signs of a word
DISCOUNT = 0.75
LEAST_PAIRS = 2  # single pairs would quadruple the file
LEAST_GAIN = 0.5
UNKNOWN = 25.0  # cost of a sign that the list does not have

_VOICE = re.compile(r"- (\w+): (.*)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_RUN = re.compile("[\u4e00-\u9fff]+|[0-9]+|[^\u4e00-\u9fff0-9]+")


class After(NamedTuple):
    """What follows a word: the logarithm that all others lose, and what each likely one gains."""

    back: float
    gains: dict[str, float]


def sentences() -> Iterator[str]:
    """Lines of ours that somebody might write, in a fixed order."""
    for path in sorted((ROOT / "nlu_data" / "matters").glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            account = _VOICE.match(line)
            if account and account[1] not in UNTAUGHT:
                yield account[2]
    others = [
        *sorted((ROOT / "nlu_data" / "intents").glob("*.yml")),
        ROOT / "nlu_data" / "emergencies.md",
    ]
    for path in others:
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                yield _LINK.sub(r"\1", line)


def runs(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(START or NUMBER, signs that follow it without a break)."""
    for text in texts:
        before = START
        for run in _RUN.findall(text):
            if "\u4e00" <= run[0] <= "\u9fff":
                yield before, run
            before = NUMBER if run[0].isdigit() else START


def costs(frequencies: dict[str, float]) -> dict[str, float]:
    """Word → minus the logarithm of its share."""
    total = math.log(sum(frequencies.values()))
    return {word: total - math.log(max(count, 1)) for word, count in frequencies.items()}


def cut(run: str, cost: dict[str, float]) -> list[str]:
    """The likeliest words that `run` is made of."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        best.append(
            min(
                (best[start][0] + cost.get(run[start:end], UNKNOWN), start)
                for start in range(max(0, end - LONGEST), end)
                if end - start == 1 or run[start:end] in cost
            )
        )
    words: list[str] = []
    end = len(run)
    while end:
        start = best[end][1]
        words.append(run[start:end])
        end = start
    return words[::-1]


def count(texts: Iterable[str], frequencies: dict[str, float]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Words, and pairs of neighbours."""
    cost = costs(frequencies)
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for last, run in runs(texts):
        for word in cut(run, cost):
            words[word] += 1
            pairs[last, word] += 1
            last = word
    return words, pairs


def followers(pairs: Counter[tuple[str, str]], share: dict[str, float]) -> dict[str, After]:
    """Word, START or NUMBER → what follows it; natural logarithms."""
    times: dict[str, Counter[str]] = defaultdict(Counter)
    for (first, second), many in pairs.items():
        times[first][second] = many
    found = {}
    for first, seconds in times.items():
        total = seconds.total()
        kept = {
            word: (many - DISCOUNT) / total for word, many in seconds.items() if many >= LEAST_PAIRS and word in share
        }
        rest = 1 - sum(kept.values())
        gains = {word: math.log(part / share[word] + rest) - math.log(rest) for word, part in kept.items()}
        worth = {word: gain for word, gain in gains.items() if gain >= LEAST_GAIN}
        if worth:
            found[first] = After(math.log(rest), worth)
    return found
