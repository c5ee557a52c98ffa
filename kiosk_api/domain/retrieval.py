"""Find the handbook section that answers a question, or admit that none does.

Two signals, combined: character 1- and 2-grams (BM25 over title, aliases and body, Robertson &
Zaragoza 2009, then the overlap with the nearest example question), and, while the bot is up, the
cosine of sentence vectors with every example question. Out-of-scope topics compete with the
sections; a question nearer to one of those is not answered. A calibrated score decides
between an answer, choices and a referral: a wrong answer about a right is worse than none.
"""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk_api.domain import retrieval_lexicon as lexicon
from kiosk_api.domain.handbook import OutOfScopeTopic, Section, digest_of, phrases_of
from kiosk_api.domain.question_shapes import parts_of_story
from kiosk_api.domain.typed import HAN

MAX_CHARACTERS = 2_000
_K1 = 1.2
_B = 0.5
_FIELD_WEIGHTS = (3.0, 2.5, 1.0)  # title, aliases, short answer and body
_NEAR = 12  # candidates of BM25 that are scored further
_NEAREST_WEIGHTS = (0.5, 0.3, 0.2)  # of the three nearest example questions of one place
_CLAUSE_DAMP = 0.9
_REPEATED = re.compile(r"(\D)\1{2,}")
_LEAST_GRAMS = 3  # a single character, however often repeated, is no question
_ONE_WORD = 4  # a word of two characters may mean several things: choices, never an answer
_WORDS = re.compile(f"[a-z0-9]+|[{HAN}]+")


@dataclass(frozen=True)
class Judgement:
    """Weights of one way of deciding; see `tests/bench/handbook` for how they were found."""

    fit: float  # of the overlap with an example question, 0..1
    share: float  # of the BM25 score, as a share of the highest, 0..1
    cosine: float  # of the sentence vectors, 0..1
    base: float
    best: float  # of the best section's fused score
    lead: float  # of its lead over the next section
    out_of_scope: float  # of its lead over the nearest out-of-scope topic
    answer: float  # probability from which it is answered
    choose: float  # probability from which choices are offered


WITH_VECTORS = Judgement(0.15, 0.3, 0.55, -6.83, 8.05, 2.41, 5.49, 0.6, 0.2)
WITHOUT = Judgement(0.3, 0.7, 0.0, -7.11, 7.41, 0.54, 2.45, 0.6, 0.25)


@dataclass(frozen=True)
class Answer:
    """`outcome` is answer (one section), choices (two or three) or refer (none).

    `out_of_scope` is the nearest topic if no section is nearer; else `nearest` is a section.
    """

    outcome: str
    sections: tuple[Section, ...]
    score: float
    out_of_scope: OutOfScopeTopic | None = None
    nearest: Section | None = None


@dataclass(frozen=True)
class Ranking:
    """Combined scores 0..1: sections best first, and the nearest out-of-scope topic."""

    sections: list[tuple[int, float]]
    out_of_scope: tuple[int, float] | None
    how: Judgement

    @property
    def probability(self) -> float:
        """That the best section answers what was asked."""
        if not self.sections:
            return 0.0
        best = self.sections[0][1]
        second = self.sections[1][1] if len(self.sections) > 1 else 0.0
        outside = self.out_of_scope[1] if self.out_of_scope else 0.0
        how = self.how
        return 1 / (
            1
            + math.exp(-(how.base + how.best * best + how.lead * (best - second) + how.out_of_scope * (best - outside)))
        )


def plain(text: str) -> str:
    """The text in normal width and lower case, shortened; no character more than twice in a row.

    Of a longer text beginning and end are looked at: people ask at the end.
    """
    if len(text) > MAX_CHARACTERS:
        text = f"{text[: MAX_CHARACTERS // 2]}。{text[-MAX_CHARACTERS // 2 :]}"
    return _REPEATED.sub(r"\1\1", unicodedata.normalize("NFKC", text).lower())


