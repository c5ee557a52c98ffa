"""Writes the counts in nlu_data/DATA_CARD.md from the data itself.

`.venv/bot/bin/python -m tests.bot.data_card`; a test says when the page has fallen behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.understanding.matters import read_dangers, read_matters

ROOT = Path(__file__).resolve().parents[2]
CARD = ROOT / "nlu_data" / "DATA_CARD.md"
BEGIN, END = "<!-- counts -->\n", "<!-- end of counts -->\n"


def counts() -> str:
    """Tables of what there is, as Markdown."""
    matters = read_matters(ROOT / "nlu_data" / "matters")
    situations = {one.situation: one for one in matters}
    lengths = sorted(len(one.text) for one in matters)
    fifths = [lengths[len(lengths) * part // 10] for part in (1, 5, 9)]
    lines = [
        f"{len(matters)} accounts of {len(situations)} situations; a tenth is shorter than "
        f"{fifths[0]} characters, half than {fifths[1]}, a tenth longer than {fifths[2]}.",
        "",
    ]
    for label in ("window", "domain", "kind", "hot_field"):
        lines += [f"| {label} | situations | accounts |", "|---|---|---|"]
        accounts = Counter(getattr(one, label) for one in matters)
        held = Counter(getattr(one, label) for one in situations.values())
        lines += [f"| {name} | {held[name]} | {times} |" for name, times in accounts.most_common()]
        lines.append("")
    lines += [f"Voices: {_listed(Counter(one.voice for one in matters).most_common())}.", ""]
    dangers = Counter(danger for _, danger in read_dangers(ROOT / "nlu_data" / "emergencies.md"))
    lines += [f"Dangers and look-alikes: {_listed(dangers.most_common())}.", ""]
    intents = {path.stem: len(_examples(path)) for path in sorted((ROOT / "nlu_data" / "intents").glob("*.yml"))}
    lines += [f"Intents, {sum(intents.values())} sentences: {_listed(intents.items())}.", ""]
    return "\n".join(lines)


def _examples(path: Path) -> list[str]:
    return str(yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"][0]["examples"]).splitlines()


def _listed(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {times}" for name, times in pairs)


def card() -> str:
    """The page with fresh counts."""
    page = CARD.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    return before + BEGIN + counts() + END + rest.split(END)[1]


if __name__ == "__main__":
    CARD.write_text(card(), encoding="utf-8")
