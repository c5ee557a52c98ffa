"""Sentences of the product in its voice, recognised again: at most one syllable in twenty is another one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = 0.05
ALLOWED_OF_FEW = 0.1  # of six sentences, a tenth is eight syllables


def understood(*options: str) -> tuple[int, float]:
    """(sentences, share of wrong syllables), from the environment of the voice."""
    done = subprocess.run(
        [str(ROOT / ".venv" / "voice" / "bin" / "python"), "-m", "tests.bench.voice.product", *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    many, share = done.stdout.split()[-2:]
    return int(many), float(share)


def test_some_sentences_of_the_product_are_understood() -> None:
    many, share = understood("--few")
    assert many >= 6
    assert share <= ALLOWED_OF_FEW


@pytest.mark.long
def test_sentences_of_the_product_are_understood() -> None:
    many, share = understood()
    assert many >= 60
    assert share <= ALLOWED
