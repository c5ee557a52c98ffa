"""Ninety seeded citizens, each with noise, on the whole running stack."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from statistics import median
from typing import Any

import pytest

from kiosk_api.app import build_context
from kiosk_api.config import Settings
from tests.simulated.citizen import Citizen, Outcome, wrong_slots
from tests.stack import Stack

CITIZENS = 90 if os.environ.get("KIOSK_LONG_TESTS") == "1" else 24
LEAST_REGISTERED = 0.97
MOST_USELESS = 2


def talk_as(citizen: Citizen, stack: Stack) -> Outcome:
    session = secrets.token_urlsafe(18)

    def say(text: str) -> dict[str, Any]:
        return stack.chat(text, session)

    return citizen.file(say)


@pytest.fixture(scope="module")
def talks(stack: Stack) -> list[tuple[Citizen, Outcome, list[str]]]:
    """Every citizen with the outcome and the slots that were stored wrongly."""
    found = []
    ctx = build_context(Settings.from_env(stack.env))
    for seed in range(CITIZENS):
        citizen = Citizen(seed)
        outcome = talk_as(citizen, stack)
        wrong: list[str] = []
        if outcome.case_number:
            with ctx.store.read() as records:
                case = records.cases.by_number(outcome.case_number)
            wrong = wrong_slots(citizen, case.petition)
        found.append((citizen, outcome, wrong))
    return found


Talks = list[tuple[Citizen, Outcome, list[str]]]


def test_nothing_wrong_gets_into_the_record(talks: Talks) -> None:
    wrong = Counter(slot for _, _, slots in talks for slot in slots)
    seeds = [seed for seed, (_, _, slots) in enumerate(talks) if slots]
    assert not wrong, (wrong, seeds)


def test_citizens_are_registered(talks: Talks) -> None:
    lost = [seed for seed, (_, outcome, _) in enumerate(talks) if not outcome.case_number]
    assert 1 - len(lost) / len(talks) >= LEAST_REGISTERED, lost


def test_hardly_a_turn_is_useless(talks: Talks) -> None:
    assert median(outcome.useless for _, outcome, _ in talks) <= MOST_USELESS


def test_the_read_back_holds_what_was_said(talks: Talks) -> None:
    """Wrong words are seen at the read-back at the latest; only the citizens' own slips are."""
    slips = {"wrong_phone", "wrong_name", "swap", "changed_mind"}
    surprised = [
        (seed, outcome.wrong_at_read_back)
        for seed, (citizen, outcome, _) in enumerate(talks)
        if outcome.wrong_at_read_back and not citizen.habits & slips
    ]
    assert len(surprised) <= 1, surprised
