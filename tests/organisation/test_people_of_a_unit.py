"""A case belongs to a unit and, inside, to a person: taken, handed over, kept by a deputy, and gone with the case."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from kiosk_api.domain.assignments import Absence, kept_by, stand_in_of
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow_around import URGENT_BY_UNITS
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.background import inspect
from kiosk_api.services.cases.rebuild import rebuild
from kiosk_api.services.staff import people
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.case_documents import documents_view, make
from kiosk_api.services.staff.entrust import entrust
from kiosk_api.services.staff.sign_in import sign_in
from kiosk_api.services.staff.staff_cases import Wanted, list_cases, view_case
from tests.desk import staff
from tests.factories import PASSWORD, START, UNIT, fresh_app, register

TODAY = START.date()


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = fresh_app(tmp_path, officers=True)
    for name, role, unit in (
        ("second", "responsible_unit", UNIT),
        ("third", "responsible_unit", UNIT),
        ("elsewhere", "responsible_unit", "u-0012"),
    ):
        add_officer(app.extensions["kiosk"], name, role, f"经办{name}", unit, PASSWORD)
    return app


@pytest.fixture
def number(app: Flask) -> str:
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    return number


def officer(app: Flask, name: str) -> Officer:
    return sign_in(app.extensions["kiosk"], name, PASSWORD, "test")[1]


def give(app: Flask, who: str, number: str, to: str = "", seen: int | None = None) -> Any:
    return entrust(app.extensions["kiosk"], officer(app, who), number, to, seen).in_charge


def mine(app: Flask, who: str) -> list[str]:
    found = list_cases(app.extensions["kiosk"], officer(app, who), Wanted("mine"))
    assert found.counts["mine"] == len(found.items)
    return [one.case_number for one in found.items]


def stored(app: Flask) -> list[tuple[Any, ...]]:
    with app.extensions["kiosk"].store._engine.connect() as connection:
        rows = connection.execute(text("SELECT seq, officer_id, set_by, to_at FROM assignments ORDER BY case_id, seq"))
        return [tuple(row) for row in rows]


def refused(app: Flask, who: str, number: str, to: str = "") -> str:
    with pytest.raises(DomainError) as caught:
        give(app, who, number, to)
    return caught.value.code


def test_what_nobody_has_is_on_the_list_of_everybody_and_what_somebody_has_on_theirs(app: Flask, number: str) -> None:
    assert mine(app, "unit") == mine(app, "second") == [number]
    taken = give(app, "unit", number)
    assert (taken.username, taken.since, taken.may_take) == ("unit", START, False)
    assert [one.username for one in taken.colleagues] == ["second", "third", "leader"]
    assert mine(app, "unit") == [number] and mine(app, "second") == [] and mine(app, "elsewhere") == []
    everything = list_cases(app.extensions["kiosk"], officer(app, "second"), Wanted("all"))
    assert [one.case_number for one in everything.items] == [number]


def test_who_has_it_and_the_leader_hand_it_over_and_nobody_else(app: Flask, number: str) -> None:
    give(app, "unit", number)
    assert refused(app, "second", number, "third") == "forbidden"
    assert give(app, "unit", number, "second").username == "second"
    assert give(app, "leader", number, "third").username == "third"
    assert give(app, "leader", number).username == "leader"
    assert [row[3] is None for row in stored(app)] == [False, False, False, True]
    for to in ("elsewhere", "office", "nobody"):
        assert refused(app, "leader", number, to) == "incomplete"
    assert refused(app, "leader", number, "leader") == "not_allowed_now"
    assert refused(app, "office", number, "unit") == "forbidden"
    assert refused(app, "elsewhere", number) == "case_not_found"


def test_a_page_that_is_stale_hands_nothing_over(app: Flask, number: str) -> None:
    seen = view_case(app.extensions["kiosk"], officer(app, "unit"), number).steps
    give(app, "second", number, seen=seen)
    with pytest.raises(DomainError, match="case_changed"):
        give(app, "leader", number, "third", seen)


def test_it_is_an_internal_step_that_the_general_form_does_not_take(app: Flask, number: str) -> None:
    give(app, "unit", number)
    shown = view_case(app.extensions["kiosk"], officer(app, "unit"), number)
    assert (shown.timeline[-1].event, shown.timeline[-1].data["officer"]) == ("entrust", "unit")
    assert "entrust" not in [one.action for one in shown.actions]
    with pytest.raises(DomainError, match="unknown_action"):
        staff(app, "unit", number, "entrust", officer="second")


@pytest.mark.parametrize(("action", "data"), [("recall", {"reason": "转错了单位"})])
def test_with_the_case_the_person_loses_it_at_once(app: Flask, number: str, action: str, data: dict[str, str]) -> None:
    give(app, "unit", number)
    staff(app, "office", number, action, **data)
    assert mine(app, "unit") == [] and stored(app)[0][3] is not None
    assert refused(app, "unit", number, "second") == "case_not_found"
    staff(app, "office", number, "forward", unit=UNIT)
    assert mine(app, "second") == [number], "given again, it is nobody's"


def test_who_steps_aside_no_longer_has_it_and_gets_it_no_more(app: Flask, number: str) -> None:
    give(app, "unit", number)
    staff(app, "unit", number, "step_aside", interest="亲属")
    assert mine(app, "second") == [number]
    assert refused(app, "leader", number, "unit") == "incomplete"
    assert "unit" not in [one.username for one in give(app, "leader", number).colleagues]


def test_who_works_elsewhere_or_was_disabled_has_nothing_any_more(app: Flask, number: str) -> None:
    for change in ("UPDATE officers SET unit = 'u-0012'", "UPDATE officers SET is_active = false"):
        give(app, "leader", number, "third")
        assert mine(app, "second") == []
        with app.extensions["kiosk"].store._engine.begin() as connection:
            connection.execute(text(f"{change} WHERE username = 'third'"))
        assert mine(app, "second") == [number]
        give(app, "second", number)
        with app.extensions["kiosk"].store._engine.begin() as connection:
            connection.execute(text(f"UPDATE officers SET unit = '{UNIT}' WHERE username = 'third'"))


def test_while_somebody_is_away_their_cases_are_on_the_deputys_list(app: Flask, number: str) -> None:
    ctx = app.extensions["kiosk"]
    give(app, "unit", number)
    first, last = (TODAY + timedelta(days=1)).isoformat(), (TODAY + timedelta(days=3)).isoformat()
    found = people.be_away(ctx, officer(app, "unit"), "", "second", first, last)
    assert [(one.username, one.away[0].deputy) for one in found if one.away] == [("unit", "经办second")]
    assert mine(app, "second") == []
    ctx.clock.advance(timedelta(days=1))
    assert mine(app, "second") == mine(app, "unit") == [number] and mine(app, "third") == []
    new = str(register(app, "while-away")["case_number"])
    staff(app, "office", new, "forward", unit=UNIT)
    given = give(app, "leader", new, "unit")
    assert given.stand_in == "经办second" and set(mine(app, "second")) == {number, new}
    assert view_case(ctx, officer(app, "second"), number).in_charge.may_take
    assert give(app, "second", number, "third").username == "third", "the deputy hands over in their place"
    people.be_back(ctx, officer(app, "unit"), "")
    assert mine(app, "second") == [] and mine(app, "unit") == [new]
    with pytest.raises(DomainError, match="not_allowed_now"):
        people.be_back(ctx, officer(app, "unit"), "")


def test_an_absence_is_refused_with_every_field(app: Flask) -> None:
    ctx, day = app.extensions["kiosk"], TODAY.isoformat()

    def fields(who: str, *given: str) -> list[str]:
        with pytest.raises(DomainError) as caught:
            people.be_away(ctx, officer(app, who), *given)
        return [one.field for one in caught.value.errors] or [caught.value.code]

    assert fields("unit", "", "", "", "") == ["deputy", "from_on", "to_on"]
    assert fields("unit", "", "unit", "2026-03-01", "2099-01-01") == ["deputy", "from_on", "to_on"]
    assert fields("unit", "second", "third", day, day) == ["forbidden"]
    assert fields("leader", "elsewhere", "third", day, day) == ["officer"]
    assert fields("office", "", "unit", day, day) == ["forbidden"]
    people.be_away(ctx, officer(app, "leader"), "second", "third", day, day)
    assert fields("leader", "second", "unit", day, day) == ["from_on"]
    assert fields("unit", "", "second", day, day) == ["deputy"]
    with pytest.raises(DomainError, match="forbidden"):
        people.be_back(ctx, officer(app, "unit"), "second")


def test_assignments_can_be_made_anew_from_the_events(app: Flask, number: str) -> None:
    ctx = app.extensions["kiosk"]
    give(app, "unit", number)
    give(app, "unit", number, "second")
    right = stored(app)
    for damage in ("DELETE FROM assignments", "UPDATE assignments SET to_at = NULL, officer_id = 'somebody'"):
        with ctx.store._engine.begin() as connection:
            connection.execute(text(damage))
        assert [done.changed for done in rebuild(ctx)][-1] == 1
        assert stored(app) == right
    inspect(ctx)
    assert stored(app) == right


def test_deputies_of_deputies_stand_in_and_a_ring_ends_with_nobody() -> None:
    away = [Absence("a", "b", TODAY, TODAY), Absence("b", "c", TODAY, TODAY)]
    assert stand_in_of("a", away) == stand_in_of("b", away) == "c" and stand_in_of("c", away) is None
    assert kept_by("c", away) == {"a", "b", "c"} and kept_by("b", away) == {"b"}
    ring = [*away, Absence("c", "a", TODAY, TODAY)]
    assert stand_in_of("a", ring) is None and kept_by("a", ring) == {"a"}


def acts(app: Flask, who: str, number: str, action: str = "accept", **data: str) -> str:
    """The code of the refusal; empty when the step was taken."""
    try:
        staff(app, who, number, action, **(data or {"procedure": "investigation"}))
    except DomainError as refused_with:
        return refused_with.code
    return ""


def test_a_colleague_takes_a_case_over_in_one_recorded_step_before_acting(app: Flask, number: str) -> None:
    ctx = app.extensions["kiosk"]
    give(app, "unit", number)
    shown = view_case(ctx, officer(app, "second"), number)
    assert shown.in_charge and shown.in_charge.may_take and shown.in_charge.must_take
    assert {one.action.value for one in shown.actions if one.allowed} == {
        "note",
        "contact",
        "step_aside",
        "report_urgent",
    }
    assert acts(app, "second", number) == "with_colleague"
    with pytest.raises(DomainError) as told:
        staff(app, "second", number, "accept", procedure="investigation")
    assert "由经办乙承办" in told.value.detail and "由我接手" in told.value.detail
    taken = give(app, "second", number)
    assert (taken.username, taken.must_take) == ("second", False)
    assert acts(app, "unit", number) == "with_colleague", "who had it before is a colleague now"
    assert acts(app, "second", number) == ""
    events = [(one.event, one.data.get("officer")) for one in view_case(ctx, officer(app, "second"), number).timeline]
    assert events[-3:] == [("entrust", "unit"), ("entrust", "second"), ("accept", None)]


def test_a_colleague_helps_with_a_case_that_somebody_has(app: Flask, number: str) -> None:
    give(app, "unit", number)
    assert acts(app, "second", number, "note", text="来电补充了门牌号") == ""
    assert acts(app, "second", number, "contact", contact_kind="call", note="来电问进度，已告知") == ""
    recipients = {"recipients": ",".join(sorted(URGENT_BY_UNITS)), "summary": "墙要倒，已通知撤离"}
    assert acts(app, "second", number, "report_urgent", **recipients) == ""
    assert give(app, "unit", number, "third").username == "third", "and the case stays where it was"


@pytest.mark.parametrize("held", [False, True])
def test_the_leader_acts_on_every_case_and_anybody_on_one_that_nobody_has(app: Flask, number: str, held: bool) -> None:
    if held:
        give(app, "unit", number)
    staff(app, "leader" if held else "second", number, "note", text="看过")
    shown = view_case(app.extensions["kiosk"], officer(app, "leader" if held else "second"), number)
    assert shown.in_charge and not shown.in_charge.must_take
    assert acts(app, "unit" if held else "second", number) == ""


def test_the_stand_in_acts_while_the_person_is_away(app: Flask, number: str) -> None:
    ctx, day = app.extensions["kiosk"], TODAY.isoformat()
    give(app, "unit", number)
    people.be_away(ctx, officer(app, "unit"), "", "second", day, day)
    assert acts(app, "third", number) == "with_colleague"
    assert acts(app, "second", number) == ""


def test_a_colleague_makes_and_delivers_no_document_of_a_case_that_somebody_has(app: Flask, number: str) -> None:
    ctx = app.extensions["kiosk"]
    give(app, "unit", number)
    staff(app, "unit", number, "accept", procedure="investigation")
    place = len(view_case(ctx, officer(app, "unit"), number).timeline) - 1
    assert documents_view(ctx, officer(app, "unit"), number).to_make
    assert documents_view(ctx, officer(app, "second"), number).to_make == []
    with pytest.raises(DomainError, match="with_colleague"):
        make(ctx, officer(app, "second"), number, place, "")
    give(app, "second", number)
    assert make(ctx, officer(app, "second"), number, place, "").items
