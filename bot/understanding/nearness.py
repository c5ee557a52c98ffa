"""Which of many known phrases mean nearly what was said: cosines of sentence vectors."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from bot.understanding.encoder import text_vector, text_vectors
from bot.understanding.normalise import normalise

MOST_SETS = 4  # sets of phrases kept; a new edition of the handbook makes a new one
MOST_PHRASES = 100_000
MOST_PARTS = 4  # ways of cutting one question that are looked at
NEAREST = 300  # enough to hold several example questions of every section that is near


class Nearness:
    """Sets of phrases by digest, each a matrix (n, 512) of unit vectors."""

    def __init__(self) -> None:
        self._sets: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, digest: object) -> bool:
        return digest in self._sets

    def learn(self, digest: str, phrases: Sequence[str]) -> None:
        """Encode a set once; the oldest set goes when there are too many."""
        with self._lock:
            if digest not in self._sets:
                self._sets[digest] = text_vectors([normalise(one) for one in phrases])
                while len(self._sets) > MOST_SETS:
                    self._sets.popitem(last=False)

    def near(self, digest: str, parts: Sequence[str]) -> list[tuple[int, float]]:
        """(position, cosine) of the nearest phrases, best first; parts beyond the first damped.

        Raises KeyError when the set is not known here.
        """
        known = self._sets[digest]
        cosines = np.zeros(len(known))
        for place, part in enumerate(parts[:MOST_PARTS]):
            found = known @ text_vector(normalise(part)).astype(np.float32)
            cosines = np.maximum(cosines, found if place == 0 else found * 0.95)
        most = min(NEAREST, len(known))
        best = np.argpartition(-cosines, most - 1)[:most] if most else np.array([], dtype=int)
        best = best[np.argsort(-cosines[best])]
        return [(int(place), round(float(cosines[place]), 4)) for place in best]


SHARED = Nearness()
