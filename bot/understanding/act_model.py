"""Reads what each clause of a message does, together with the question that is open.

A network of one hidden layer over the clause's sentence vector, its character n-grams, its neighbours, its
shape (figures, marks, place in the message) and the open question; one probability an act, since a clause may
do several things. Scores are divided by a temperature found on messages it was not trained on. What the most
similar clauses do is mixed in (`neighbours.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.neural_network import MLPClassifier

from bot.characters import HAN
from bot.understanding.acts import ACTS, ASKED, Example, question
from bot.understanding.encoder import DIMENSIONS, sentence_vector, text_vectors
from bot.understanding.neighbours import Neighbours, place
from bot.understanding.normalise import normalise

HIDDEN = 160
ROUNDS, BATCH, STEP = 12, 512, 2e-3  # as good on other hands as 15 rounds of 128, in a third of the time
CONTEXTS_EACH = 3  # of an example that may answer any question
GRAMS, NEIGHBOUR, CROSSED = 256, 64, 24  # figures kept of n-grams, of a neighbour's vector, and beside the question
TURNED, NEAR_GRAMS = 128, 64  # figures by which similar clauses are found
NETWORK = 0.6  # its part of a share; the rest is that of similar clauses. Found with one writer's file held back
SCALE, NEIGHBOUR_SCALE, QUESTION_SCALE = 4.0, 2.0, 1.5
LONGEST_READ = 120  # characters of a clause: what it does is clear by then
SHOWN_FROM = 0.05  # smaller shares are left out of an answer
_SHAPES: tuple[tuple[str, str], ...] = (
    ("mobile", r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)"),
    ("landline", r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"),
    ("spoken_digits", r"[零〇洞幺一二两三四五六七八九\d]{7,}"),
    ("id_number", r"(?<!\d)\d{17}[\dXx](?!\d)"),
    ("case_number", r"[Xx][Ff]-?\d{6,8}"),
    ("four_digits", r"^\D{0,6}\d{4}\D{0,3}$"),
    ("digits", r"\d"),
    ("money", r"(?:\d|[一二两三四五六七八九十百千万])(?:块|元|万(?!\w{0,2}[村镇乡])|千(?!\w{0,2}[村镇乡]))"),
    ("date", r"(?:19|20)\d\d|\d月|[一二三四五六七八九十]月|[今去前昨]年|上个?月|[昨前今]天"),
    ("place", r"[省市区县镇乡村组街路巷道号栋幢楼室社屯庄湾沟坪]"),
    ("organisation", r"公司|集团|厂|局|委|院|所|站|办|政府|物业|银行|学校|工地"),
    ("asks", r"[?？]|[吗呢么嘛]$|怎么|咋|什么|啥|哪|谁|多久|几[天点]|为何|凭什么|能不能|可不可以|是不是|要不要"),
    ("negation", r"不|没|别|莫|冇|唔"),
    ("first_person", r"^(?:我|俺|咱|偶|吾)"),
    ("second_person", r"你|您|恁"),
    ("third_person", r"他|她|它|佢|他们|人家"),
    ("latin", r"[A-Za-z]{3,}"),
)  # fmt: skip
_COMPILED = tuple(re.compile(pattern) for _, pattern in _SHAPES)
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class ClauseReading:
    """`acts`: share of each act, 0 to 1, each on its own; shares below SHOWN_FROM are left out."""

    start: int
    end: int
    acts: dict[str, float]

    def as_dict(self) -> dict[str, object]:
        """JSON with three decimals."""
        return {"start": self.start, "end": self.end, "acts": {act: round(p, 3) for act, p in self.acts.items()}}


class Figures:
    """A clause and its surroundings as a row of figures; fitted on the clauses learnt from."""

    def __init__(self, vectorizer: TfidfVectorizer, grams: np.ndarray, mean: np.ndarray, turn: np.ndarray) -> None:
        """`grams` (vocabulary, GRAMS) and `turn` (512, TURNED) keep what differs most; `mean` (512,)."""
        self.vectorizer, self.grams, self.mean, self.turn = vectorizer, grams, mean, turn

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: np.ndarray) -> Figures:
        """From different normalised clauses and their sentence vectors."""
        vectorizer = _unfitted(min_df=2, max_features=15_000).fit([_ends(one) for one in texts])
        kept = TruncatedSVD(GRAMS, random_state=1).fit(vectorizer.transform([_ends(one) for one in texts]))
        turned = PCA(TURNED, random_state=1).fit(vectors)
        arrays = (kept.components_.T, turned.mean_, turned.components_.T)
        return cls(vectorizer, *(one.astype(np.float32) for one in arrays))

    def rows(self, clauses: Sequence[str], vectors: np.ndarray, asked: str) -> np.ndarray:
        """(clauses, figures): the clause, its neighbours, its shape, the question, and the question with both."""
        count = len(clauses)
        grams = self._grams(clauses)
        near = self._turned(vectors)[:, :NEIGHBOUR]
        none = np.zeros((1, near.shape[1]), np.float32)
        shapes = np.array([_shape(one, at, count) for at, one in enumerate(clauses)], np.float32)
        question = np.zeros((count, len(ASKED)), np.float32)
        question[:, ASKED.index(asked)] = 1.0
        return np.hstack(
            [
                vectors * SCALE,
                grams * SCALE,
                np.vstack([none, near[:-1]]) * NEIGHBOUR_SCALE,
                np.vstack([near[1:], none]) * NEIGHBOUR_SCALE,
                shapes,
                question * QUESTION_SCALE,
                _crossed(question, shapes),
                _crossed(question, near[:, :CROSSED]) * NEIGHBOUR_SCALE,
            ]
        ).astype(np.float32)

    def places(self, clauses: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """(clauses, figures): where each stands among all, whatever is asked."""
        return place(self._turned(vectors), self._grams(clauses)[:, :NEAR_GRAMS])

    def _turned(self, vectors: np.ndarray) -> np.ndarray:
        turned: np.ndarray = (vectors - self.mean) @ self.turn
        return turned

    def _grams(self, clauses: Sequence[str]) -> np.ndarray:
        return np.asarray(self.vectorizer.transform([_ends(one) for one in clauses]) @ self.grams)


def _crossed(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """(n, a * b): each figure of one beside each of the other."""
    crossed: np.ndarray = np.einsum("na,nb->nab", left, right).reshape(len(left), -1)
    return crossed


class ActModel:
    """Fit once, read many; safe to read from several threads."""

    def __init__(
        self, figures: Figures, layers: list[np.ndarray], temperature: float, neighbours: Neighbours | None = None
    ) -> None:
        self.figures = figures
        self.layers = layers
        self.temperature = temperature
        self.neighbours = neighbours

    @classmethod
    def fit(cls, examples: Sequence[Example], seed: int = 7) -> ActModel:
        """Learn from messages; the temperature comes from a fifth of them kept back once."""
        words = [tuple(normalise(one) for one in example.clauses) for example in examples]
        flat = sorted({one for clauses in words for one in clauses})
        vectors = text_vectors(flat)
        known = dict(zip(flat, vectors, strict=True))
        figures = Figures.fit(flat, vectors)
        pairs = list(zip(examples, words, strict=True))
        learn = [one for number, one in enumerate(pairs) if number % 5]
        back = [one for number, one in enumerate(pairs) if number % 5 == 0]
        first = cls(figures, _layers(*_table(learn, figures, known, seed), seed), 1.0)
        rows, truth = _table(back, figures, known, seed)
        temperature = _temperature(first.scores(rows), truth)
        layers = _layers(*_table(pairs, figures, known, seed), seed)
        return cls(figures, layers, temperature, _neighbours(pairs, figures, known))

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """(n, acts), before the temperature."""
        weights, bias, out, out_bias = self.layers
        scores: np.ndarray = np.maximum(rows @ weights + bias, 0.0) @ out + out_bias
        return scores

    def read(self, clauses: Sequence[tuple[int, int]], text: str, asked: str) -> list[ClauseReading]:
        """The acts of each clause (start, end) of `text` while `asked` is open."""
        words = [normalise(text[start : min(end, start + LONGEST_READ)]) for start, end in clauses]
        vectors = np.array([sentence_vector(one) for one in words], np.float32).reshape(len(words), DIMENSIONS)
        shares = self._shares(words, vectors, question(asked))
        return [
            ClauseReading(start, end, {act: float(p) for act, p in zip(ACTS, line, strict=True) if p >= SHOWN_FROM})
            for (start, end), line in zip(clauses, shares, strict=True)
        ]

    def _shares(self, words: Sequence[str], vectors: np.ndarray, asked: str) -> np.ndarray:
        shares = _sigmoid(self.scores(self.figures.rows(words, vectors, asked)) / self.temperature)
        if self.neighbours is None or not words:
            return shares
        similar = self.neighbours.shares(self.figures.places(words, vectors), ASKED.index(asked))
        return NETWORK * shares + (1 - NETWORK) * similar

    def save(self, folder: Path) -> None:
        """Vocabulary as JSON, weights as .npz without pickles."""
        vectorizer = self.figures.vectorizer
        vocabulary = {gram: int(place) for gram, place in vectorizer.vocabulary_.items()}
        kept: dict[str, Any] = {"vocabulary": vocabulary, "idf": [float(x) for x in vectorizer.idf_]}
        text = json.dumps(kept | {"temperature": self.temperature}, ensure_ascii=False)
        (folder / "acts.json").write_text(text, encoding="utf-8")
        layers = {f"layer{number}": one for number, one in enumerate(self.layers)}
        kept_arrays = {"grams": self.figures.grams, "mean": self.figures.mean, "turn": self.figures.turn, **layers}
        if self.neighbours is not None:
            near = self.neighbours
            kept_arrays |= {"near": near.places.astype(np.float16), "near_acts": near.acts.astype(bool)}
            kept_arrays |= {"near_asked": near.asked}
        np.savez(folder / "acts.npz", **kept_arrays)  # type: ignore[arg-type]  # its stub takes no names

    @classmethod
    def load(cls, folder: Path) -> ActModel:
        """What `save` wrote."""
        kept = json.loads((folder / "acts.json").read_text(encoding="utf-8"))
        vectorizer = _unfitted(vocabulary=kept["vocabulary"])
        vectorizer.idf_ = np.array(kept["idf"], dtype=np.float32)
        with np.load(folder / "acts.npz", allow_pickle=False) as arrays:
            figures = Figures(vectorizer, arrays["grams"], arrays["mean"], arrays["turn"])
            layers = [arrays[f"layer{number}"] for number in range(4)]
            neighbours = Neighbours(arrays["near"], arrays["near_acts"], arrays["near_asked"])
        return cls(figures, layers, float(kept["temperature"]), neighbours)


def _unfitted(**more: Any) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32, **more)


def _ends(text: str) -> str:
    """How a clause begins and ends says much: both get a sign of their own."""
    return f"^{text}$"


def _table(
    pairs: Sequence[tuple[Example, Sequence[str]]], figures: Figures, known: dict[str, np.ndarray], seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Rows and (n, acts) of zeros and ones; an example that may answer many questions comes with a few of them."""
    chance = np.random.default_rng(seed)
    rows, truth = [], []
    for example, clauses in pairs:
        vectors = np.array([known[one] for one in clauses])
        labels = np.array([[act in acts for act in ACTS] for acts in example.acts], dtype=np.int8)
        few = min(CONTEXTS_EACH, len(example.asked))
        for asked in chance.choice(example.asked, few, replace=False):
            rows.append(figures.rows(clauses, vectors, str(asked)))
            truth.append(labels)
    return np.vstack(rows), np.vstack(truth)


