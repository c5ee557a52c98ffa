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
_ANSWER_FIT = 0.38      # fit of question and section, 0..1, below which nothing is answered
_CHOICE_FIT = 0.30      # from here on the near sections are offered
_STRANGE = 0.06         # asked for on top when no word of this handbook's subject is there
_WHOLE_SLACK = 0.12     # one clause alone may not answer: the whole question must nearly fit
_ANSWER_LEAD = 1.3      # the next section must be this much weaker
_CLAUSES = re.compile(r"[，,。！!？?；;：:\s]+")
_CLAUSE_MIN = 5
_CLAUSES_MAX = 8
_CLAUSE_DAMP = 0.9
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
        known = sorted(self._idf.values())
        self._unknown = known[len(known) // 2] if known else 1.0

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
        """Rarity of a gram, pairs counting more; one never seen here weighs as the median."""
        return self._idf.get(gram, self._unknown) * (1.0 if len(gram) == 1 else 1.3)

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
        """Best two-way overlap with the title or an alias, and coverage by the whole section."""
        best = 0.0
        for heading in self._headings[at]:
            forward = self._shared(query, heading)
            backward = self._shared(heading, query)
            if forward + backward:
                best = max(best, 2 * forward * backward / (forward + backward))
        covered = self._shared(query, self._documents[at])
        return 0.6 * best + 0.4 * covered

    def rank(self, question: str, limit: int = 5) -> list[tuple[Section, float]]:
        """Sections by fit, best first; of a long question the clause that fits best counts."""
        clauses = [part for part in _CLAUSES.split(question) if len(part) >= _CLAUSE_MIN]
        best: dict[int, float] = {}
        for part in [question, *clauses[:_CLAUSES_MAX]]:
            damp = 1.0 if part == question else _CLAUSE_DAMP
            for at, fit in self._near(grams(part)):
                best[at] = max(best.get(at, 0.0), fit * damp)
        ranked = sorted(best.items(), key=lambda item: item[1], reverse=True)
        return [(self.sections[at], fit) for at, fit in ranked[:limit]]

    def _near(self, query: Counter[str]) -> list[tuple[int, float]]:
        """Positions and fits of the twelve sections that BM25 finds."""
        if not query:
            return []
        near = sorted(
            range(len(self.sections)), key=lambda at: self._bm25(query, at), reverse=True
        )[:12]
        return [(at, self._fit(query, at)) for at in near]

    def ask(self, question: str) -> Answer:
        """Answer, offer up to three choices, or refer to a person at the window."""
        plain = unicodedata.normalize("NFKC", question[:MAX_CHARACTERS])
        ranked = self.rank(plain)
        if not ranked or lexicon.is_off_topic(plain):
            return Answer("refer", (), 0.0)
        best = ranked[0][1]
        lead = best / max(ranked[1][1], 0.01) if len(ranked) > 1 else _ANSWER_LEAD
        extra = 0.0 if lexicon.ON_TOPIC.search(plain) else _STRANGE
        whole = self._fit(grams(plain), self.sections.index(ranked[0][0]))
        if min(whole + _WHOLE_SLACK, best) >= _ANSWER_FIT + extra and lead >= _ANSWER_LEAD:
            return Answer("answer", (ranked[0][0],), best)
        if best >= _CHOICE_FIT + extra:
            return Answer("choices", self._close(ranked, best), best)
        return Answer("refer", (), best)

    @staticmethod
    def _close(ranked: Sequence[tuple[Section, float]], best: float) -> tuple[Section, ...]:
        return tuple(section for section, fit in ranked[:3] if fit >= best * 0.7)
