"""Hostile strings for a pattern, made from its own parse tree.

What makes a backtracking matcher slow is text that almost matches in very many ways: the words of
the pattern itself, one after the other, with an end that fits nowhere. So each repeated part is
pumped with each of its alternatives and with pairs of them, each beginning of the pattern is
repeated, and all of it is followed by a character that no pattern expects.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import Any

if sys.version_info >= (3, 11):
    from re import _constants as sre
    from re import _parser as sre_parse
else:
    import sre_constants as sre
    import sre_parse

NEAR_MISS = "\x00"
COMMON = ("啊", "十", "1", "a", " ", "\n", "，", "请把", "1-", "1 ", "a.", "不", "我们", "（")
MOST_ALTERNATIVES = 40  # of one place in a pattern
MOST_PUMPS = 120
_CANDIDATES = "一十百a1A我的是不在 -.,，。：:XF（(村\n！"
_REPEATS = tuple(getattr(sre, name) for name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") if hasattr(sre, name))
_ATOMIC = getattr(sre, "ATOMIC_GROUP", None)


def attacks(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Strings of about `length` characters, none twice."""
    return _unlike(_fill(prefix, pump, length) + end for prefix, pump in _shapes(pattern) for end in ("", NEAR_MISS))


def _shapes(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """(beginning, what is repeated after it)."""
    tree = list(sre_parse.parse(pattern.pattern, pattern.flags))
    for word in COMMON:
        yield "", word
    for sequence in _sequences(tree):
        parts = [_examples([item], 4) for item in sequence]
        firsts = [options[0] for options in parts]
        for place in range(len(sequence)):
            before = "".join(firsts[:place])
            for option in parts[place][:3]:
                yield "", before + option
            if place:
                for option in parts[place][:3]:
                    yield before, option
    for before, body in _repeats(tree, ""):
        words = [word for word in _examples(body, MOST_ALTERNATIVES) if word]
        pairs = (first + second for first, second in product(words[:12], repeat=2))
        for word in islice(_unlike([*words, *pairs]), MOST_PUMPS):
            yield before, word
            if before:
                yield "", before + word


def _sequences(tree: list[Any]) -> Iterator[list[Any]]:
    """Every run of parts in the pattern: the whole, and each alternative anywhere in it."""
    yield tree
    for operator, value in tree:
        for inner in _inside(operator, value):
            if len(inner) > 1 or inner and _inside(*inner[0]):
                yield from _sequences(inner)


def _inside(operator: Any, value: Any) -> list[list[Any]]:
    if operator is sre.BRANCH:
        return [list(one) for one in value[1]]
    if operator is sre.SUBPATTERN:
        return [list(value[-1])]
    if operator in _REPEATS:
        return [list(value[2])]
    if _ATOMIC is not None and operator is _ATOMIC:
        return [list(value)]
    return []


def _repeats(tree: list[Any], before: str) -> Iterator[tuple[str, list[Any]]]:
    """Each repeated part with the shortest text that leads to it."""
    for operator, value in tree:
        if operator in _REPEATS and value[1] > 1:
            yield before, list(value[2])
        for inner in _inside(operator, value):
            yield from _repeats(inner, before)
        before += _examples([(operator, value)], 1)[0]


def _examples(sequence: list[Any], most: int) -> list[str]:
    """Up to `most` texts that the sequence matches; shortest repeats first."""
    found = [""]
    for operator, value in sequence:
        options = _options(operator, value, most)
        found = list(islice((a + b for b in options for a in found), most))
    return list(_unlike(found))


def _options(operator: Any, value: Any, most: int) -> list[str]:
    if operator is sre.LITERAL:
        return [chr(value)]
    if operator in (sre.NOT_LITERAL, sre.ANY, sre.IN):
        return _characters(operator, value)[: max(1, min(most, 6))]
    if operator is sre.BRANCH:
        each = max(1, most // len(value[1]))
        return list(_unlike(text for one in value[1] for text in _examples(list(one), each)))[:most]
    if operator is sre.SUBPATTERN:
        return _examples(list(value[-1]), most)
    if operator in _REPEATS:
        least, longest, body = value
        texts = _examples(list(body), most)
        counts = [max(least, 1)] + [least] * (least == 0) + [min(longest, least + 2)]
        return list(_unlike(text * count for count in counts for text in texts))[: max(1, most)]
    if _ATOMIC is not None and operator is _ATOMIC:
        return _examples(list(value), most)
    return [""]


def _characters(operator: Any, value: Any) -> list[str]:
    """Characters that a class accepts: its own first, then usual ones."""
    if operator is sre.ANY:
        return list("啊a1")
    if operator is sre.NOT_LITERAL:
        return [one for one in _CANDIDATES if ord(one) != value]
    own: list[str] = []
    negated = bool(value) and value[0][0] is sre.NEGATE
    for kind, what in value:
        if kind is sre.LITERAL:
            own.append(chr(what))
        elif kind is sre.RANGE:
            own += [chr(what[0]), chr(what[1])]
        elif kind is sre.CATEGORY:
            own += {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a"}.get(what, "。")
    if negated:
        return [one for one in "啊1a ，" if one not in own] or ["啊"]
    return own or ["啊"]


def _fill(prefix: str, pump: str, length: int) -> str:
    return prefix + pump * max(1, (length - len(prefix)) // max(1, len(pump)))


def _unlike(texts: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(texts))
