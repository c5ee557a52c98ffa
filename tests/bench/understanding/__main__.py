"""`make bench-understanding [WINDOWS=route.csv] [FIELDS=fields.csv]`: tables in Markdown.

Run by the bot's Python. Our accounts are split by situation (a fifth is kept back), every system
learns from the same part. Files given by path are only measured on; no text of them is printed.
WINDOWS has columns text, label (court, procuratorate, police, arbitration, discipline, ordinary),
optionally alt_label and genre; FIELDS has text and label (a field's Chinese name).
"""

from __future__ import annotations

import argparse
import logging
import resource
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from rasa.utils.log_utils import configure_structlog

from bot.understanding.extra import digest
from bot.understanding.matters import Matter, read_dangers, read_matters
from kiosk_api.domain.accusations import Accusation
from kiosk_api.domain.routing import RouteProposal, propose
from tests.bench.understanding import measures as m
from tests.bench.understanding.exams import EXAM, Exam, exams, rows_of
from tests.bench.understanding.systems import (
    DIET_EPOCHS_SHORT,
    Guesses,
    KeywordRule,
    Ours,
    StockRasa,
    Svm,
    System,
)

ROOT = Path(__file__).resolve().parents[3]
KEPT_BACK = 5
SIX = {name: name for name in ("court", "procuratorate", "public_security", "labour_arbitration", "discipline")}
THREE = {name: name for name in ("court", "procuratorate")}
REST = "petition_office"
LABELS = ("window", "domain", "kind")
CURVE = (0.1, 0.25, 0.5, 1.0)


def split(matters: Sequence[Matter]) -> tuple[list[Matter], list[Matter]]:
    """(training, held out): all accounts of a situation are on one side."""

    def back(one: Matter) -> bool:
        return int(digest(one.situation), 16) % KEPT_BACK == 0

    return [one for one in matters if not back(one)], [one for one in matters if back(one)]


def fewer(matters: Sequence[Matter], share: float) -> list[Matter]:
    """A share of the situations, always the same ones."""
    return [one for one in matters if int(digest("c" + one.situation), 16) % 1000 < share * 1000]


def baseline(label: str, name: str) -> System:
    """A fresh baseline for one label."""
    if name == "svm":
        return Svm()
    if name == "diet":
        return StockRasa()
    branches = {"window": KeywordRule.WINDOWS, "domain": KeywordRule.DOMAINS, "kind": KeywordRule.KINDS}[label]
    return KeywordRule(branches, {"window": REST, "domain": "urban_rural_construction", "kind": "appeal"}[label])


def report(label: str, exam: Exam, scored: dict[str, list[m.Guess]]) -> None:
    """One table; for windows also six and three ways, and each genre apart."""
    views: list[tuple[str, Callable[[list[m.Guess]], list[m.Guess]]]] = [("", lambda one: one)]
    if label == "window":
        views = [
            ("six-way", lambda one: m.folded(one, SIX, REST)),
            ("three-way", lambda one: m.folded(one, THREE, REST)),
        ]
    for genre in sorted(set(exam.genres)) or [""]:
        for view, fold in views:
            print(f"\n### {label} {view} on {exam.name} {genre}".rstrip())
            more = [" recall court | recall procuratorate |", "---|---|"] if view else ["", ""]
            print(m.HEADER + more[0], m.RULE + more[1], sep="\n")
            for name, guesses in scored.items():
                chosen = fold(
                    [
                        one
                        for one, kind in zip(guesses, exam.genres or [""] * len(guesses), strict=True)
                        if kind == genre
                    ]
                )
                print(m.row(name, chosen, *([f"{m.recall(chosen, w):.3f}" for w in THREE] if view else [])))
    ours = scored["ours"]
    print(
        "\nours, wrong pairs (truth → guess):",
        ", ".join(f"{truth} → {guess} {times}" for truth, guess, times in m.confusion(ours)),
    )


def false_alarms(name: str, proposals: Sequence[RouteProposal]) -> None:
    """Ordinary messages sent to court or procuratorate."""
    wrong = sum(one.window in THREE for one in proposals)
    print(f"| {name} | {len(proposals)} | {wrong} | {1000 * wrong / max(1, len(proposals)):.0f} |")


def curve(learn: Sequence[Matter], dangers: list[tuple[str, str]], measured: list[Exam]) -> None:
    """Macro-F1 of ours with a growing share of the situations."""
    print("\n## Learning curve (macro-F1 of ours)\n")
    columns = [(exam, label) for exam in measured for label in ("window", "domain") if label in exam.truths]
    print("| share | accounts | " + " | ".join(f"{e.name}: {label}" for e, label in columns) + " |")
    print("|" + "---|" * (len(columns) + 2))
    for share in CURVE:
        part = fewer(learn, share)
        ours = Ours(part, dangers, sentences()[0])
        figures = []
        for exam, label in columns:
            proposals = [ours.propose(text) for text in exam.texts]
            scored = exam.score(label, ours.guesses(label, proposals))
            if label == "window":
                scored = m.folded(scored, SIX, REST)
            figures.append(f"{m.macro_f1(scored):.3f}")
        print(f"| {share:.0%} | {len(part)} | " + " | ".join(figures) + " |", flush=True)


def speed(ours: Ours, text: str) -> None:
    """One classification of a 500-character account, and this process's memory."""
    times = []
    for turn in range(60):
        fresh = (text[turn:] + text)[:500]
        start = time.perf_counter()
        ours.propose(fresh)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n500 characters: p50 {times[30]:.1f} ms, p95 {times[57]:.1f} ms; learning "
        f"{ours.fitted_in_s:.0f} s; peak memory of this run {peak:.0f} MB"
    )


