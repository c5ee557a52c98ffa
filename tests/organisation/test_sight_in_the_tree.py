"""Leaders read what the units below theirs handle; who reviews sees what was handled below."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.domain.access import below, not_below, only_reads, scope_of
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.wall import Place
from kiosk_api.domain.workflow import Role, Status
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.case_documents import documents_view, make
from kiosk_api.services.staff.sign_in import sign_in
from kiosk_api.services.staff.staff_cases import Wanted, list_cases, view_case
from tests.desk import concluded, staff
from tests.factories import PASSWORD, fresh_app, register

COUNTY = "u-0001"
TREE = {
    "top": Place("top", "government"),
    "mid": Place("mid", "department", "top"),
    "low": Place("low", "street", "mid"),
    "court": Place("court", "court", "top", "high"),
    "high": Place("high", "court"),
    "ring": Place("ring", "street", "ring"),
    "old": Place("old", "unlisted"),
}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = fresh_app(tmp_path, officers=True)
    for name, role in (("county", "unit_leader"), ("clerk", "responsible_unit")):
        add_officer(app.extensions["kiosk"], name, role, "负责人庚", COUNTY, PASSWORD)
    return app


def seen(app: Flask, who: str, view: str = "all") -> list[str]:
    ctx = app.extensions["kiosk"]
    _, officer = sign_in(ctx, who, PASSWORD, "test")
    return [one.case_number for one in list_cases(ctx, officer, Wanted(view)).items]


def accusation(app: Flask) -> str:
    """One that the discipline inspection of the county has."""
    number = str(register(app)["case_number"])
    staff(app, "office", number, "correct_route", window="discipline", kind="accusation")
    staff(app, "office", number, "transfer", unit="u-0015", reason="检举控告，转送纪检监察机关")
    return number


def test_below_follows_parents_and_review_follows_superiors() -> None:
    assert below("top", TREE) == {"top", "mid", "low", "court"} and below("ring", TREE) == {"ring"}
    assert not_below("top", TREE) == {"top", "court", "high", "ring"}  # nobody knows who is above an unlisted one
    assert not_below("high", TREE) == {"top", "mid", "low", "high", "ring"}


def test_a_leader_sees_no_secret_of_another_unit() -> None:
    scope = scope_of(Role.UNIT_LEADER, "top", TREE)
    accepted = {"status": Status.ACCEPTED, "kind": "appeal", "doubtful": False}
    assert scope.holds(unit="low", **accepted)
    for more in ({"kind": "accusation"}, {"doubtful": True}, {"confidential": True}):
        assert not scope.holds(unit="low", **{**accepted, **more})
        assert scope.holds(unit="top", **{**accepted, **more})
    assert not scope_of(Role.RESPONSIBLE_UNIT, "top", TREE).holds(unit="low", **accepted)
    assert only_reads(Role.UNIT_LEADER, "top", "low") and not only_reads(Role.UNIT_LEADER, "low", "low")


def test_a_leader_reads_what_a_unit_below_handles_and_does_nothing_there(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], register(app)["case_number"]
    concluded(app, number)
    assert seen(app, "county") == [number] and seen(app, "clerk") == []
    assert seen(app, "county", "mine") == []
    _, leader = sign_in(ctx, "county", PASSWORD, "test")
    shown = view_case(ctx, leader, number)
    assert not [one for one in shown.actions if one.allowed] and shown.actions[0].reason.startswith(
        "这件事不由您的单位"
    )
    assert documents_view(ctx, leader, number).to_make == []
    _, clerk = sign_in(ctx, "unit", PASSWORD, "test")
    place = documents_view(ctx, clerk, number).to_make[0].event
    assert make(ctx, clerk, number, place, "").items
    waiting = documents_view(ctx, leader, number).items[0]
    assert not waiting.may_decide and not waiting.may_deliver
    with pytest.raises(DomainError, match="forbidden"):
        staff(app, "county", number, "note", text="催一催")


def test_a_leader_does_not_see_accusations_that_a_unit_below_handles(app: Flask) -> None:
    number = accusation(app)
    assert seen(app, "county") == []
    add_officer(app.extensions["kiosk"], "own", "unit_leader", "负责人辛", "u-0015", PASSWORD)
    assert seen(app, "own") == [number]


def test_words_find_no_case_out_of_sight(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], accusation(app)
    for who in ("county", "clerk"):
        _, officer = sign_in(ctx, who, PASSWORD, "test")
        for words in (number, number[-4:], "纪委"):
            assert list_cases(ctx, officer, Wanted("all", words)).items == []
