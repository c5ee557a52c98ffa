"""An attacker guesses, from one address and from a hundred; the owner is still let in.

`make test` tries some hundreds; KIOSK_LONG_TESTS=1 tries a hundred thousand each.
"""

from __future__ import annotations

import os
import random
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import perf_counter_ns
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain.case_number import make
from kiosk_api.domain.errors import DomainError
from kiosk_api.gateways.passwords import Argon2Passwords
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import Submission
from kiosk_api.services.cases.citizen_steps import look_up, withdraw
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.services.chat.drafts import CODE_ALPHABET, load_draft, save_draft
from kiosk_api.services.petitions.assist import code_errors, open_assist
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.handover import leave_for_officer, take_over
from kiosk_api.services.staff.sign_in import sign_in
from tests.factories import PASSWORD, START

LONG = os.environ.get("KIOSK_LONG_TESTS") == "1"
GUESSES = 100_000 if LONG else 400
TAIL, PHONE = "5678", "13912345678"
OWNER = "203.0.113.77"
A_MINUTE = timedelta(minutes=1)
LET_IN = ("case_not_found", "nothing", "wrong_password", "handover_not_found")  # answered, and wrong
Try = Callable[[str, int], object]


def attack(ctx: Context, addresses: int, one_try: Try) -> Counter[str]:
    """The answers to the guesses; a hundred a second, from the addresses in turn."""
    answers: Counter[str] = Counter()
    for number in range(GUESSES):
        try:
            found = one_try(f"198.51.100.{number % addresses}", number)
        except DomainError as error:
            answers[error.code] += 1
        else:
            answers["found" if found else "nothing"] += 1
        ctx.clock.advance(timedelta(milliseconds=10))
    return answers


def wrong_tail(number: int) -> str:
    """Every tail but the right one; counts the guesses that were evaluated."""
    tail = f"{number % 10_000:04}"
    return "0000" if tail == TAIL else tail


def let_in(answers: Counter[str]) -> int:
    assert answers["found"] == 0
    return sum(answers[one] for one in LET_IN)


def within_a_minute(ctx: Context, way_in: Callable[[], Any]) -> Any:
    """The owner tries, waits as long as required, and tries again; for one minute at most."""
    waited = timedelta(0)
    while True:
        try:
            return way_in()
        except DomainError as error:
            wait = timedelta(seconds=error.retry_after_s or A_MINUTE.total_seconds())
            waited += wait
            if waited > A_MINUTE:
                raise
            ctx.clock.advance(wait)


@pytest.mark.parametrize("addresses", [1, 100])
def test_number_and_tail_are_not_found_by_guessing(app: Flask, case: dict[str, Any], addresses: int) -> None:
    ctx = app.extensions["kiosk"]
    number = case["case_number"]
    answers = attack(ctx, addresses, lambda where, n: look_up(
        ctx, Identification(case_number=number, phone_tail=wrong_tail(n)), where))  # fmt: skip
    assert let_in(answers) <= 40  # of 10,000 values
    whole = Identification(case_number=number, phone_tail=PHONE)
    assert look_up(ctx, whole, OWNER).guessed_at is not None  # at once, and the owner is informed
    who = Identification(case_number=number, phone_tail=TAIL)
    assert within_a_minute(ctx, lambda: look_up(ctx, who, OWNER)).case_number == number
    assert look_up(ctx, Identification(case["lookup_token"]), "198.51.100.0").guessed_at


@pytest.mark.parametrize("addresses", [1, 100])
def test_one_guess_at_each_of_many_cases_finds_none(app: Flask, addresses: int) -> None:
    ctx = app.extensions["kiosk"]
    numbers = [make(START.date(), secrets.randbits(40)) for _ in range(min(GUESSES, 10_000))]
    answers = attack(ctx, addresses, lambda where, n: look_up(
        ctx, Identification(case_number=numbers[n % len(numbers)], phone_tail=wrong_tail(n)), where))  # fmt: skip
    hours = GUESSES * 0.01 / 3600
    assert let_in(answers) <= 60 * (1 + hours) + 100  # all together; each new source once


@pytest.mark.parametrize("addresses", [1, 100])
def test_a_photographed_qr_withdraws_nothing(app: Flask, case: dict[str, Any], addresses: int) -> None:
    ctx = app.extensions["kiosk"]
    token = case["lookup_token"]
    answers = attack(ctx, addresses, lambda where, n: withdraw(
        ctx, Identification(token, phone_tail=wrong_tail(n)), None, Submission(f"attack-{n:08}", {}), where))  # fmt: skip
    assert let_in(answers) <= 40
    assert look_up(ctx, Identification(token), OWNER).status == "registered"
    owner = Identification(token, phone_tail=PHONE)
    assert withdraw(ctx, owner, None, Submission("owner-key-1", {}), OWNER)["status"] == "withdrawn"


@pytest.mark.parametrize("addresses", [1, 100])
def test_resume_codes_are_not_found_by_guessing(app: Flask, addresses: int) -> None:
    ctx = app.extensions["kiosk"]
    code = save_draft(ctx, "s" * 20, {"facts": "半截话"}, asked_for=True).resume_code
    chance = random.Random(7)
    answers = attack(ctx, addresses, lambda where, n: load_draft(
        ctx, None, f"{chance.randrange(10**8):08}", where).draft)  # fmt: skip
    hours = GUESSES * 0.01 / 3600
    assert let_in(answers) <= 300 * (1 + hours) + 100
    found = within_a_minute(ctx, lambda: load_draft(ctx, None, code, OWNER))
    assert found.draft == {"facts": "半截话"}


