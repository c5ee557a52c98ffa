"""`make bench-talks`: the unseen conversations, line by line, and the acts of their clauses, as Markdown.

Run by the assistant's Python, with the trained model in place and a stand-in for the API. Each line starts from
what a good officer would know before it. No line is printed, only counts. A second row takes the acts from the
writers' own labels: what would be right if no clause were misread, and so what the dialogue alone loses.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import structlog
from rasa.core.agent import Agent

from bot import train
from bot.dialogue.reading.message import Clause, Message
from bot.dialogue.talks.steps import turn
from bot.dialogue.turn import Turn
from bot.model_store import ModelStore, act_model_in, matter_model_in
from bot.understanding.act_model import ActModel
from bot.understanding.acts import ACTS
from bot.understanding.clauses import cut
from tests.bench.conversations.grading import run
from tests.bot.helpers import client_of
from tests.conversations.fake_api import FakeKiosk

ROOT = Path(__file__).resolve().parents[3]
UNSEEN = ROOT / "tests/conversations/unseen"
LEAST = 10  # examples of an act that is measured


def talks() -> list[dict[str, Any]]:
    """Every talk of every file."""
    return [
        json.loads(line)
        for path in sorted(UNSEEN.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def acts_table(model: ActModel, found: list[dict[str, Any]]) -> None:
    """F1 of each act with at least LEAST examples, on the clauses as their writers cut them."""
    truth, guess = [], []
    for talk in found:
        for line in talk["lines"]:
            for clause, read in zip(line["clauses"], _read(model, line), strict=True):
                truth.append([act in clause["acts"] for act in ACTS])
                guess.append([act in read for act in ACTS])
    known, said = np.array(truth), np.array(guess)
    print("| act | examples | precision | recall | F1 |\n|---|---|---|---|---|")
    scores = []
    for place, act in enumerate(ACTS):
        count, named = known[:, place].sum(), said[:, place].sum()
        right = (known[:, place] & said[:, place]).sum()
        if count >= LEAST:
            scores.append(2 * right / (count + named))
            print(f"| {act} | {count} | {right / max(named, 1):.2f} | {right / count:.2f} | {scores[-1]:.2f} |")
    print(f"\nmacro-F1 {np.mean(scores):.3f} over {len(scores)} acts, {len(known)} clauses\n")


class KnowsEveryCase(FakeKiosk):
    """Any number with any last figures is a case: the talks name their own."""

    def _case(self, what: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        status, answer = super()._case(what, {"lookup_token": "any"})
        return status, answer | {"case_number": body.get("case_number")} if "status" in answer else answer


def _read(model: ActModel, line: dict[str, Any]) -> list[frozenset[str]]:
    spans, at = [], 0
    for clause in line["clauses"]:
        start = max(line["say"].find(clause["text"], at), at)
        at = start + len(clause["text"])
        spans.append((start, at))
    return [Clause("", one.acts).acts for one in model.read(spans, line["say"], line["asked"] or "none")]


def main() -> None:
    """Both tables."""
    archive = ModelStore(ROOT / "var" / "models", train.EXTRA).current()
    assert archive is not None, "train first"
    office = KnowsEveryCase()
    acts, matters, api = act_model_in(archive), matter_model_in(archive), client_of(office)

    found = talks()
    intents = _intents(archive, {line["say"] for talk in found for line in talk["lines"]})

    def answer(state: dict[str, Any], text: str, clauses: tuple[Clause, ...]) -> Turn:
        matter, (intent, confidence) = matters.read(text), intents[text]
        message = Message(
            text, clauses, intent, confidence, kinds=matter.kind, accuses=matter.accuses, dangers=matter.danger
        )
        return turn(api, "bench", state, message)

    def read(state: dict[str, Any], text: str) -> Turn:
        clauses = acts.read(cut(text), text, str(state.get("asked") or "none"))
        return answer(state, text, tuple(Clause(text[one.start : one.end], one.acts) for one in clauses))

    labels = {
        line["say"]: tuple(Clause(one["text"], dict.fromkeys(one["acts"], 1.0)) for one in line["clauses"])
        for talk in found
        for line in talk["lines"]
    }

    def told(state: dict[str, Any], text: str) -> Turn:
        return answer(state, text, labels[text])

    def kept() -> dict[str, Any]:
        return office.drafts.get("bench") or {}

    acts_table(acts, found)
    print("| acts | lines as a good officer | lines with the record right | whole talks |\n|---|---|---|---|")
    graded = run(found, read, kept)
    _row("read", graded, len(found))
    _row("as labelled", run(found, told, kept), len(found))
    faults = Counter(_kind(fault) for one in graded for fault in one["faults"])
    print("\n" + "\n".join(f"- {times} × {fault}" for fault, times in faults.most_common(15)))


def _intents(archive: Path, texts: set[str]) -> dict[str, tuple[str, float]]:
    """What the classifier of whole messages makes of each, and how surely."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))  # it would print messages
    agent = Agent.load(str(archive))

    async def read() -> dict[str, tuple[str, float]]:
        found = {text: (await agent.parse_message(text))["intent"] for text in texts}
        return {text: (str(one["name"]), float(one["confidence"])) for text, one in found.items()}

    return asyncio.run(read())


def _row(acts: str, graded: list[dict[str, Any]], talks: int) -> None:
    lines = len(graded)
    good = sum(not one["faults"] for one in graded)
    bad = {one["id"] for one in graded if one["faults"]}
    record = sum(not any(" changed to " in f or " lacks " in f for f in one["faults"]) for one in graded)
    print(
        f"| {acts} | {good} of {lines} ({good / lines:.0%}) | {record} ({record / lines:.0%}) | {talks - len(bad)} of {talks} |"
    )


def _kind(fault: str) -> str:
    return fault.split(" changed to ")[0] + " changed" if " changed to " in fault else fault.split(" lacks ")[0]


if __name__ == "__main__":
    main()
