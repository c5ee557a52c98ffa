"""`make bench-handbook [ASKED=file.csv]`: four ways to find a section, side by side, in Markdown.

Our own exams (`tests/understanding/handbook_*.csv`) were written by people who saw the titles only;
the second has not been looked into.
A file given by path has columns question, article, answerable (none: must not be answered); its
questions are measured on, never printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk_api.domain.handbook import Section
from kiosk_api.domain.question_shapes import parts_of_story
from kiosk_api.domain.retrieval import Answer, Index, grams
from kiosk_api.gateways.handbook_files import OUT_OF_SCOPE_FILE, load_out_of_scope, load_sections

ROOT = Path(__file__).resolve().parents[3]
CITIZENS = ROOT / "handbook" / "citizens"
EXAM = ROOT / "tests" / "understanding"
SIZES = (50, 85, 500, 5_000)
FULL_COPIES = 500
Near = dict[int, float]
Ranker = Callable[[str], list[int]]


def rows_of(path: Path) -> list[dict[str, str]]:
    """A CSV file as dictionaries."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(lines)]


def bot_vectors(phrases: Sequence[str], questions: Sequence[str], documents: Sequence[str] = ()) -> dict[str, Any]:
    """Results from the bot's Python: nearest phrases, jieba's words, milliseconds."""
    asked = {
        "phrases": list(phrases),
        "documents": list(documents),
        "questions": [[one, *parts_of_story(one)] for one in questions],
    }
    done = subprocess.run(
        [str(ROOT / ".venv/bot/bin/python"), "-W", "ignore", "-m", "tests.bench.handbook.bot_vectors"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    return found


class Bm25:
    """Plain BM25 over bags of words: a baseline with any way of cutting text."""

    def __init__(self, documents: Sequence[Counter[str]]) -> None:
        self.documents = documents
        self.mean = sum(map(lambda one: one.total(), documents)) / len(documents)
        held = Counter(word for one in documents for word in one)
        self.idf = {word: math.log(1 + (len(documents) - n + 0.5) / (n + 0.5)) for word, n in held.items()}

    def rank(self, query: Counter[str]) -> list[int]:
        """Places, best first."""

        def score(document: Counter[str]) -> float:
            return sum(
                self.idf[word]
                * document[word]
                * 2.2
                / (document[word] + 1.2 * (0.25 + 0.75 * document.total() / self.mean))
                for word in query
                if word in document
            )

        scores = [score(document) for document in self.documents]
        return sorted(range(len(scores)), key=lambda place: -scores[place])


def whole_text(one: Section) -> str:
    """The text of a section that a search engine would index."""
    return " ".join((*one.example_questions, one.short_answer, one.body_markdown))


def share(hits: int, of: int) -> str:
    """`137/170 (81 %)`."""
    return f"{hits}/{of} ({100 * hits / max(of, 1):.1f} %)"


def ranking(asked: list[dict[str, str]], rankers: dict[str, Ranker], index: Index) -> None:
    """Right section first, and among the first three."""
    print("| way | first | within three |\n|---|---|---|")
    for name, rank in rankers.items():
        first = three = 0
        for row in asked:
            right = {row["slug"], *filter(None, row["also"].split("|"))}
            found = [index.sections[place].slug for place in rank(row["question"])[:3]]
            first += bool(found) and found[0] in right
            three += bool(right & set(found))
        print(f"| {name} | {share(first, len(asked))} | {share(three, len(asked))} |")


def decisions(asked: list[dict[str, str]], refused: list[dict[str, str]], ask: Callable[[str], Answer]) -> None:
    """What is answered, offered and referred, and how often wrongly."""
    right = wrong = offered = 0
    for row in asked:
        truth = {row["slug"], *filter(None, row["also"].split("|"))}
        found = ask(row["question"])
        hit = bool(truth & {one.slug for one in found.sections})
        right += found.outcome == "answer" and hit
        wrong += found.outcome == "answer" and not hit
        offered += found.outcome == "choices" and hit
    n = len(asked)
    print(
        f"\nAnswered rightly {share(right, n)}, offered among choices {share(offered, n)}, "
        f"answered by another section {share(wrong, n)}, the rest referred or not offered."
    )
    for kind in ("", *sorted({row["kind"] for row in refused})):
        rows = [row for row in refused if not kind or row["kind"] == kind]
        outcomes = Counter(ask(row["question"]).outcome for row in rows)
        print(
            f"\nMust not be answered{f', {kind}' if kind else ''}: false answers "
            f"{share(outcomes['answer'], len(rows))}, choices {share(outcomes['choices'], len(rows))}."
        )


def by_article(path: Path, ask: Callable[[str], Answer]) -> None:
    """Real questions with the articles that answer them; `none` must not be answered."""
    rows = rows_of(path)
    outcomes: Counter[str] = Counter()
    for row in rows:
        wanted = set(re.findall(r"\d+", re.sub(r"\([^)]*\)", "", row["article"])))
        found = ask(row["question"])
        cited = {number for one in found.sections for number in one.articles}
        good = bool(wanted & cited)
        key = "none" if row["answerable"] == "none" else "answerable"
        outcomes[f"{key}: {found.outcome}{' with a right article' if good else ''}"] += 1
    print(f"\n## {path.name}\n")
    for outcome, times in sorted(outcomes.items()):
        print(f"- {outcome}: {times}")


def larger(index: Index, size: int) -> Index:
    """The handbook repeated under other names, with other words, until it has `size` sections.

    Beyond `FULL_COPIES` sections a copy has its aliases only: encoding all would take an hour.
    """
    sections: list[Section] = []
    round_ = 0
    while len(sections) < size:
        for one in index.sections[: size - len(sections)]:
            mark = f"第{round_}县" if round_ else ""
            sections.append(
                replace(
                    one,
                    slug=f"{one.slug}-{round_}",
                    title=mark + one.title,
                    aliases=tuple(mark + text for text in one.aliases),
                    asked=tuple(mark + text for text in one.asked if size <= FULL_COPIES),
                )
            )
        round_ += 1
    return Index(sections, index.out_of_scope)


def growth(index: Index, questions: list[str]) -> None:
    """Milliseconds of one question, words and vectors together, as the handbook grows."""
    print("\n## Time of one answer as the handbook grows (ms)\n")
    print(
        "| sections | example questions | words p50 | words p99 | vectors p50 | vectors p99 "
        "| both p99 | both p50 beside 50 sections |\n|" + "---|" * 8
    )
    base = 0.0
    for size in SIZES:
        grown = larger(index, size)
        seen = bot_vectors(grown.texts, questions)
        spent = []
        for place, question in enumerate(questions):
            near = {int(a): float(b) for a, b in seen["near"][place]}
            started = time.perf_counter()
            grown.ask(question, near)
            spent.append((time.perf_counter() - started) * 1000)
        both = sorted(a + b for a, b in zip(spent, seen["ms"], strict=True))
        spent.sort()
        vectors = sorted(seen["ms"])
        last, middle = int(len(both) * 0.99) - 1, len(both) // 2
        base = base or both[middle]
        print(
            f"| {size} | {len(grown.phrases)} | {spent[middle]:.1f} | {spent[last]:.1f} "
            f"| {vectors[middle]:.1f} | {vectors[last]:.1f} | {both[last]:.1f} "
            f"| {both[middle] / base:.2f} |",
            flush=True,
        )


def main() -> None:
    """Everything, in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asked", type=Path)
    given = parser.parse_args()
    index = Index(load_sections(CITIZENS), load_out_of_scope(CITIZENS / OUT_OF_SCOPE_FILE))
    exams = {name: rows_of(EXAM / f"{name}.csv") for name in ("handbook_asked_second", "handbook_asked")}
    asked = [row for rows in exams.values() for row in rows]
    refused = rows_of(EXAM / "handbook_refused.csv")
    more = rows_of(given.asked) if given.asked else []
    questions = list(dict.fromkeys(row["question"] for row in [*asked, *refused, *more]))
    texts = [whole_text(one) for one in index.sections]
    seen = bot_vectors(index.texts, questions, texts)
    near: dict[str, Near] = {
        question: {int(a): float(b) for a, b in found} for question, found in zip(questions, seen["near"], strict=True)
    }
    words: dict[str, list[str]] = seen["words"]
    by_words = Bm25([Counter(words[text]) for text in texts])
    by_grams = Bm25([grams(text) for text in texts])

    def by_vectors(question: str) -> list[int]:
        cosines: dict[int, float] = {}
        for position, cosine in near[question].items():
            place = index.phrases[position].place
            if place < len(index.sections):
                cosines[place] = max(cosines.get(place, 0.0), cosine)
        return sorted(cosines, key=lambda place: -cosines[place])

    print(
        f"# Handbook\n\n{len(index.sections)} sections, {len(index.phrases)} example questions; "
        f"{len(asked)} questions to answer, {len(refused)} not to.\n"
    )
    rankers: dict[str, Ranker] = {
        "BM25 over jieba's words": lambda one: by_words.rank(Counter(words[one])),
        "BM25 over characters": lambda one: by_grams.rank(grams(one)),
        "sentence vectors alone": by_vectors,
        "ours, bot away": lambda one: [place for place, _ in index.rank(one).sections],
        "ours": lambda one: [place for place, _ in index.rank(one, near[one]).sections],
    }
    for name, rows in exams.items():
        print(f"\n## {name}\n")
        ranking(rows, rankers, index)
        print("\n### Decisions of ours")
        decisions(rows, refused, lambda one: index.ask(one, near[one]))
        print("\n### Decisions of ours, bot away")
        decisions(rows, refused, index.ask)
    if given.asked:
        by_article(given.asked, lambda one: index.ask(one, near[one]))
    growth(index, questions)


if __name__ == "__main__":
    main()
