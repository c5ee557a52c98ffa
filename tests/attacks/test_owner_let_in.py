"""How the owner gets in again after an attacker's guesses, how the attacker is kept out, and what the
owner is shown of the guesses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain import policy
from kiosk_api.domain.case_number import make
from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.citizen_steps import look_up
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.services.staff.renew_code import renew_code
from kiosk_api.services.staff.sign_in import sign_in
from tests.factories import PASSWORD, START

TAIL, WRONG_TAIL = "5678", "0000"
OWNER, STRANGER = "203.0.113.77", "198.51.100.1"
SECOND = timedelta(seconds=1)


def tried(ctx: Context, body: dict[str, str], source: str) -> str:
    """`found`, or the code of the refusal."""
    try:
        look_up(ctx, Identification(**body), source)
    except DomainError as error:
        return error.code
    return "found"


def missed(ctx: Context, number: str, times: int, apart: timedelta = timedelta(0)) -> None:
    """Wrong tails, each evaluated, from as many addresses."""
    for one in range(times):
        body = {"case_number": number, "phone_tail": WRONG_TAIL}
        assert tried(ctx, body, f"192.0.2.{one}") == "case_not_found"
        ctx.clock.advance(apart)


@pytest.mark.parametrize("proof", ["number", "token"])
def test_a_new_code_from_the_window_resets_a_used_up_tail(app: Flask, case: dict[str, Any], proof: str) -> None:
    ctx, number = app.extensions["kiosk"], case["case_number"]
    times = policy.TAIL_OF_CASE.total or 0

    def body(tail: str) -> dict[str, str]:
        thing = {"case_number": number} if proof == "number" else {"lookup_token": case["lookup_token"]}
        return {**thing, "phone_tail": tail}

    for one in range(times):  # one a day
        assert tried(ctx, body(WRONG_TAIL), f"192.0.2.{one}") == "case_not_found"
        ctx.clock.advance(timedelta(days=1))
    assert tried(ctx, body(TAIL), OWNER) == "whole_phone_needed"
    _, officer = sign_in(ctx, "office", PASSWORD, OWNER)
    case = {"lookup_token": renew_code(ctx, officer, number, identity_checked=True).lookup_token}
    assert tried(ctx, body(TAIL), OWNER) == "found"


def test_a_used_up_budget_admits_a_quiet_owner_and_no_attacker(app: Flask, case: dict[str, Any]) -> None:
    """Refused tries are noted too: no wait between two of them is a quiet half minute."""
    ctx, number = app.extensions["kiosk"], case["case_number"]
    right = {"case_number": number, "phone_tail": TAIL}
    missed(ctx, number, policy.TAIL_OF_CASE.most)
    for _ in range(180):
        assert tried(ctx, right, STRANGER) == "too_many_tries"
        ctx.clock.advance(SECOND)
    assert tried(ctx, right, OWNER) == "found"
    assert tried(ctx, right, STRANGER) == "too_many_tries"
    ctx.clock.advance(31 * SECOND)
    assert tried(ctx, right, STRANGER) == "found"  # after half a minute without tries


def test_a_quiet_source_uses_the_slot_up_for_half_a_minute(app: Flask, case: dict[str, Any]) -> None:
    """A hundred addresses with one try each share one miss per slot."""
    ctx, number = app.extensions["kiosk"], case["case_number"]
    missed(ctx, number, policy.TAIL_OF_CASE.most)
    wrong = {"case_number": number, "phone_tail": WRONG_TAIL}
    answers = []
    for one in range(100):
        answers.append(tried(ctx, wrong, f"198.51.100.{one}"))
        ctx.clock.advance(SECOND)
    assert answers.count("case_not_found") == 3
    assert answers.count("too_many_tries") == 97


def test_a_clock_that_was_ahead_locks_nobody_out(app: Flask, case: dict[str, Any]) -> None:
    """Counts with a time in the future count as of now, for the case and for the source."""
    ctx, number = app.extensions["kiosk"], case["case_number"]
    right, ahead = {"case_number": number, "phone_tail": TAIL}, timedelta(days=300)
    other = make(START.date(), 5)
    ctx.clock.advance(ahead)
    for one in (number, other):
        missed(ctx, one, policy.TAIL_OF_CASE.most)
    assert tried(ctx, right, STRANGER) == "too_many_tries"
    ctx.clock.advance(-ahead)
    for source in (OWNER, STRANGER):
        assert tried(ctx, right | {"case_number": other}, source) == "too_many_tries"
        assert tried(ctx, right, source) == "too_many_tries"
    ctx.clock.advance(31 * SECOND)
    for source in (OWNER, STRANGER):
        assert tried(ctx, right, source) == "found"


def test_an_officer_can_sign_in_after_a_clock_was_ahead(app: Flask) -> None:
    ctx, ahead = app.extensions["kiosk"], timedelta(days=300)
    ctx.clock.advance(ahead)
    for one in range(policy.SIGN_IN_NAME.most):
        with pytest.raises(DomainError, match="wrong_password"):
            sign_in(ctx, "office", "wrong", f"192.0.2.{one}")
    ctx.clock.advance(-ahead)
    with pytest.raises(DomainError, match="too_many_tries"):
        sign_in(ctx, "office", PASSWORD, OWNER)
    ctx.clock.advance(31 * SECOND)
    assert sign_in(ctx, "office", PASSWORD, OWNER)[1].username == "office"


@pytest.mark.parametrize("step", ["withdraw", "review"])
def test_steps_that_end_or_reopen_a_case_need_token_and_phone(app: Flask, case: dict[str, Any], step: str) -> None:
    client = app.test_client()
    for number, (body, field) in enumerate((
        ({"lookup_token": case["lookup_token"]}, "phone_tail"),
        ({"case_number": case["case_number"], "phone_tail": TAIL}, "lookup_token"),
        ({"case_number": case["case_number"], "phone_tail": "13912345678"}, "lookup_token"),
        ({"lookup_token": " ", "case_number": case["case_number"], "phone_tail": TAIL}, "lookup_token"),
    )):  # fmt: skip
        answer = client.post(f"/api/v1/cases/{step}", json=body,
                             headers={"Idempotency-Key": f"half-a-proof-{number}"})  # fmt: skip
        assert answer.status_code == 422, body
        assert [one["field"] for one in answer.get_json()["errors"]] == [field]
    seen = client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]})
    assert seen.get_json()["status"] == "registered"


def test_the_owner_is_shown_guesses_from_the_fifth_on(app: Flask, case: dict[str, Any]) -> None:
    """Fewer may be the owner's own typing errors."""
    ctx, token = app.extensions["kiosk"], {"lookup_token": case["lookup_token"]}
    last = ctx.clock.now()
    missed(ctx, case["case_number"], 4)
    assert look_up(ctx, Identification(**token), OWNER).guessed_at is None
    missed(ctx, case["case_number"], 1)
    shown = look_up(ctx, Identification(**token), OWNER).guessed_at
    assert (shown.times, shown.last_at) == (5, last)
    assert "5次" in shown.sentence and "新的二维码" in shown.sentence
    ctx.clock.advance(timedelta(days=31))
    assert look_up(ctx, Identification(**token), OWNER).guessed_at is None


def test_all_ways_of_guessing_are_shown_together(app: Flask, case: dict[str, Any]) -> None:
    ctx, token = app.extensions["kiosk"], {"lookup_token": case["lookup_token"]}
    number = {"case_number": case["case_number"]}
    for way in (number, token):
        for phone in (WRONG_TAIL, "13800000000"):
            assert tried(ctx, way | {"phone_tail": phone}, STRANGER) == "case_not_found"
    assert look_up(ctx, Identification(**token), OWNER).guessed_at is None
    assert tried(ctx, token | {"phone_tail": WRONG_TAIL}, STRANGER) == "case_not_found"
    assert look_up(ctx, Identification(**token), OWNER).guessed_at.times == 5
