"""Linear heads over sentence vectors and character n-grams, with calibrated probabilities.

A head is a multinomial logistic regression whose scores are divided by a temperature found on
texts it was not trained on (Guo et al. 2017, "On Calibration of Modern Neural Networks").
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize, minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import GroupKFold

from bot.understanding.encoder import text_vector, text_vectors

DENSE_SCALE = 2.0  # how loudly the sentence vector speaks beside the n-grams
STRENGTH = 12.0  # inverse regularisation
FOLDS = 2  # for the temperature only
VECTOR = 512  # full columns, before the n-grams
MOST_TURNED = 8_000  # rows; beyond it the square of their number is too much memory
CLOSE = 2e-3  # the slope at which the optimiser may stop, summed over the rows
ROUNDS = 60  # of the optimiser: beyond this held-out accuracy does not move


class Features:
    """Text → one sparse row: 512 scaled vector figures, then TF-IDF of 1 to 3 characters."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self.vectorizer = vectorizer
        self.names: Any = vectorizer.get_feature_names_out()

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Features:
        """Vocabulary and weights from normalised texts."""
        vectorizer = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 3), min_df=2, max_features=60_000, sublinear_tf=True, dtype=np.float32
        )
        vectorizer.fit(texts)
        return cls(vectorizer)

    def many(self, texts: Sequence[str], vectors: np.ndarray | None = None) -> sparse.csr_matrix:
        """(n, 512 + vocabulary); `vectors` saves encoding again."""
        dense = text_vectors(texts) if vectors is None else vectors
        return sparse.hstack([sparse.csr_matrix(dense * DENSE_SCALE), self.vectorizer.transform(texts)], format="csr")

    def one(self, text: str) -> sparse.csr_matrix:
        """(1, 512 + vocabulary)."""
        return self.many([text], text_vector(text)[None, :].astype(np.float32))

    def save(self, path: Path) -> None:
        """Vocabulary and weights as JSON."""
        vocabulary = {gram: int(place) for gram, place in self.vectorizer.vocabulary_.items()}
        path.write_text(
            json.dumps({"vocabulary": vocabulary, "idf": [float(x) for x in self.vectorizer.idf_]}, ensure_ascii=False),
            encoding="utf-8",
        )

    @classmethod
    def load(cls, path: Path) -> Features:
        """What `save` wrote."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        vectorizer = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32, vocabulary=kept["vocabulary"]
        )
        vectorizer.idf_ = np.array(kept["idf"], dtype=np.float32)
        return cls(vectorizer)


@dataclass
class Head:
    """`weights` (features, classes), `bias` (classes,), one temperature."""

    classes: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray
    temperature: float = 1.0

    @classmethod
    def fit(
        cls,
        rows: sparse.csr_matrix | np.ndarray,
        labels: Sequence[str],
        groups: Sequence[str] = (),
        balanced: bool = False,
        rounds: int = ROUNDS,
    ) -> Head:
        """Fit on all rows; with `groups` the temperature is found on held-out situations. `rounds`
        is where the optimiser stops at the latest."""
        head = cls._plain(rows, labels, balanced, rounds)
        if groups and len(head.classes) > 1:
            held, names = held_out(rows, labels, groups, balanced, head.classes)
            truth = np.array([head.classes.index(name) for name in names])
            head.temperature = temperature_for(held, truth)
        return head

    @classmethod
    def _plain(
        cls, rows: sparse.csr_matrix | np.ndarray, labels: Sequence[str], balanced: bool, rounds: int = ROUNDS
    ) -> Head:
        if len(only := sorted(set(labels))) == 1:
            return cls((only[0],), np.zeros((rows.shape[1], 1), np.float32), np.zeros(1, np.float32))
        classes, places = np.unique(np.asarray(labels), return_inverse=True)
        shares = np.full(len(places), 1.0 / len(places))
        if balanced:
            shares = 1.0 / (len(classes) * np.bincount(places)[places])
        weights, bias = least_loss(rows, places, len(classes), shares, rounds)
        return cls(tuple(str(name) for name in classes), weights, bias)

    def scores(self, rows: sparse.csr_matrix) -> np.ndarray:
        """(n, classes), before the temperature."""
        return np.asarray(rows @ self.weights + self.bias)

    def probabilities(self, rows: sparse.csr_matrix) -> np.ndarray:
        """(n, classes), each row sums to 1."""
        return softmax(self.scores(rows) / self.temperature)

    def read(self, rows: sparse.csr_matrix) -> dict[str, float]:
        """Class → probability for one row."""
        return dict(zip(self.classes, (float(p) for p in self.probabilities(rows)[0]), strict=True))


def least_loss(
    rows: sparse.csr_matrix | np.ndarray, places: np.ndarray, classes: int, shares: np.ndarray, rounds: int = ROUNDS
) -> tuple[np.ndarray, np.ndarray]:
    """(features, classes) and (classes,): multinomial logistic regression, shrunk by `STRENGTH`.

    `places` (n,) is the class of each row, `shares` (n,) its part in the mean loss.
    """
    if sparse.issparse(rows) and len(places) <= min(MOST_TURNED, rows.shape[1]):
        turned, factor = in_their_span(rows)
        weights, bias = _least_loss(turned, places, classes, shares, rounds)
        return np.asarray(rows.T @ solve_triangular(factor, weights, trans="T", lower=True)), bias
    return _least_loss(rows, places, classes, shares, rounds)


def in_their_span(rows: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """n rows of p > n figures as (n, n), and the Cholesky factor L of rows @ rows.T that did it.

    The best weights are a sum of the rows (the representer theorem, Schoelkopf et al. 2001), so n
    figures a row are enough: with rows = L Q, Q's rows orthonormal, L replaces them.
    """
    full, thin = rows[:, :VECTOR].toarray(), rows[:, VECTOR:]
    inner = full @ full.T + (thin @ thin.T).toarray()
    inner[np.diag_indices_from(inner)] *= 1 + 1e-5  # the same text may stand there twice
    factor = cholesky(inner.astype(np.float64), lower=True, overwrite_a=True)
    return factor.astype(np.float32), factor


def _least_loss(
    rows: sparse.csr_matrix | np.ndarray, places: np.ndarray, classes: int, shares: np.ndarray, rounds: int
) -> tuple[np.ndarray, np.ndarray]:
    truth = np.zeros((len(places), classes), np.float32)
    truth[np.arange(len(places)), places] = 1.0
    shrink = 1.0 / (STRENGTH * len(places))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(-1, classes)
        scores = rows @ table[:-1].astype(np.float32) + table[-1].astype(np.float32)
        scores -= scores.max(axis=1, keepdims=True)
        sums = np.exp(scores).sum(axis=1, keepdims=True)
        said = (scores - np.log(sums))[np.arange(len(places)), places].astype(np.float64)
        off = (np.exp(scores) / sums - truth) * shares[:, None].astype(np.float32)
        slope = np.vstack([rows.T @ off, off.sum(axis=0)]).astype(np.float64)
        slope[:-1] += shrink * table[:-1]
        return float(shrink / 2 * (table[:-1] ** 2).sum() - (shares * said).sum()), slope.ravel()

    found = minimize(
        loss,
        np.zeros((rows.shape[1] + 1) * classes),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": rounds, "gtol": CLOSE / len(places)},
    )
    table = found.x.reshape(-1, classes)
    return table[:-1].astype(np.float32), table[-1].astype(np.float32)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Row by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def held_out(
    rows: sparse.csr_matrix, labels: Sequence[str], groups: Sequence[str], balanced: bool, classes: Sequence[str]
) -> tuple[np.ndarray, list[str]]:
    """Scores of each text by a head that saw no account of its situation, and its label."""
    parts, names = [], []
    wanted = np.array(labels)
    for seen, unseen in GroupKFold(FOLDS).split(rows, labels, groups):
        part = Head._plain(rows[seen], wanted[seen], balanced)
        scores = np.full((len(unseen), len(classes)), -20.0)
        for place, name in enumerate(part.classes):
            scores[:, list(classes).index(name)] = part.scores(rows[unseen])[:, place]
        parts.append(scores)
        names += list(wanted[unseen])
    return np.vstack(parts), names


def temperature_for(scores: np.ndarray, truth: np.ndarray) -> float:
    """The temperature with the least log loss."""

    def loss(log_temperature: float) -> float:
        chosen = softmax(scores / np.exp(log_temperature))[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(chosen, 1e-9)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))


def save_heads(path: Path, heads: dict[str, Head]) -> None:
    """All heads in one .npz without pickles."""
    arrays: dict[str, Any] = {}
    for name, head in heads.items():
        arrays |= {
            f"{name}.classes": np.array(head.classes),
            f"{name}.weights": head.weights,
            f"{name}.bias": head.bias,
            f"{name}.temperature": np.array(head.temperature),
        }
    np.savez(path, **arrays)


def load_heads(path: Path) -> dict[str, Head]:
    """What `save_heads` wrote."""
    with np.load(path, allow_pickle=False) as kept:
        names = sorted({key.split(".")[0] for key in kept.files})
        return {
            name: Head(
                tuple(str(c) for c in kept[f"{name}.classes"]),
                kept[f"{name}.weights"],
                kept[f"{name}.bias"],
                float(kept[f"{name}.temperature"]),
            )
            for name in names
        }