def grams(text: str) -> Counter[str]:
    """Character 1- and 2-grams of the words that carry meaning; Latin words stay whole."""
    folded = plain(text)
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
    """An immutable index over sections and out-of-scope topics; a query has no side effect."""

    def __init__(self, sections: Iterable[Section], out_of_scope: Iterable[OutOfScopeTopic] = ()) -> None:
        self.sections: tuple[Section, ...] = tuple(sections)
        self.out_of_scope: tuple[OutOfScopeTopic, ...] = tuple(out_of_scope)
        self.phrases = phrases_of(self.sections, self.out_of_scope)
        self.texts: tuple[str, ...] = tuple(one.text for one in self.phrases)
        self.digest = digest_of(self.phrases)
        documents = [self._document(one) for one in self.sections]
        documents += [self._outside(topic) for topic in self.out_of_scope]
        self._covers: list[frozenset[str]] = [frozenset(document) for document in documents]
        self._weigh(documents)
        self._list_ways(len(documents))

    def _list_ways(self, places: int) -> None:
        """Per place: the weight of each example question, and gram → the questions that contain it."""
        self._sizes: list[list[float]] = [[] for _ in range(places)]
        self._ways: list[dict[str, list[int]]] = [{} for _ in range(places)]
        for phrase in self.phrases:
            sizes, ways = self._sizes[phrase.place], self._ways[phrase.place]
            held = grams(phrase.text)
            for gram in held:
                ways.setdefault(gram, []).append(len(sizes))
            sizes.append(sum(self._weight(gram) for gram in held))

    def _weigh(self, documents: Sequence[Mapping[str, float]]) -> None:
        """Compute the BM25 weights once, in lists by gram."""
        lengths = [sum(document.values()) for document in documents]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        holders: dict[str, list[tuple[int, float]]] = {}
        for place, document in enumerate(documents):
            norm = _K1 * (1 - _B + _B * lengths[place] / mean)
            for gram, times in document.items():
                holders.setdefault(gram, []).append((place, times * (_K1 + 1) / (times + norm)))
        count = len(documents)
        self._idf = {
            gram: math.log(1 + (count - len(held) + 0.5) / (len(held) + 0.5)) for gram, held in holders.items()
        }
        self._holders = holders
        known = sorted(self._idf.values())
        self._unknown = known[len(known) // 2] if known else 1.0

    @staticmethod
    def _document(section: Section) -> dict[str, float]:
        weighted: dict[str, float] = {}
        fields = (
            section.title,
            " ".join((*section.aliases, *section.asked)),
            f"{section.short_answer} {section.body_markdown}",
        )
        for text, weight in zip(fields, _FIELD_WEIGHTS, strict=True):
            for gram, times in grams(text).items():
                weighted[gram] = weighted.get(gram, 0.0) + weight * times
        return weighted

    @staticmethod
    def _outside(topic: OutOfScopeTopic) -> dict[str, float]:
        return {gram: _FIELD_WEIGHTS[1] * times for gram, times in grams(" ".join(topic.questions)).items()}

    def _weight(self, gram: str) -> float:
        """Rarity of a gram, pairs counting more; an unknown gram has the median weight."""
        return self._idf.get(gram, self._unknown) * (1.0 if len(gram) == 1 else 1.3)

    def bm25(self, query: Iterable[str]) -> dict[int, float]:
        """Place → score of everything that shares a gram with the query."""
        totals: dict[int, float] = {}
        for gram in query:
            rarity = self._idf.get(gram, 0.0)
            for place, share in self._holders.get(gram, ()):
                totals[place] = totals.get(place, 0.0) + rarity * share
        return totals

    def _fit(self, weights: Mapping[str, float], place: int) -> float:
        """Best two-way overlap with an example question, and coverage by the whole place, 0..1."""
        whole = sum(weights.values())
        if not whole:
            return 0.0
        sizes, ways = self._sizes[place], self._ways[place]
        shared: dict[int, float] = {}
        for gram, weight in weights.items():
            for way in ways.get(gram, ()):
                shared[way] = shared.get(way, 0.0) + weight
        best = max((2 * common / (whole + sizes[way]) for way, common in shared.items()), default=0.0)
        covers = self._covers[place]
        covered = sum(weight for gram, weight in weights.items() if gram in covers) / whole
        return 0.6 * best + 0.4 * covered

    def _words(self, question: str) -> dict[int, tuple[float, float]]:
        """Place → (fit, share of BM25), of the question or of the clause that fits best."""
        found: dict[int, tuple[float, float]] = {}
        for part in dict.fromkeys([question, *parts_of_story(question)]):
            damp = 1.0 if part == question else _CLAUSE_DAMP
            query = grams(part)
            totals = self.bm25(query)
            weights = {gram: self._weight(gram) for gram in query}
            near = heapq.nlargest(_NEAR, totals, key=lambda one: totals[one])
            for place in near:
                fit, share = found.get(place, (0.0, 0.0))
                found[place] = (
                    max(fit, damp * self._fit(weights, place)),
                    max(share, damp * totals[place] / totals[near[0]]),
                )
        return found

    def _meanings(self, near: Mapping[int, float]) -> dict[int, float]:
        """Place → cosine of its three nearest example questions; a missing one counts as the lowest given."""
        floor = min(near.values(), default=0.0)
        by_place: dict[int, list[float]] = {}
        for position, cosine in near.items():
            by_place.setdefault(self.phrases[position].place, []).append(cosine)
        return {
            place: sum(
                weight * cosine
                for weight, cosine in zip(
                    _NEAREST_WEIGHTS, [*sorted(found, reverse=True)[:3], floor, floor], strict=False
                )
            )
            for place, found in by_place.items()
        }

    def rank(self, question: str, near: Mapping[int, float] | None = None) -> Ranking:
        """All candidates; `near` maps positions in `phrases` to cosines and is None while the bot is away."""
        how = WITHOUT if near is None else WITH_VECTORS
        words = self._words(plain(question))
        meanings = self._meanings(near or {})
        scores = {}
        for place in {*words, *meanings}:
            fit, share = words.get(place, (0.0, 0.0))
            scores[place] = how.fit * fit + how.share * share + how.cosine * meanings.get(place, 0.0)
        ranked = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
        sections = [one for one in ranked if one[0] < len(self.sections)]
        outside = [one for one in ranked if one[0] >= len(self.sections)]
        return Ranking(sections, outside[0] if outside else None, how)

    def ask(self, question: str, near: Mapping[int, float] | None = None) -> Answer:
        """Answer, offer up to three choices, or refer to another office."""
        found = self.rank(question, near)
        size = len(grams(question))
        sure = found.probability if size >= _LEAST_GRAMS else 0.0
        if found.out_of_scope and (not found.sections or found.out_of_scope[1] > found.sections[0][1]):
            return Answer("refer", (), sure, out_of_scope=self.out_of_scope[found.out_of_scope[0] - len(self.sections)])
        nearest = self.sections[found.sections[0][0]] if found.sections else None
        if nearest and size >= _ONE_WORD and sure >= found.how.answer:
            return Answer("answer", (nearest,), sure, nearest=nearest)
        if sure >= found.how.choose:
            return Answer("choices", self._close(found), sure, nearest=nearest)
        return Answer("refer", (), sure, nearest=nearest)

    def _close(self, found: Ranking) -> tuple[Section, ...]:
        best = found.sections[0][1]
        return tuple(self.sections[place] for place, score in found.sections[:3] if score >= best * 0.7)
