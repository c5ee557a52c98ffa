"""The handbook as it is served, sentence vectors and all, on questions by another hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stack import Stack
from tests.understanding.exam import rows
from tests.waiting import wait_for

MOST_FALSE, LEAST_OFFERED = 0.03, 0.8  # figures and their worth: handbook/developers/answering.md


@pytest.fixture(scope="module")
def taught(stack: Stack) -> Stack:
    """The bot has learnt the example questions: a question answered by meaning alone says so."""
    wait_for(lambda: ask(stack, "他们要给我穿小鞋咋整")["outcome"] != "refer")
    return stack


def ask(stack: Stack, question: str, before: str | None = None) -> dict[str, Any]:
    answer = stack.client.post("/api/v1/handbook/ask", json={"question": question, "before": before})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_what_the_handbook_does_not_hold_is_not_answered(taught: Stack) -> None:
    questions = rows("handbook_refused.csv")
    false = [row["kind"] for row in questions if ask(taught, row["question"])["outcome"] == "answer"]
    assert len(questions) >= 150
    assert len(false) <= MOST_FALSE * len(questions), false


def test_questions_find_their_section_and_every_citation_is_the_sections_own(taught: Stack) -> None:
    offered = 0
    questions = rows("handbook_asked_second.csv")
    for row in questions:
        found = ask(taught, row["question"])
        slugs = [one["url"].rsplit("/", 1)[1] for one in found["citations"]]
        offered += bool({row["slug"], *row["also"].split("|")} & set(slugs))
        for one in found["citations"]:
            section = taught.client.get("/api/v1" + one["url"]).json()
            assert one["article"] == section["citation"]
    assert offered >= LEAST_OFFERED * len(questions)


def test_a_conversation_follows_up_and_answers_several_questions(taught: Stack) -> None:
    session = "handbook-follow-up"
    taught.chat("复查要多久有结果", session)
    said = taught.chat("那复核呢", session)["replies"]
    assert any("复核" in one["text"] and one.get("citations") for one in said)
    said = taught.chat("可以请人代办吗？很多人一起来选几个代表？", session)["replies"]
    assert any(one["text"].startswith("1. ") and "\n2. " in one["text"] for one in said)


def test_a_question_about_ones_own_case_is_answered_from_the_case(taught: Stack) -> None:
    body = {
        "petitioner": {"name": "钱多米", "phone": "13912345678", "address": "江畔区桥东街道望江社区3幢201室"},
        "request": "请修好路灯",
        "facts": "小区门口的路灯坏了三个月没人修。",
        "consent": True,
    }
    case = taught.client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "own-case-question"}).json()
    session = "own-case-question-in-talk"
    taught.chat("我的什么时候到期", session)
    taught.chat(case["case_number"], session)
    said = " ".join(one["text"] for one in taught.chat("5678", session)["replies"])
    due = case["deadlines"][0]["due_on"]
    year, month, day = (int(part) for part in due.split("-"))
    assert f"{month}月{day}日" in said, said