def _neighbours(
    pairs: Sequence[tuple[Example, Sequence[str]]], figures: Figures, known: dict[str, np.ndarray]
) -> Neighbours:
    clauses = [one for _, words in pairs for one in words]
    acts = [[act in done for act in ACTS] for example, _ in pairs for done in example.acts]
    asked = [[one in example.asked for one in ASKED] for example, words in pairs for _ in words]
    vectors = np.array([known[one] for one in clauses])
    return Neighbours(figures.places(clauses, vectors), np.array(acts), np.array(asked))


def _shape(text: str, at: int, count: int) -> list[float]:
    han = len(_HAN.findall(text))
    return [
        *(float(bool(one.search(text))) for one in _COMPILED),
        min(len(text), 40) / 20,
        float(len(text) <= 4),
        han / max(len(text), 1),
        float(at == 0),
        float(at == count - 1),
        float(count == 1),
        min(count, 8) / 4,
    ]


def _layers(rows: np.ndarray, truth: np.ndarray, seed: int) -> list[np.ndarray]:
    net = MLPClassifier(
        (HIDDEN,), alpha=3e-2, batch_size=BATCH, learning_rate_init=STEP, max_iter=ROUNDS, random_state=seed, tol=0.0
    )
    with np.errstate(over="ignore"):
        net.fit(rows, truth)
    (weights, out), (bias, out_bias) = net.coefs_, net.intercepts_
    return [one.astype(np.float32) for one in (weights, bias, out, out_bias)]


def _temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    def loss(log_temperature: float) -> float:
        shares = np.clip(_sigmoid(scores / np.exp(log_temperature)), 1e-6, 1 - 1e-6)
        return float(-(truth * np.log(shares) + (1 - truth) * np.log(1 - shares)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-1.0, 2.0), method="bounded").x))


def _sigmoid(scores: np.ndarray) -> np.ndarray:
    shares: np.ndarray = 1.0 / (1.0 + np.exp(-np.clip(scores, -40, 40)))
    return shares
