"""The handbook answers what it covers and refers the rest."""

from __future__ import annotations

import csv
import time
from functools import cache
from pathlib import Path

import pytest

from kiosk_api.domain.retrieval import Index, grams
from kiosk_api.gateways.handbook_files import load_out_of_scope, load_sections
from tests.handbook.questions import ASKED, UNANSWERABLE

HANGS_S = 10  # CPU time; an unbounded search takes minutes
CITIZENS = Path(__file__).resolve().parents[2] / "handbook" / "citizens"
EXAM = CITIZENS.parents[1] / "tests" / "understanding" / "handbook_asked_second.csv"


@cache
def index() -> Index:
    """Built once per worker: it takes a second."""
    return Index(load_sections(CITIZENS), load_out_of_scope(CITIZENS / "not-answered.md"))


def test_the_right_section_is_first_or_near_by_words_alone() -> None:
    """An exam by somebody who saw only the titles; more figures: make bench-handbook."""
    with EXAM.open(encoding="utf-8", newline="") as lines:
        questions = list(csv.DictReader(lines))
    first = three = 0
    for row in questions:
        right = {row["slug"], *row["also"].split("|")}
        found = [index().sections[place].slug for place, _ in index().rank(row["question"]).sections[:3]]
        first += bool(found) and found[0] in right
        three += bool(right & set(found))
    assert len(questions) >= 150
    assert first >= 0.85 * len(questions)
    assert three >= 0.95 * len(questions)


def test_most_paraphrases_are_answered_by_their_section_even_without_the_bot() -> None:
    """Words alone; with sentence vectors see `make bench-handbook` and the served test."""
    right = offered = wrong = 0
    for question, slugs in ASKED:
        answer = index().ask(question)
        hit = bool({section.slug for section in answer.sections} & set(slugs.split("|")))
        right += answer.outcome == "answer" and hit
        wrong += answer.outcome == "answer" and not hit
        offered += answer.outcome == "choices" and hit
    assert wrong <= 0.03 * len(ASKED)
    assert right >= 0.6 * len(ASKED)  # more cautious than with vectors
    assert right + offered >= 0.92 * len(ASKED)


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_a_question_outside_the_handbook_gets_no_answer(question: str) -> None:
    assert index().ask(question).outcome != "answer"


def test_nearly_all_questions_outside_the_handbook_are_referred() -> None:
    referred = sum(index().ask(question).outcome == "refer" for question in UNANSWERABLE)
    assert referred >= 0.9 * len(UNANSWERABLE)


@pytest.mark.parametrize("question", ["", "   ", "？？？", "的了吗", "a" * 5000, "😀"])
def test_empty_or_odd_questions_are_referred(question: str) -> None:
    assert index().ask(question).outcome == "refer"


def test_a_title_is_answered_by_its_own_section() -> None:
    for section in index().sections:
        best = index().rank(section.title).sections[0][0]
        assert index().sections[best].slug == section.slug


def test_choices_are_two_or_three_at_most() -> None:
    for question, _slug in ASKED:
        answer = index().ask(question)
        if answer.outcome == "choices":
            assert 1 <= len(answer.sections) <= 3


def test_full_width_and_capital_letters_read_the_same() -> None:
    assert grams("ＱＲ码１１０") == grams("qr码110")


def test_an_index_without_sections_refers() -> None:
    assert Index([]).ask("信访多久办结").outcome == "refer"


def test_a_very_long_question_is_bounded_in_time() -> None:
    start = time.process_time()
    index().ask("信访多久办结，" * 20_000)
    assert time.process_time() - start < HANGS_S
