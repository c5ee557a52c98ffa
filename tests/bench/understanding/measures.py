"""Plain measures over (truth, alternative, guess, confidence) rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENT = 0.8
BINS = 10


@dataclass(frozen=True)
class Guess:
    """One text: true label, acceptable alternative, guessed label, confidence."""

    truth: str
    also: str
    label: str
    confidence: float

    @property
    def right(self) -> bool:
        """The label or its defensible alternative."""
        return self.label in (self.truth, self.also)

    @property
    def scored_as(self) -> str:
        """The truth to score against: the alternative when that is what was guessed."""
        return self.label if self.right else self.truth


def accuracy(guesses: Sequence[Guess]) -> float:
    """Share of right ones."""
    return sum(one.right for one in guesses) / max(1, len(guesses))


def recall(guesses: Sequence[Guess], label: str) -> float:
    """Of the texts of this label, how many were found."""
    mine = [one for one in guesses if one.truth == label]
    return sum(one.right for one in mine) / max(1, len(mine))


def macro_f1(guesses: Sequence[Guess]) -> float:
    """Mean F1 over the labels that occur as truth; an alternative guessed counts as right."""
    scores = []
    for label in sorted({one.scored_as for one in guesses}):
        hit = sum(one.scored_as == one.label == label for one in guesses)
        said = sum(one.label == label for one in guesses)
        true = sum(one.scored_as == label for one in guesses)
        scores.append(2 * hit / (said + true) if said + true else 0.0)
    return sum(scores) / max(1, len(scores))


def calibration_error(guesses: Sequence[Guess]) -> float:
    """Expected calibration error over ten bins of confidence (Guo et al. 2017)."""
    total = 0.0
    for bin_ in range(BINS):
        inside = [one for one in guesses if bin_ / BINS <= one.confidence < (bin_ + 1) / BINS + (bin_ == BINS - 1)]
        if inside:
            sure = sum(one.confidence for one in inside) / len(inside)
            total += len(inside) / len(guesses) * abs(sure - accuracy(inside))
    return total


def confident_errors(guesses: Sequence[Guess]) -> float:
    """Share of all texts that were guessed wrongly with a confidence of 0.8 or more."""
    return sum(one.confidence >= CONFIDENT and not one.right for one in guesses) / max(1, len(guesses))


def confusion(guesses: Sequence[Guess], most: int = 12) -> list[tuple[str, str, int]]:
    """The commonest (truth, guess, times) among the wrong ones."""
    pairs = Counter((one.truth, one.label) for one in guesses if not one.right)
    return [(truth, label, times) for (truth, label), times in pairs.most_common(most)]


def folded(guesses: Sequence[Guess], groups: dict[str, str], rest: str) -> list[Guess]:
    """The same guesses over fewer labels."""

    def fold(label: str) -> str:
        return groups.get(label, rest) if label else ""

    return [Guess(fold(one.truth), fold(one.also), fold(one.label), one.confidence) for one in guesses]


def row(name: str, guesses: Sequence[Guess], *more: str) -> str:
    """One line of a Markdown table."""
    figures = [
        f"{accuracy(guesses):.3f}",
        f"{macro_f1(guesses):.3f}",
        f"{calibration_error(guesses):.3f}",
        f"{confident_errors(guesses):.3f}",
    ]
    return "| " + " | ".join([name, str(len(guesses)), *figures, *more]) + " |"


HEADER = "| system | texts | accuracy | macro-F1 | ECE | confident errors |"
RULE = "|---|---|---|---|---|---|"
