"""Our own accounts: enough of everything, no text twice, and nothing of an exam among them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.understanding.extra import DOMAINS
from bot.understanding.matters import (
    DANGERS,
    NO_DANGER,
    WINDOWS,
    Matter,
    read_dangers,
    read_matters,
)
from bot.understanding.normalise import normalise
from tests.bot.data_card import CARD, card

ROOT = Path(__file__).resolve().parents[2]
EXAM = ROOT / "tests" / "understanding"
MATTERS = read_matters(ROOT / "nlu_data" / "matters")
ENOUGH = 2_500
GRAM, TOO_LIKE = 5, 0.5


def grams(text: str) -> frozenset[str]:
    """The character 5-grams of a normalised text."""
    plain = "".join(c for c in normalise(text) if c.isalnum())
    return frozenset(plain[i : i + GRAM] for i in range(max(1, len(plain) - GRAM + 1)))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard similarity."""
    return len(one & other) / max(1, len(one | other))


def pairs_alike(texts: list[str], others: list[str]) -> list[tuple[int, int]]:
    """(place, place) of texts that share half of their 5-grams; an inverted index keeps it quick."""
    index: dict[str, list[int]] = {}
    other_grams = [grams(text) for text in others]
    for place, found in enumerate(other_grams):
        for gram in found:
            index.setdefault(gram, []).append(place)
    hits = []
    for place, text in enumerate(texts):
        mine = grams(text)
        shared = Counter(o for gram in mine for o in index.get(gram, ()))
        hits += [
            (place, o)
            for o, times in shared.items()
            if times >= len(mine) * TOO_LIKE / 2 and alike(mine, other_grams[o]) >= TOO_LIKE
        ]
    return hits


def test_there_are_enough_accounts_of_everything() -> None:
    assert len(MATTERS) >= ENOUGH
    assert set(DOMAINS.values()) == {one.domain for one in MATTERS}
    for label, least in (("window", 60), ("domain", 40)):
        counts = Counter(getattr(one, label) for one in MATTERS)
        assert min(counts.values()) >= least, counts
    assert set(WINDOWS) == {one.window for one in MATTERS}
    hot = Counter(one.hot_field for one in MATTERS)
    assert {"land_requisition", "labour", "rural_land", "fund_raising", "environment", "-"} == set(hot)
    assert min(hot.values()) >= 25, hot
    assert {"appeal", "suggestion", "accusation"} == {one.kind for one in MATTERS}


def test_short_and_long_accounts_in_many_voices() -> None:
    lengths = sorted(len(one.text) for one in MATTERS)
    assert lengths[len(lengths) // 5] <= 45
    assert lengths[-len(lengths) // 8] >= 150
    voices = Counter(one.voice for one in MATTERS)
    assert len(voices) >= 10
    for voice in ("elder", "migrant", "trad", "typo", "speech", "dialect", "owner"):
        assert voices[voice] >= 20, voices


def test_no_account_occurs_twice() -> None:
    texts = ["".join(c for c in normalise(one.text) if c.isalnum()) for one in MATTERS]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_accounts_of_different_situations_are_different_texts() -> None:
    texts = [one.text for one in MATTERS]
    near = [
        (MATTERS[a].situation, MATTERS[b].situation)
        for a, b in pairs_alike(texts, texts)
        if a < b and MATTERS[a].situation != MATTERS[b].situation
    ]
    assert len(near) <= len(MATTERS) / 200, near


def test_no_opening_is_a_template() -> None:
    openings = Counter(one.text[:6] for one in MATTERS)
    assert openings.most_common(1)[0][1] <= len(MATTERS) / 50, openings.most_common(5)


def test_no_exam_text_is_learnt_from() -> None:
    exam = []
    for path in sorted(EXAM.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            said = [row.get("text") or row["question"] for row in csv.DictReader(lines)]
            exam += [text for text in said if len(text) >= 12]
    assert len(exam) > 500
    learnt = [one.text for one in MATTERS]
    learnt += [text for text, _ in read_dangers(ROOT / "nlu_data" / "emergencies.md")]
    for path in (ROOT / "nlu_data" / "intents").glob("*.yml"):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"][0]
        learnt += [line[2:] for line in data["examples"].splitlines()]
    leaks = [(exam[a], learnt[b]) for a, b in pairs_alike(exam, learnt)]
    assert leaks == []


def test_dangers_and_their_look_alikes() -> None:
    counts = Counter(danger for _, danger in read_dangers(ROOT / "nlu_data" / "emergencies.md"))
    assert set(counts) == {*DANGERS, NO_DANGER}
    assert min(counts.values()) >= 150, counts


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("- plain: 没有标题的一条", "a.md:1"),
        ("## health/医政监管 | court", "heading needs"),
        ("## health/医政监管 | moon | appeal | -", "unknown window"),
        ("## health/医政监管 | court | appeal | -\n- 没有口吻", "a.md:2"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "a.md").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        read_matters(tmp_path)


def test_labels_of_a_heading(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# t\n## health/医政监管 | court | appeal | - | also=petition_office\n- elder: 住院费\n", encoding="utf-8"
    )
    assert read_matters(tmp_path) == [
        Matter(
            "住院费", "a.md:2", "court", "health", "医政监管", "appeal", "-", frozenset({"petition_office"}), "elder"
        )
    ]


@pytest.mark.parametrize(
    ("window", "also", "kind", "accuses"),
    [
        ("discipline", (), "accusation", "official"),
        ("procuratorate", ("discipline",), "accusation", "official"),
        ("public_security", (), "accusation", None),
        ("petition_office", (), "appeal", "nobody"),
        ("petition_office", (), None, None),
    ],
)
def test_only_accounts_of_officials_teach_who_is_accused(
    window: str, also: tuple[str, ...], kind: str | None, accuses: str | None
) -> None:
    assert Matter("x", "a.md:1", window, kind=kind, also=frozenset(also)).accuses == accuses


def test_the_data_card_counts_what_there_is() -> None:
    assert CARD.read_text(encoding="utf-8") == card(), "run: python -m tests.bot.data_card"
