"""One message as the models read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogue.text import is_other_script, said_count

SURE = 0.35  # share from which an act counts
SURE_INTENT, LONGEST_WISH = 0.8, 15  # share of an intent; Chinese characters
_PARTING, LONGEST_PARTING = frozenset({"bye", "greet", "thanks"}), 10  # more characters tell something
_ENDING = 10
_FORMULA_ENDS = re.compile(
    "(?:再见|再会|拜拜|回见|回头见|明天见|告辞|谢谢|多谢|谢了|辛苦|走了|回去了)[你您们大家啊了哈呀哦啦。！!~ ]{0,4}$"
)
LIKELY = 0.2  # enough for the likeliest act of a clause that does nothing surely
_TELLING = frozenset({"start_petition", "tell_matter"})


@dataclass(frozen=True)
class Clause:
    """A part of a message as typed, marks included; `shares` of what it does, each 0 to 1."""

    text: str
    shares: Mapping[str, float]

    @property
    def acts(self) -> frozenset[str]:
        """What it does: all that is sure, else the likeliest, else nothing."""
        sure = frozenset(act for act, share in self.shares.items() if share >= SURE)
        if sure or not self.shares:
            return sure
        likeliest = max(self.shares, key=lambda act: self.shares[act])
        faint = likeliest == "noise" or self.shares[likeliest] < LIKELY  # what is no noise for sure is words
        return frozenset() if faint else frozenset({likeliest})

    @property
    def gives(self) -> frozenset[str]:
        """Fields that it states."""
        return frozenset(act.removeprefix("gives.") for act in self.acts if act.startswith("gives."))


@dataclass(frozen=True)
class Message:
    """`clauses` cover `text`. `kinds`, `accuses` and `dangers` are shares of the matter model; None when it
    has not read."""

    text: str
    clauses: tuple[Clause, ...] = ()
    intent: str = ""
    confidence: float = 0.0
    kinds: Mapping[str, float] | None = None
    accuses: Mapping[str, float] | None = None
    dangers: Mapping[str, float] | None = None
    since_s: float | None = None  # seconds since the message before; None when it is the first, or nobody knows

    @property
    def wishes(self) -> bool:
        """Whether it is short and, as a whole, surely wishes something other than to tell what happened."""
        if self.intent in ("", *_TELLING) or self.confidence < SURE_INTENT:
            return False
        is_formula = self.intent not in _PARTING or _FORMULA_ENDS.search(self.text[-_ENDING:])
        most = LONGEST_WISH if is_formula else LONGEST_PARTING
        return said_count(self.text) <= most and not is_other_script(self.text)  # intents are learnt in Chinese

    @property
    def acts(self) -> frozenset[str]:
        """Everything that any clause does."""
        return frozenset(act for clause in self.clauses for act in clause.acts)
