"""The examinations in this folder, written by people who had not seen the training data."""

from __future__ import annotations

import csv
from pathlib import Path

EXAM = Path(__file__).resolve().parent


def rows(name: str) -> list[dict[str, str]]:
    with (EXAM / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
