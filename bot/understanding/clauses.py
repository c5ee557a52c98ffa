"""A message cut into clauses: at marks, at blanks between Chinese words, and before words that open a new thing.

Every character of the message belongs to one clause; marks belong to the clause they end.
"""

from __future__ import annotations

import re

from bot.characters import HAN

MOST_CLAUSES = 40  # of one message; what comes later is read with the last one
_LONG = 14  # characters without a mark from which opening words are looked for
_SHORTEST = 4  # characters that stand alone before an opening word
_MARKS = re.compile(
    r"(?:[,，;；!！?？。…~～\t\n\r\x0b\x0c\x85\u2028\u2029]|(?<!\d)\.(?!\d)|(?<=\d)\.(?=\s|$))[,，;；!！?？。…~～.\s]*"
    rf"|(?<=[{HAN}])\s+(?=[{HAN}A-Za-z0-9])|(?<=[0-9A-Za-z])\s+(?=[{HAN}])"
)
_OPENS = re.compile(
    r"我叫|我是|我姓|姓名|名字|我的?电话|电话是|手机号?|号码是|我住|家住|住在|家在|地址|身份证|我要(?!是)|我想|希望|要求|请你|麻烦|"
    r"你们|请问|想问|问一下|能不能|可不可以|是不是|要不要|还有|另外|对了|后来|结果|现在|到现在|去年|前年|今年|上个?月|但是|可是|不过|"
    r"因为|所以|然后|算了|不对|错了|不是|这个事|那个|老板|包工头|单位|公司"
)


def cut(text: str) -> list[tuple[int, int]]:
    """(start, end) of each clause, in order, covering `text`; blanks at the ends belong to a neighbour."""
    edges = [0]
    for mark in _MARKS.finditer(text):
        edges.append(mark.end())
    edges.append(len(text))
    spans = [(a, b) for a, b in zip(edges, edges[1:], strict=False) if text[a:b].strip()]
    found: list[tuple[int, int]] = []
    for start, end in spans:
        found += _unmarked(text, start, end) if end - start > _LONG else [(start, end)]
    if len(found) > MOST_CLAUSES:
        found[MOST_CLAUSES - 1 :] = [(found[MOST_CLAUSES - 1][0], found[-1][1])]
    return found


def _unmarked(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A long run without marks, cut before words that open a new thing."""
    edges = [start]
    for opening in _OPENS.finditer(text, start, end):
        if opening.start() - edges[-1] >= _SHORTEST and end - opening.start() >= _SHORTEST:
            edges.append(opening.start())
    return list(zip(edges, [*edges[1:], end], strict=True))
