"""Test sets: our own held-out accounts, the exam by another author, files given by path."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from bot.understanding.extra import DOMAINS, WINDOW_NAMES
from bot.understanding.matters import Matter
from tests.bench.understanding import measures as m
from tests.bench.understanding.systems import Guesses

EXAM = Path(__file__).resolve().parents[2] / "understanding"


def rows_of(path: Path) -> list[dict[str, str]]:
    """A CSV file as dictionaries."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(lines)]


class Exam:
    """Texts with a truth per label; `name` says where they come from."""

    def __init__(
        self, name: str, texts: Sequence[str], truths: dict[str, list[tuple[str, str]]], genres: Sequence[str] = ()
    ) -> None:
        self.name, self.texts, self.truths, self.genres = name, list(texts), truths, list(genres)

    def score(self, label: str, guesses: Guesses) -> list[m.Guess]:
        """Guesses beside the truth."""
        return [
            m.Guess(truth, also, guess, sure)
            for (truth, also), (guess, sure) in zip(self.truths[label], guesses, strict=True)
        ]


def exams(kept: Sequence[Matter], windows: Path | None, fields: Path | None) -> list[Exam]:
    """What to measure on: own accounts kept back, the independent exam, the files given."""
    found = [
        Exam(
            "own accounts kept back",
            [one.text for one in kept],
            {
                "window": [(one.window or "", next(iter(one.also), "")) for one in kept],
                "domain": [(one.domain or "", "") for one in kept],
                "kind": [(one.kind or "", "") for one in kept],
            },
        )
    ]
    exam = rows_of(EXAM / "matters.csv")
    found.append(
        Exam(
            "own exam by another hand",
            [row["text"] for row in exam],
            {
                "window": [(row["window"], row["also"]) for row in exam],
                "domain": [(row["domain"], "") for row in exam],
                "kind": [(row["kind"], "") for row in exam],
            },
        )
    )
    if windows:
        rows = rows_of(windows)
        found.append(
            Exam(
                windows.name,
                [row["text"] for row in rows],
                {
                    "window": [(_window(row["label"]), _window(row.get("alt_label", ""))) for row in rows],
                },
                [row.get("genre", "") for row in rows],
            )
        )
    if fields:
        rows = rows_of(fields)
        found.append(
            Exam(
                fields.name,
                [row["text"] for row in rows],
                {"domain": [(DOMAINS.get(row["label"], row["label"]), "") for row in rows]},
            )
        )
    return found


def _window(name: str) -> str:
    return WINDOW_NAMES.get(name, name)