def main() -> None:
    """Everything, in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=Path)
    parser.add_argument("--fields", type=Path)
    parser.add_argument("--without-diet", action="store_true", help="skip the slow baseline")
    parser.add_argument("--without-curve", action="store_true")
    given = parser.parse_args()
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    configure_structlog(logging.ERROR)
    dangers = read_dangers(ROOT / "nlu_data" / "emergencies.md")
    learn, kept = split(read_matters(ROOT / "nlu_data" / "matters"))
    measured = exams(kept, given.windows, given.fields)
    print(f"# Understanding\n\n{len(learn)} accounts learnt from, {len(kept)} kept back")
    ours = Ours(learn, dangers, sentences()[0])
    proposals = {exam.name: [ours.propose(text) for text in exam.texts] for exam in measured}
    names = ["svm", "keywords"] + ([] if given.without_diet else ["diet"])
    for label in LABELS:
        systems: dict[str, System] = {}
        for name in names:
            system = baseline(label, name)
            started = time.perf_counter()
            system.fit([one.text for one in learn], [str(getattr(one, label)) for one in learn])
            print(f"\n{label}: {system.name} learnt in {time.perf_counter() - started:.0f} s")
            systems[system.name] = system
        for exam in measured:
            if label in exam.truths:
                scored = {"ours": exam.score(label, ours.guesses(label, proposals[exam.name]))}
                if label == "window":
                    cues = [propose(text) for text in exam.texts]
                    scored["ours, classifier away"] = exam.score(label, [(one.window, one.confidence) for one in cues])
                scored |= {name: exam.score(label, one.guess(exam.texts)) for name, one in systems.items()}
                report(label, exam, scored)
    print("\n## Ordinary messages sent to court or procuratorate\n")
    print("| texts | messages | sent there | per 1,000 |\n|---|---|---|---|")
    for exam in measured:
        ordinary = (
            [place for place, (truth, _) in enumerate(exam.truths["window"]) if truth == REST]
            if "window" in exam.truths
            else range(len(exam.texts))
        )
        false_alarms(exam.name, [proposals[exam.name][place] for place in ordinary])
    if not given.without_curve:
        curve(learn, dangers, measured)
    longest = max((one.text for one in learn), key=len)
    speed(ours, (longest * 3)[:500])
    intents(given.without_diet)
    emergencies(ours)
    accusations(ours)


def sentences() -> tuple[list[str], list[str]]:
    """The sentences learnt from and their intents."""
    import yaml

    texts, labels = [], []
    for path in sorted((ROOT / "nlu_data" / "intents").glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"][0]
        for line in data["examples"].splitlines():
            texts.append(line[2:])
            labels.append(data["intent"])
    return texts, labels


def intents(without_diet: bool) -> None:
    """The exam of intents, by somebody who had not seen the sentences learnt from."""
    texts, labels = sentences()
    exam = rows_of(EXAM / "intents.csv")
    asked = [row["text"] for row in exam]
    print(f"\n## Intents: {len(texts)} sentences learnt from\n\n{m.HEADER}\n{m.RULE}")
    systems: list[System] = [PipelineIntents(), Svm(), *([] if without_diet else [StockRasa(DIET_EPOCHS_SHORT)])]
    for system in systems:
        system.fit(texts, labels)
        scored = [
            m.Guess(row["intent"], "", label, sure)
            for row, (label, sure) in zip(exam, system.guess(asked), strict=True)
        ]
        print(m.row(system.name, scored), flush=True)
        if system is systems[0]:
            wrong = m.confusion(scored)
    print(
        "\nours, wrong pairs (truth → guess):", ", ".join(f"{truth} → {guess} {times}" for truth, guess, times in wrong)
    )


class PipelineIntents:
    """The model in place under var/models, as it serves."""

    name = "ours"

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Trained by `make train`."""
        from rasa.core.agent import Agent

        from bot.model_store import ModelStore
        from bot.train import EXTRA

        self.agent = Agent.load(str(ModelStore(ROOT / "var" / "models", EXTRA).current()))

    def guess(self, texts: Sequence[str]) -> Guesses:
        """Top intent; the fallback counts as the guess below it would not."""
        import asyncio

        async def parse() -> Guesses:
            found = [await self.agent.parse_message(text) for text in texts]
            return [(one["intent"]["name"], float(one["intent"]["confidence"])) for one in found]

        return asyncio.run(parse())


def emergencies(ours: Ours) -> None:
    """Missed and false alarms, on texts by another author."""
    exam = rows_of(EXAM / "emergencies.csv")
    said = [ours.propose(row["text"]).emergency for row in exam]
    real = [found for row, found in zip(exam, said, strict=True) if row["danger"] != "none"]
    calm = [found for row, found in zip(exam, said, strict=True) if row["danger"] == "none"]
    print(
        f"\n## Emergencies\n\n{len(real)} real, {real.count(False)} missed; {len(calm)} "
        f"look-alikes, {calm.count(True)} false ({calm.count(True) / len(calm):.1%})"
    )


def accusations(ours: Ours) -> None:
    """Of accounts of officials by another author: found to accuse, asked about, and ordinary ones asked about."""
    exam = rows_of(EXAM / "accusations.csv")
    said = [(row["label"] == "appeal", ours.propose(row["text"]).accusation) for row in exam]
    accuse = [found for ordinary, found in said if not ordinary]
    calm = [found for ordinary, found in said if ordinary]
    found, asked = len(accuse) - accuse.count(Accusation.NO), len(calm) - calm.count(Accusation.NO)
    print(
        f"\n## Accusations\n\n{len(accuse)} accusations, {found / len(accuse):.1%} found or asked about; "
        f"{len(calm)} ordinary, {asked / len(calm):.1%} asked about"
    )


if __name__ == "__main__":
    main()
