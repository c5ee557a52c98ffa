"""Uses that cost work or paper are charged in their own transaction, and only if they succeed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain import policy
from kiosk_api.domain.budgets import Budget
from kiosk_api.domain.errors import DomainError
from kiosk_api.services.attachments.bundles import open_bundle
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import Submission
from kiosk_api.services.base.limits import budget_mark, charge, charge_in
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.records import CaseFilter
from kiosk_api.services.chat.hall_calls import call_hall
from kiosk_api.services.chat.leave_number import leave_number
from kiosk_api.services.petitions.submit_petition import submit_petition
from kiosk_api.services.staff.handover import leave_for_officer
from kiosk_api.services.staff.sign_in import note_seen, sign_in
from tests.factories import PASSWORD, petition

HALL, MANY, THREADS = "198.51.100.1", 80, 16
STORE = "kiosk_api.persistence"
Step = Callable[[Context, int], object]


def submitted(ctx: Context, number: int) -> dict[str, Any]:
    return submit_petition(ctx, Submission(f"charged-case-{number}", petition()), HALL)


def number_left(ctx: Context, number: int) -> dict[str, Any]:
    return leave_number(ctx, Submission(f"charged-callback-{number}", {"phone": "13912345678"}), HALL)


def hall_called(ctx: Context) -> object:
    """With an officer at the desk."""
    note_seen(ctx, sign_in(ctx, "office", PASSWORD, HALL)[0])
    return call_hall(ctx, "", HALL)


# budget → its use, and the last write after the charge
STEPS: dict[Budget, tuple[Step, str]] = {
    policy.CALLBACKS: (number_left, f"{STORE}.records.SqlRecords.save_answer"),
    policy.HALL_CALLS: (lambda ctx, _: hall_called(ctx), f"{STORE}.callbacks.SqlHallCalls.add"),
    policy.PETITIONS: (submitted, f"{STORE}.records.SqlRecords.save_answer"),
    policy.HANDOVERS: (lambda ctx, _: leave_for_officer(ctx, {"facts": "半截话"}, HALL),
                       f"{STORE}.handovers.SqlHandovers.leave"),
    policy.BUNDLES: (lambda ctx, _: open_bundle(ctx, HALL),
                     f"{STORE}.attachments.SqlAttachments.open_bundle"),
}  # fmt: skip


def used(ctx: Context, budget: Budget) -> float:
    with ctx.store.read() as records:
        (spent,) = records.allowances.read([budget_mark(ctx, budget, HALL)])
    return spent.level


def side_by_side(step: Callable[[int], object]) -> list[str]:
    """The answers to concurrent requests that all passed the check before the transaction."""

    def one(number: int) -> str:
        for _ in range(20):
            try:
                step(number)
            except DomainError as error:
                return error.code
            except StoreBusy:  # only the machine is slow
                continue
            return "let in"
        return "busy"

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(MANY)))


@pytest.fixture
def nobody_looks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all requests had checked the budget before any was charged."""
    for module in ("base.limits", "petitions.submit_petition"):
        monkeypatch.setattr(f"kiosk_api.services.{module}.require_allowance", lambda *_: None)


@pytest.mark.usefixtures("nobody_looks_first")
def test_charges_side_by_side_get_no_more_than_the_budget(app: Flask) -> None:
    ctx, most = app.extensions["kiosk"], policy.PRINTS.most
    answers = side_by_side(lambda _: charge(ctx, policy.PRINTS, HALL))
    assert (answers.count("let in"), answers.count("too_many_tries")) == (most, MANY - most)
    assert used(ctx, policy.PRINTS) == most


@pytest.mark.usefixtures("nobody_looks_first")
def test_petitions_side_by_side_get_no_more_than_the_budget(app: Flask) -> None:
    ctx, most = app.extensions["kiosk"], policy.PETITIONS.most
    answers = side_by_side(lambda number: submitted(ctx, number))
    assert (answers.count("let in"), answers.count("too_many_tries")) == (most, MANY - most)
    with ctx.store.read() as records:
        assert records.cases.count(CaseFilter()) == most


def test_a_budget_charged_under_a_clock_that_was_ahead_recovers(app: Flask) -> None:
    ctx, ahead = app.extensions["kiosk"], timedelta(days=300)
    ctx.clock.advance(ahead)
    for _ in range(policy.PRINTS.most):
        charge(ctx, policy.PRINTS, HALL)
    ctx.clock.advance(-ahead)
    with pytest.raises(DomainError, match="too_many_tries"):
        charge(ctx, policy.PRINTS, HALL)
    ctx.clock.advance(policy.PRINTS.within / policy.PRINTS.most)
    charge(ctx, policy.PRINTS, HALL)
    with pytest.raises(DomainError, match="too_many_tries"):
        charge(ctx, policy.PRINTS, HALL)


def test_a_charge_is_undone_with_its_transaction(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    with suppress(ZeroDivisionError), ctx.store.write() as records:
        charge_in(ctx, records, policy.PRINTS, HALL)
        raise ZeroDivisionError
    assert used(ctx, policy.PRINTS) == 0


@pytest.mark.parametrize("budget", STEPS, ids=lambda one: one.name)
def test_a_use_that_fails_after_the_charge_is_not_counted(
    app: Flask, monkeypatch: pytest.MonkeyPatch, budget: Budget
) -> None:
    ctx, (step, last_write) = app.extensions["kiosk"], STEPS[budget]
    reached = []

    def fail(*_: object) -> None:
        reached.append(1)
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(last_write, fail)
        with pytest.raises(ZeroDivisionError):
            step(ctx, 1)
    assert reached and used(ctx, budget) == 0
    step(ctx, 1)
    assert used(ctx, budget) == 1


def test_a_petition_that_is_refused_or_sent_twice_is_not_counted(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    for body in (petition(consent=False), petition(request=""), [], petition(assisted_by_code="000000")):
        with pytest.raises(DomainError):
            submit_petition(ctx, Submission("refused-case", body), HALL)
    with pytest.raises(DomainError, match="idempotency_key_required"):
        submit_petition(ctx, Submission(None, petition()), HALL)
    assert used(ctx, policy.PETITIONS) == 0
    assert submitted(ctx, 1) == submitted(ctx, 1)
    with pytest.raises(DomainError, match="idempotency_conflict"):
        submit_petition(ctx, Submission("charged-case-1", petition(request="改过的请求")), HALL)
    assert used(ctx, policy.PETITIONS) == 1