@pytest.mark.parametrize("addresses", [1, 100])
def test_an_officers_code_is_not_found_by_guessing(app: Flask, addresses: int) -> None:
    """Six digits that mark a petition as filed with help."""
    ctx = app.extensions["kiosk"]
    _, office = sign_in(ctx, "office", PASSWORD, OWNER)
    code = open_assist(ctx, office).code

    def one_try(where: str, number: int) -> bool:
        guessed = f"{number % 10**6:06}"
        return not code_errors(ctx, {"assisted_by_code": "000000" if guessed == code else guessed}, where)

    answers = attack(ctx, addresses, one_try)
    hours = GUESSES * 0.01 / 3600
    assert let_in(answers) <= 60 * (1 + hours) + 100
    code = open_assist(ctx, office).code
    assert within_a_minute(ctx, lambda: code_errors(ctx, {"assisted_by_code": code}, OWNER)) == ()


@pytest.mark.parametrize("officers", [1, 100])
def test_a_draft_left_for_an_officer_is_not_found_by_guessing(app: Flask, officers: int) -> None:
    """Eight letters, asked for by whoever is signed in at the desk."""
    ctx = app.extensions["kiosk"]
    _, office = sign_in(ctx, "office", PASSWORD, OWNER)
    curious = [replace(office, id=f"officer-{number}") for number in range(officers)]
    chance = random.Random(11)
    answers = attack(ctx, 1, lambda _, n: take_over(
        ctx, curious[n % officers], "".join(chance.choices(CODE_ALPHABET, k=8))))  # fmt: skip
    hours = GUESSES * 0.01 / 3600
    assert let_in(answers) <= 300 * (1 + hours) + 100
    code = leave_for_officer(ctx, {"facts": "半截话"}, OWNER).code
    assert within_a_minute(ctx, lambda: take_over(ctx, office, code)) == {"facts": "半截话"}


@pytest.mark.parametrize("addresses", [1, 100])
def test_passwords_are_not_found_by_guessing(app: Flask, addresses: int) -> None:
    ctx = app.extensions["kiosk"]
    answers = attack(ctx, addresses, lambda where, n: sign_in(ctx, "office", f"guess-{n}", where))
    assert let_in(answers) <= 20 + GUESSES * 0.01 / 30 + 1
    _, officer = within_a_minute(ctx, lambda: sign_in(ctx, "office", PASSWORD, OWNER))
    assert officer.username == "office"
    _, other = sign_in(ctx, "lead", PASSWORD, "203.0.113.78")
    assert other.username == "lead"


def test_wrong_tokens_do_not_block_the_right_one(app: Flask, case: dict[str, Any]) -> None:
    ctx = app.extensions["kiosk"]
    for number in range(60):
        with pytest.raises(DomainError, match="case_not_found"):
            look_up(ctx, Identification(f"{number:032}"), OWNER)
    assert look_up(ctx, Identification(case["lookup_token"]), OWNER).status == "registered"


def test_the_owner_in_the_same_hall_as_the_guesser_waits_no_longer_than_a_minute(
    app: Flask, case: dict[str, Any]
) -> None:
    ctx, hall = app.extensions["kiosk"], "198.51.100.1"
    number = case["case_number"]
    attack(ctx, 1, lambda _, n: look_up(
        ctx, Identification(case_number=number, phone_tail=wrong_tail(n)), hall))  # fmt: skip
    who = Identification(case_number=number, phone_tail=TAIL)
    assert within_a_minute(ctx, lambda: look_up(ctx, who, hall)).status == "registered"


if LONG:  # times are compared in the long form only

    @pytest.mark.parametrize("what", ["number", "token", "name"])
    def test_known_and_unknown_take_the_same_time(app: Flask, case: dict[str, Any], what: str) -> None:
        """Interleaved; a permutation test on the difference of the medians' ranks."""
        ctx = replace(app.extensions["kiosk"], passwords=Argon2Passwords())  # at their real cost
        add_officer(ctx, "known", "petition_office", "窗口戊", None, PASSWORD)
        times: dict[bool, list[int]] = {True: [], False: []}
        chance = random.Random(3)
        for turn in range(400 if what != "name" else 80):
            for known in chance.sample([True, False], 2):
                ctx.clock.advance(timedelta(days=31))  # every budget is empty again
                begun = perf_counter_ns()
                with pytest.raises(DomainError):
                    _wrong(ctx, case, what, known, turn)
                times[known].append(perf_counter_ns() - begun)
        assert _probability(times[True], times[False], chance) > 0.05


def _wrong(ctx: Context, case: dict[str, Any], what: str, known: bool, turn: int) -> None:
    if what == "name":
        sign_in(ctx, "known" if known else "nobody", "wrong", f"10.0.{turn % 250}.1")
    elif what == "number":
        number = case["case_number"] if known else make(START.date(), 5)
        look_up(ctx, Identification(case_number=number, phone_tail="0000"), "198.51.100.9")
    else:
        token = case["lookup_token"] if known else "x" * 32
        withdraw(ctx, Identification(token, phone_tail="0000"), None, Submission("time-key-1", {}), "198.51.100.9")


def _probability(one: list[int], other: list[int], chance: random.Random) -> float:
    """Two-sided permutation test on the sum of ranks."""
    both = sorted([*one, *other])
    ranks = [both.index(value) for value in [*one, *other]]
    middle = sum(ranks) * len(one) / len(ranks)
    seen = abs(sum(ranks[: len(one)]) - middle)
    rounds, further = 2_000, 0
    for _ in range(rounds):
        further += abs(sum(chance.sample(ranks, len(one))) - middle) >= seen
    return further / rounds
