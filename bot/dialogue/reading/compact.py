"""Text without the blanks inside a value, and the way back to what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.text import aligned

_ONES = r"\d零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
# Blanks; one between two figures parts thousands, phones or answers, and stays.
_DROPPED = re.compile(rf"(?<![{_ONES}])[ \t]|[ \t](?![{_ONES} \t])")


@dataclass(frozen=True, slots=True)
class Compact:
    """`said`: what patterns are matched with; `words` gives the citizen's own for a span of it."""

    said: str
    _typed: str
    _places: tuple[int, ...] | None  # of each character of `said` in `_typed`; None: the same

    def words(self, start: int, end: int) -> str:
        """What was typed for `said[start:end]`, which is not empty."""
        if self._places is None:
            return self._typed[start:end]
        return self._typed[self._places[start] : self._places[end - 1] + 1]

    def typed_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `said[start:end]`, which is not empty, in the text without outer blanks and unseen marks."""
        return (start, end) if self._places is None else (self._places[start], self._places[end - 1] + 1)

    def is_parted(self, at: int) -> bool:
        """Whether a blank stood in front of `said[at]`."""
        if self._places is None or not 0 < at < len(self._places):
            return False
        return (
            self._typed[self._places[at - 1] + 1 : self._places[at]].strip(" \t\u3000\xa0") == ""
            and self._places[at] - self._places[at - 1] > 1
        )


def compact(text: str) -> Compact:
    """Half width, simplified, without unseen marks (`aligned`) and blanks but those between two figures."""
    matched, typed = aligned(text)
    dropped = {one.start() for one in _DROPPED.finditer(matched)}
    if not dropped:
        return Compact(matched, typed, None)
    places = tuple(at for at in range(len(matched)) if at not in dropped)
    return Compact("".join(matched[at] for at in places), typed, places)
