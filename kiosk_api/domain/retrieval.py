"""Find the handbook section that answers a question, or admit that none does.

Character 1- and 2-grams, BM25 over title, aliases and body (Robertson & Zaragoza 2009), and a
coverage test: how much of what was asked, weighed by rarity, stands in the section at all.
What is not covered is not answered; a wrong answer about a person's rights is worse than none.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk_api.domain import retrieval_lexicon as lexicon

MAX_CHARACTERS = 2_000
_K1 = 1.2
_B = 0.5
_FIELD_WEIGHTS = (3.0, 2.5, 1.0)  # title, aliases, short answer and body
_ANSWER_FIT = 0.62      # question and section heading share this much
_ANSWER_MARGIN = 0.06   # and the next section is this much behind
_CHOICE_FIT = 0.42
_NEAR_COVERED = 0.5     # share of the question the section must know at all
_WORDS = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Section:
    """One handbook section as the office publishes it."""

    slug: str
    title: str
    booklet: str
    booklet_title: str
    articles: tuple[str, ...]
    aliases: tuple[str, ...]
    short_answer: str
    body_markdown: str
    checked_by: str
    checked_on: str
    review_by: str


@dataclass(frozen=True)
class Answer:
    """`outcome` is answer (one section), choices (two or three) or refer (none)."""

    outcome: str
    sections: tuple[Section, ...]
    score: float


def grams(text: str) -> Counter[str]:
    """Character 1- and 2-grams of the words that carry meaning; Latin words stay whole."""
    folded = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower()
    for old, new in lexicon.SYNONYMS:
        folded = folded.replace(old, new)
    folded = lexicon.FILLER.sub(" ", folded)
    counts: Counter[str] = Counter()
    for word in _WORDS.findall(folded):
        if word[0].isascii():
            counts[word] += 1
            continue
        counts.update(character for character in word if character not in lexicon.STOP)
        counts.update(word[at : at + 2] for at in range(len(word) - 1))
    return counts


class Index:
    """An immutable index over sections; asking it has no side effect."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self.sections: tuple[Section, ...] = tuple(sections)
        self._headings = [
            [grams(text) for text in (section.title, *section.aliases)] for section in self.sections
        ]
        self._documents = [self._document(section) for section in self.sections]
        self._lengths = [sum(document.values()) for document in self._documents]
        self._mean = (sum(self._lengths) / len(self._lengths)) if self._lengths else 1.0
        frequency: Counter[str] = Counter()
        for document in self._documents:
            frequency.update(document.keys())
        count = len(self.sections)
        self._idf = {
            gram: math.log(1 + (count - df + 0.5) / (df + 0.5)) for gram, df in frequency.items()
        }
        self._unknown = math.log(1 + (count + 0.5) / 0.5)

    @staticmethod
    def _document(section: Section) -> dict[str, float]:
        weighted: dict[str, float] = {}
        fields = (section.title, " ".join(section.aliases),
                  f"{section.short_answer} {section.body_markdown}")
        for text, weight in zip(fields, _FIELD_WEIGHTS, strict=True):
            for gram, times in grams(text).items():
                weighted[gram] = weighted.get(gram, 0.0) + weight * times
        return weighted

    def _weight(self, gram: str) -> float:
        """Rarity of a gram, pairs counting double; one never seen here weighs most."""
        return self._idf.get(gram, self._unknown) * (1.0 if len(gram) == 1 else 2.0)

    def _bm25(self, query: Counter[str], at: int) -> float:
        document, length = self._documents[at], self._lengths[at]
        total = 0.0
        for gram in query:
            times = document.get(gram, 0.0)
            if times:
                norm = _K1 * (1 - _B + _B * length / self._mean)
                total += self._idf[gram] * times * (_K1 + 1) / (times + norm)
        return total

    def _shared(self, query: Counter[str], heading: Iterable[str]) -> float:
        """Share of the question's weight that stands in `heading`, 0..1."""
        names = set(heading)
        whole = sum(self._weight(gram) for gram in query)
        return sum(self._weight(gram) for gram in query if gram in names) / whole if whole else 0.0

    def _fit(self, query: Counter[str], at: int) -> float:
        """Best two-way overlap with the title or an alias, lifted by coverage of the whole."""
        best = 0.0
        for heading in self._headings[at]:
            forward = self._shared(query, heading)
            backward = self._shared(heading, query)
            if forward + backward:
                best = max(best, 2 * forward * backward / (forward + backward))
        covered = self._shared(query, self._documents[at])
        return 0.65 * best + 0.35 * covered if covered >= _NEAR_COVERED else 0.5 * best

    def rank(self, question: str, limit: int = 5) -> list[tuple[Section, float]]:
        """Sections by fit, best first, among the twelve that BM25 finds."""
        query = grams(question)
        if not query:
            return []
        near = sorted(
            range(len(self.sections)), key=lambda at: self._bm25(query, at), reverse=True
        )[:12]
        fitted = [(self.sections[at], self._fit(query, at)) for at in near]
        fitted.sort(key=lambda item: item[1], reverse=True)
        return fitted[:limit]

    def ask(self, question: str) -> Answer:
        """Answer, offer up to three choices, or refer to a person at the window."""
        plain = unicodedata.normalize("NFKC", question[:MAX_CHARACTERS])
        ranked = self.rank(plain)
        if not ranked or lexicon.OFF_TOPIC.search(plain):
            return Answer("refer", (), 0.0)
        best = ranked[0][1]
        on_topic = lexicon.ON_TOPIC.search(plain) is not None
        demand = 0.0 if on_topic else 0.12
        runner = ranked[1][1] if len(ranked) > 1 else 0.0
        if best >= _ANSWER_FIT + demand and best - runner >= _ANSWER_MARGIN:
            return Answer("answer", (ranked[0][0],), best)
        if best >= _ANSWER_FIT + demand and best >= 0.85:
            return Answer("answer", (ranked[0][0],), best)
        if best >= _CHOICE_FIT + demand:
            return Answer("choices", self._close(ranked, best), best)
        return Answer("refer", (), best)

    @staticmethod
    def _close(ranked: Sequence[tuple[Section, float]], best: float) -> tuple[Section, ...]:
        return tuple(section for section, fit in ranked[:3] if fit >= best * 0.7)
