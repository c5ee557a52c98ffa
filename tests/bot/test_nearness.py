"""Sets of phrases and their nearest, with figures in place of the encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bot.understanding import nearness
from bot.understanding.nearness import MOST_SETS, Nearness

WORDS = ("复查", "期限", "代办", "回执")


def vector(text: str) -> np.ndarray:
    raw = np.array([float(word in text) for word in WORDS])
    return raw / (np.linalg.norm(raw) or 1.0)


@pytest.fixture(autouse=True)
def _figures(monkeypatch: pytest.MonkeyPatch) -> None:
    def many(texts: Sequence[str]) -> np.ndarray:
        return np.array([vector(text) for text in texts], dtype=np.float32)

    monkeypatch.setattr(nearness, "text_vectors", many)
    monkeypatch.setattr(nearness, "text_vector", vector)


def test_the_nearest_phrase_comes_first_and_a_part_counts_a_little_less() -> None:
    known = Nearness()
    known.learn("one", ["复查", "代办", "复查期限"])
    assert known.near("one", ["复查期限"])[0] == (2, 1.0)
    best = dict(known.near("one", ["什么", "代办"]))
    assert best[1] == pytest.approx(0.95, abs=1e-3)


def test_an_unknown_set_is_a_key_error_and_old_sets_go() -> None:
    known = Nearness()
    with pytest.raises(KeyError):
        known.near("none", ["复查"])
    for number in range(MOST_SETS + 1):
        known.learn(str(number), ["复查"])
    assert "0" not in known and str(MOST_SETS) in known


def test_an_empty_set_has_no_nearest() -> None:
    known = Nearness()
    known.learn("empty", ["复查"])
    assert len(known.near("empty", [""])) == 1
