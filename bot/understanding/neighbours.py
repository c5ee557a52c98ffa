"""What the most similar clauses do: a second opinion beside the network, surer of rare wordings.

A clause is compared by its sentence vector and its n-grams with every clause learnt from; one learnt under
the same open question counts as a little nearer. The share of an act is its weight among the nearest ten.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

NEAREST = 10
SENTENCE, GRAMS = 0.8, 0.6  # weight of both halves; together a unit vector
SAME_QUESTION = 0.15  # added to the cosine
SOFTNESS = 0.08  # differences of the cosine that matter


class Neighbours:
    """`places` (n, figures) of clauses learnt from, `acts` (n, acts) and `asked` (n, questions) of zeros and ones."""

    def __init__(self, places: np.ndarray, acts: np.ndarray, asked: np.ndarray) -> None:
        self.places = places.astype(np.float32)
        self.acts = acts.astype(np.float32)
        self.asked = asked.astype(bool)

    def shares(self, places: np.ndarray, question: int) -> np.ndarray:
        """(clauses, acts), each 0 to 1, of clauses at `places` while the question of that number is open."""
        near = places @ self.places.T + SAME_QUESTION * self.asked[:, question]
        nearest = np.argpartition(-near, min(NEAREST, near.shape[1] - 1), axis=1)[:, :NEAREST]
        cosines = np.take_along_axis(near, nearest, axis=1)
        weights = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / SOFTNESS)
        found: np.ndarray = np.einsum("cn,cna->ca", weights, self.acts[nearest]) / weights.sum(axis=1, keepdims=True)
        return found


def place(sentence: np.ndarray, grams: np.ndarray) -> np.ndarray:
    """(clauses, figures): both halves at unit length, weighted."""
    halves: Sequence[np.ndarray] = (_unit(sentence) * SENTENCE, _unit(grams) * GRAMS)
    return np.hstack(halves).astype(np.float32)


def _unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: np.ndarray = rows / np.maximum(lengths, 1e-9)
    return unit
