"""Memories that stay bounded, and what use cases refuse when they are asked for what is not there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.units import Unit
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.chat import sessions
from kiosk_api.services.chat.chat import Turn
from kiosk_api.services.chat.repeats import Repeats
from kiosk_api.services.organisation.units import heir_of
from kiosk_api.services.petitions.route_matter import route_matter
from kiosk_api.services.staff import manage_accounts, staff_cases
from kiosk_api.services.staff.accounts import add_officer
from tests.desk import staff
from tests.documents.steps import officer
from tests.factories import PASSWORD, UNIT, fresh_app, register


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


def refused(work: Any, *given: Any, **more: Any) -> tuple[str, list[str]]:
    with pytest.raises(DomainError) as caught:
        work(*given, **more)
    return caught.value.code, [one.field for one in caught.value.errors]


def test_of_conversations_that_ended_the_latest_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "ENDED_KNOWN", 2)
    talks = sessions.ChatSessions()
    for name in "abc":
        talks.end(name * 20)
    assert [talks.has_ended(name * 20) for name in "abc"] == [False, True, True]


def test_of_sources_the_latest_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_SOURCES_KNOWN", 2)
    pace = sessions._Pace(1, sessions.NEW_EVERY)
    assert [pace.wait(source, 0.0) for source in "abc"] == [0, 0, 0]
    assert pace.wait("c", 0.0) > 0 and pace.wait("a", 0.0) == 0  # a was forgotten


def test_of_answers_the_latest_are_kept() -> None:
    said: list[str] = []
    repeats = Repeats(most=1)

    def say(name: str) -> Turn:
        said.append(name)
        return Turn(name, degraded=False, expects=None, replies=[])

    for session in ("a" * 20, "b" * 20, "a" * 20):
        repeats.once(session, "m" * 20, lambda session=session: say(session))  # type: ignore[misc]
    assert len(said) == 3
    repeats.once("a" * 20, "m" * 20, lambda: say("again"))
    assert len(said) == 3


def test_an_account_under_a_name_role_or_unit_that_cannot_be(ctx: Context) -> None:
    for username, role, unit, code in (("new", "mayor", None, "unknown_role"), ("new", "responsible_unit", "u-none", "unknown_unit"),
                                       ("office", "supervisor", None, "name_taken")):  # fmt: skip
        assert refused(add_officer, ctx, username, role, "某某", unit, PASSWORD)[0] == code


def test_an_account_moves_only_when_its_office_changes(ctx: Context) -> None:
    manager = add_officer(ctx, "manager", "administrator", "管理员", None, PASSWORD)
    with ctx.store.read() as records:
        found = records.officer_by_name("unit")
    assert found is not None
    manage_accounts.move(ctx, manager, found[0].id, "responsible_unit", UNIT)
    with ctx.store.read() as records:
        assert records.officer_by_name("unit") == found
    manage_accounts.move(ctx, manager, found[0].id, "administrator", "")
    manage_accounts.move(ctx, manager, manager.id, "supervisor", "")
    with ctx.store.read() as records:
        moved, former = records.officer_by_name("unit"), records.officer_by_name("manager")
    assert moved and former and (moved[0].role, former[0].role) == (Role.ADMINISTRATOR, Role.SUPERVISOR)


def test_a_head_sends_an_officer_aside_by_name_and_a_unit_its_own_people_only(app: Flask, ctx: Context) -> None:
    """Art. 28: whoever has an interest steps aside; who leads decides it of others."""
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    for who, name in (("lead", "nobody"), ("leader", "nobody"), ("leader", "office")):
        assert refused(staff, app, who, number, "step_aside", interest="亲属", officer=name) == (
            "incomplete",
            ["officer"],
        )
    staff(app, "leader", number, "step_aside", interest="亲属", officer="unit")
    staff(app, "lead", number, "step_aside", interest="同学", officer="office")
    for who in ("unit", "office"):
        assert refused(staff_cases.view_case, ctx, officer(app, who), number)[0] == "case_not_found"


def test_a_list_and_a_matter_that_are_none(app: Flask, ctx: Context) -> None:
    assert (
        refused(staff_cases.list_cases, ctx, officer(app, "office"), staff_cases.Wanted("nothing"))[0] == "unknown_view"
    )
    assert refused(route_matter, ctx, "  ") == ("invalid_request", ["text"])
    assert refused(route_matter, ctx, "长" * (TEXT_MAX + 1)) == ("invalid_request", ["text"])


def test_successors_in_a_ring_end_somewhere() -> None:
    ended = date(2025, 1, 1)
    ring = {
        one: Unit(one, None, "bureau", one, successor_id=other, active_to=ended)
        for one, other in (("a", "b"), ("b", "a"))
    }
    assert heir_of(ring, ring["a"], date(2026, 1, 1)) in ring
