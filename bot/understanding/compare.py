"""Two models on the same held-back rows, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.matters import Matter
from bot.understanding.model import MatterModel, rank

MEASURED = ("window", "domain")


@dataclass(frozen=True)
class Score:
    """Right answers out of `rows` texts that carry this label."""

    label: str
    rows: int
    before: int
    after: int


@dataclass(frozen=True)
class Report:
    """Before and after, for each label that the rows carry."""

    scores: tuple[Score, ...]

    @property
    def not_worse(self) -> bool:
        """As many right answers as before in all, and for no label more than one lost in fifty."""
        return sum(one.after for one in self.scores) >= sum(one.before for one in self.scores) and all(
            one.after >= one.before - one.rows / 50 for one in self.scores
        )

    def table(self) -> str:
        """Plain text, one label a line."""
        lines = [f"{'held back':<10}{'rows':>6}{'before':>9}{'after':>9}"]
        lines += [
            f"{one.label:<10}{one.rows:>6}{one.before / one.rows:>9.3f}{one.after / one.rows:>9.3f}"
            for one in self.scores
        ]
        return "\n".join(lines)


def compare(before: MatterModel, after: MatterModel, rows: Sequence[Matter]) -> Report:
    """Read every row with both; a row counts for each label it carries."""
    right: dict[str, list[tuple[bool, bool]]] = {label: [] for label in MEASURED}
    for row in rows:
        readings = (before.read(row.text), after.read(row.text))
        for label in MEASURED:
            if wanted := getattr(row, label):
                first, second = (rank(getattr(one, label))[0][0] == wanted for one in readings)
                right[label].append((first, second))
    return Report(
        tuple(
            Score(label, len(found), sum(a for a, _ in found), sum(b for _, b in found))
            for label, found in right.items()
            if found
        )
    )
