"""Each budget of guesses separately: everything else differs between tries, so only this budget can stop them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain import policy
from kiosk_api.domain.budgets import Budget
from kiosk_api.domain.case_number import make
from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.citizen_steps import look_up
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.services.channels.binding import code_fits
from kiosk_api.services.chat.drafts import load_draft
from kiosk_api.services.petitions.assist import code_errors
from kiosk_api.services.staff.handover import take_over
from kiosk_api.services.staff.sign_in import sign_in
from tests.factories import PASSWORD, START

Try = Callable[[Context, str, int], object]  # context, case number, which try
MISSED = {"case_not_found", "handover_not_found", "wrong_password"}
PHONE, OWNER = "13912345678", "203.0.113.77"
WRONG_TAIL, WRONG_PHONE = "0000", "13800000000"


def source(number: int) -> str:
    return f"198.51.{number // 250}.{number % 250}"


def by_number(number: str, phone: str) -> Identification:
    return Identification(case_number=number, phone_tail=phone)


def of_case(phone: str) -> Try:
    return lambda ctx, case, n: look_up(ctx, by_number(case, phone), source(n))


def of_any_case(phone: str, where: Callable[[int], str]) -> Try:
    return lambda ctx, _, n: look_up(ctx, by_number(make(START.date(), 1000 + n), phone), where(n))


def one_place(_: int) -> str:
    return "198.51.100.1"


def handed(officer_of: Callable[[int], str]) -> Try:
    def one_try(ctx: Context, _: str, number: int) -> object:
        with ctx.store.read() as records:
            found = records.officer_by_name("office")
        assert found is not None
        return take_over(ctx, replace(found[0], id=officer_of(number)), f"AAAA{number:04}")

    return one_try


def assisted(where: Callable[[int], str]) -> Try:
    return lambda ctx, _, n: not code_errors(ctx, {"assisted_by_code": f"{n:06}"}, where(n))


def bound(where: Callable[[int], str]) -> Try:
    return lambda ctx, _, n: code_fits(ctx, f"asked-{n}", where(n), "0" * 64, "1" * 64)


TRIES: dict[Budget, Try] = {
    policy.TAIL_OF_CASE: of_case(WRONG_TAIL),
    policy.TAIL_SOURCE: of_any_case(WRONG_TAIL, one_place),
    policy.TAIL_EVERYBODY: of_any_case(WRONG_TAIL, source),
    policy.PHONE_OF_CASE: of_case(WRONG_PHONE),
    policy.PHONE_SOURCE: of_any_case(WRONG_PHONE, one_place),
    policy.PHONE_EVERYBODY: of_any_case(WRONG_PHONE, source),
    policy.SIGN_IN_PAIR: lambda ctx, _, n: sign_in(ctx, "office", f"wrong-{n}", one_place(n)),
    policy.SIGN_IN_NAME: lambda ctx, _, n: sign_in(ctx, "office", f"wrong-{n}", source(n)),
    policy.SIGN_IN_SOURCE: lambda ctx, _, n: sign_in(ctx, f"nobody-{n}", "wrong", one_place(n)),
    policy.SIGN_IN_EVERYBODY: lambda ctx, _, n: sign_in(ctx, f"nobody-{n}", "wrong", source(n)),
    policy.RESUME_SOURCE: lambda ctx, _, n: load_draft(ctx, None, f"{n:08}", one_place(n)).draft,
    policy.RESUME_EVERYBODY: lambda ctx, _, n: load_draft(ctx, None, f"{n:08}", source(n)).draft,
    policy.BIND_SOURCE: bound(one_place),
    policy.BIND_EVERYBODY: bound(source),
    policy.HANDOVER_OFFICER: handed(one_place),
    policy.HANDOVER_EVERYBODY: handed(source),
    policy.ASSIST_SOURCE: assisted(one_place),
    policy.ASSIST_EVERYBODY: assisted(source),
}


def misses(ctx: Context, case: str, one_try: Try, apart: timedelta = timedelta(0)) -> tuple[int, str]:
    """How many wrong tries, `apart` from each other, are answered, and the answer to the next."""
    missed = 0
    while True:
        try:
            assert not one_try(ctx, case, missed)
        except DomainError as error:
            if error.code not in MISSED:
                return missed, error.code
        missed += 1
        ctx.clock.advance(apart)


@pytest.mark.parametrize("budget", TRIES, ids=lambda one: one.name)
def test_a_used_up_budget_refuses_further_tries(
    app: Flask, case: dict[str, Any], budget: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = app.extensions["kiosk"]
    # what an unknown name costs is tested elsewhere
    monkeypatch.setattr("kiosk_api.services.staff.sign_in.NOBODYS", ctx.passwords.hash(PASSWORD))
    assert misses(ctx, case["case_number"], TRIES[budget]) == (budget.most, "too_many_tries")


def test_every_budget_is_tried_here() -> None:
    assert set(TRIES) == {one for one in vars(policy).values() if isinstance(one, Budget) and one.slot}


def test_a_tail_is_blocked_after_its_total_of_misses_however_slow(app: Flask, case: dict[str, Any]) -> None:
    """One try a day would find one of 10,000 values in time; so the whole number is required then, and
    it resets the tail."""
    ctx, number = app.extensions["kiosk"], case["case_number"]
    guess, day = TRIES[policy.TAIL_OF_CASE], timedelta(days=1)
    assert misses(ctx, number, guess, day) == (policy.TAIL_OF_CASE.total, "whole_phone_needed")
    assert look_up(ctx, by_number(number, PHONE), OWNER)
    assert look_up(ctx, by_number(number, PHONE[-4:]), OWNER)
    assert misses(ctx, number, guess, day) == (policy.TAIL_OF_CASE.total, "whole_phone_needed")
