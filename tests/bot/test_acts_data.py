"""Our own clauses: enough of every act, no message twice, and nothing of the unseen conversations among them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.understanding.acts import ACTS, ASKED, question, read_examples
from bot.understanding.clauses import MOST_CLAUSES, cut
from bot.understanding.normalise import normalise

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = read_examples(ROOT / "nlu_data/acts")
LEAST = 40


def test_every_act_has_enough_clauses_and_every_question_its_messages() -> None:
    counts = Counter(act for one in EXAMPLES for acts in one.acts for act in acts)
    assert [act for act in ACTS if counts[act] < LEAST] == []
    assert {asked for one in EXAMPLES for asked in one.asked} == set(ASKED)


def test_no_message_is_written_twice_for_one_question() -> None:
    seen = Counter(("".join(one.clauses), one.asked) for one in EXAMPLES)
    assert [text for text, times in seen.items() if times > 1] == []


def test_no_clause_of_an_unseen_conversation_is_learnt_from() -> None:
    learnt = {_plain(clause) for one in EXAMPLES for clause in one.clauses}
    learnt |= {_plain("".join(one.clauses)) for one in EXAMPLES}
    unseen = [
        clause["text"]
        for path in (ROOT / "tests/conversations/unseen").glob("*.jsonl")
        for talk in path.read_text(encoding="utf-8").splitlines()
        for line in json.loads(talk)["lines"]
        for clause in line["clauses"]
    ]
    assert len(unseen) > 700
    assert [text for text in unseen if len(_plain(text)) >= 12 and _plain(text) in learnt] == []


def _plain(text: str) -> str:
    return "".join(c for c in normalise(text) if c.isalnum())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "我叫王小明，电话13900001234",
        "工钱一分没给 老板跑了 你们管不管",
        "，，，。。",
        "一" * 5_000,
        "啊，" * 3_000,
        "👍👍\n好",
    ],
)
def test_clauses_cover_the_message_in_order(text: str) -> None:
    found = cut(text)
    assert len(found) <= MOST_CLAUSES
    assert all(start < end for start, end in found)
    assert all(left[1] <= right[0] for left, right in zip(found, found[1:], strict=False))
    kept = "".join(text[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())


def test_a_long_run_without_marks_is_cut_before_what_opens_a_new_thing() -> None:
    text = "我在柳林镇干活老板没给钱我叫王小明我电话是13900001234"
    assert [text[start:end] for start, end in cut(text)][-1].startswith("我电话是")


def test_every_question_of_the_dialogue_has_its_name_here() -> None:
    assert question("petitioner_name") == "name" and question("fix_which") == "confirm"
    assert question("clarify") == "none" and question("facts") == "facts"
