"""Clauses that a value runs through are one clause: a telephone number, a sum or a time is never read in pieces.

Clauses are cut at marks and before words that open a new thing, and both occur within values: the comma of
601,293.11, the 上 of 上上个月. What a value is, its own reader says of the whole message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.characters import visible
from bot.dialogue import phones
from bot.dialogue.reading.compact import compact
from bot.dialogue.reading.message import Clause
from bot.dialogue.reading.sums import spans as spans_of_sums
from bot.dialogue.reading.times import times
from bot.dialogue.text import as_figures

_LONGEST_VALUE = 200  # characters of a value behind the last border
_GIVES, _GIVES_PHONE = "gives.", "gives.phone"


def whole_values(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, those joined again that a value runs through: “601,” “293.11元” name one sum."""
    if len(clauses) < 2:
        return list(clauses)
    borders_end = sum(len(one.text) for one in clauses[:-1])
    spans = list(_spans("".join(one.text for one in clauses)[: borders_end + _LONGEST_VALUE]))
    joined: list[Clause] = []
    end = 0
    for one in clauses:
        running = {act for start, stop, act in spans if start < end < stop} if joined else set()
        if running:
            joined[-1] = Clause(joined[-1].text + one.text, _together(joined[-1], one, running))
        else:
            joined.append(one)
        end += len(one.text)
    return joined


def _together(first: Clause, second: Clause, running: set[str]) -> dict[str, float]:
    """All that the pieces of a sum or a time give; a telephone number beside it gives nothing else."""
    kept = dict(first.shares)
    for act, share in second.shares.items():
        if act == _GIVES_PHONE or running != {_GIVES_PHONE} and act.startswith(_GIVES):
            kept[act] = max(kept.get(act, 0.0), share)
    return kept


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, act) in `text` of each value; none where a sign grew when it was folded."""
    seen = [place for place, sign in enumerate(text) if visible(sign)]
    first = next((place for place, at in enumerate(seen) if not text[at].isspace()), len(seen))
    del seen[:first]
    while seen and text[seen[-1]].isspace():
        seen.pop()
    figures, whole = as_figures(text), compact(text)
    found = [(one.start, one.end, _GIVES_PHONE) for one in phones.found_in(figures)]
    found += [(*whole.typed_span(start, end), "gives.amount") for start, end in spans_of_sums(text)]
    found += [(*whole.typed_span(one.start, one.end), "gives.happened") for one in times(whole)]
    if len(figures) != len(seen):
        return
    for start, end, act in found:
        yield seen[start], seen[end - 1] + 1, act
