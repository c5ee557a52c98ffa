"""Staff lists: the role's scope AND the view AND every filter, against a plain oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from kiosk_api.domain.policy import DUE_SOON
from kiosk_api.domain.projection import Projection
from kiosk_api.domain.workflow import Role, Status
from kiosk_api.persistence import case_lists
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CaseRecord, LookupMarks, Officer
from kiosk_api.services.staff import staff_cases
from kiosk_api.services.staff.staff_cases import Wanted
from tests.factories import START, UNIT, UNIT_NAME, fresh_app, petition, register
from tests.past_guards import past_guards

OTHER = "u-0210"
NAMES = {UNIT: UNIT_NAME, OTHER: "青禾县自然资源局", None: ""}
KINDS = ("appeal", "suggestion", "accusation")
VIEWS = ("mine", "new", "due", "overdue", "urged", "all")
OFFICERS = (
    (Role.PETITION_OFFICE, None), (Role.SUPERVISOR, None), (Role.REVIEW_UNIT, None),
    (Role.RESPONSIBLE_UNIT, UNIT), (Role.RESPONSIBLE_UNIT, OTHER), (Role.RESPONSIBLE_UNIT, None),
)  # fmt: skip
MINE = {
    Role.PETITION_OFFICE: {"registered", "reported", "objected"},
    Role.SUPERVISOR: {"objected"},
    Role.RESPONSIBLE_UNIT: {"forwarded", "assigned", "accepted", "rehandling"},
    Role.REVIEW_UNIT: {"under_review", "under_reexamination"},
}
FILTERS = (
    ("", "", ""), ("0012", "", ""), ("青禾", "", ""), ("自然资源", "", ""), ("%", "", ""), ("_", "", ""), ("", "appeal", ""),
    ("", "accusation", ""), ("", "", "registered"), ("", "", "under_review"),
    ("青禾", "accusation", "under_review"), ("江畔", "appeal", "reviewed"), ("00", "suggestion", "accepted"),
)  # fmt: skip
IN_REVIEW = {"under_review", "reviewed", "under_reexamination", "reexamined", "rehandling"}
TODAY = START.date()
Known = tuple[CaseRecord, date | None, bool]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Context, list[Known]]:
    """One case of every kind, status and unit, with due days around today and some urged."""
    app = fresh_app(tmp_path_factory.mktemp("lists"), officers=True)
    return app.extensions["kiosk"], fill(app)


def fill(app: Flask) -> list[Known]:
    ctx: Context = app.extensions["kiosk"]
    answer = app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "the-first-case"})
    known: list[Known] = []
    dues = (None, TODAY - timedelta(1), TODAY, TODAY + DUE_SOON, TODAY + DUE_SOON + timedelta(1))
    with ctx.store.write() as records:
        first = records.cases.by_number(answer.get_json()["case_number"])
        assert first is not None
        for n, (kind, status, unit) in enumerate(product(KINDS, Status, (None, UNIT, OTHER))):
            case = replace(
                first, id=f"case{n:04}", case_number=f"XF20260302-AAAA-{n:04}-00", kind=kind,
                status=status, responsible_unit=unit,
            )  # fmt: skip
            records.cases.add(case, f"token{n}", LookupMarks(f"tail{n}", "phone"))
            due, urged = dues[n % len(dues)], n % 7 == 0
            if urged:
                records._connection.execute(text("UPDATE cases SET urged = 1 WHERE id = :id"), {"id": case.id})
            records.clocks.put(case, Projection((), due))
            known.append((case, due, urged))
        with past_guards(records._connection.exec_driver_sql):
            for table, key in (("events", "case_id"), ("case_clocks", "case_id"), ("cases", "id")):
                records._connection.execute(text(f"DELETE FROM {table} WHERE {key} = :id"), {"id": first.id})
    return known


def may_see(role: Role, unit: str | None, case: CaseRecord) -> bool:
    """The rule written a second time, so that it is not checked against itself."""
    if role is Role.RESPONSIBLE_UNIT:
        return unit is not None and case.responsible_unit == unit
    if role is Role.REVIEW_UNIT:
        return case.status.value in IN_REVIEW and case.kind != "accusation"
    return True


def in_view(role: Role, view: str, known: Known) -> bool:
    case, due, urged = known
    if view == "mine":
        return case.status.value in MINE[role]
    if view == "new":
        return case.status.value in {"registered", "forwarded", "assigned"}
    if view == "due":
        return due is not None and due <= TODAY + DUE_SOON
    if view == "overdue":
        return due is not None and due < TODAY
    if view == "urged":
        return urged and case.status.value not in {"closed", "withdrawn"}
    return True


def fits(wanted: Wanted, case: CaseRecord) -> bool:
    found = wanted.q in case.case_number or wanted.q in NAMES[case.responsible_unit]
    return found and wanted.kind in ("", case.kind) and wanted.status in ("", case.status.value)


def listed(ctx: Context, officer: Officer, wanted: Wanted) -> set[str]:
    found, page = set(), 1
    while True:
        one = staff_cases.list_cases(ctx, officer, wanted, page)
        found |= {item.case_number for item in one.items}
        if not one.has_next:
            assert one.counts[wanted.view] == len(found)
            return found
        page += 1


@pytest.mark.parametrize(("role", "unit"), OFFICERS)
@pytest.mark.parametrize("view", VIEWS)
def test_a_list_holds_the_cases_that_match_role_view_and_filters(
    world: tuple[Context, list[Known]], role: Role, unit: str | None, view: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    ctx, known = world
    monkeypatch.setattr(staff_cases, "PAGE_SIZE", len(known))
    officer = Officer("one", "one", "某某", role, unit)
    for q, kind, status in FILTERS:
        wanted = Wanted(view, q, kind, status)
        expected = {
            one[0].case_number for one in known
            if may_see(role, unit, one[0]) and in_view(role, view, one) and fits(wanted, one[0])
        }  # fmt: skip
        assert listed(ctx, officer, wanted) == expected, (role, view, q, kind, status)


@pytest.mark.parametrize(("role", "unit"), OFFICERS)
def test_words_that_many_numbers_hold_find_the_same(
    world: tuple[Context, list[Known]], role: Role, unit: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx, _ = world
    monkeypatch.setattr(staff_cases, "PAGE_SIZE", 20)
    officer = Officer("one", "one", "某某", role, unit)
    asked = [Wanted(view, *one) for view in ("mine", "due", "all") for one in FILTERS if one[0]]
    named = [listed(ctx, officer, one) for one in asked]
    monkeypatch.setattr(case_lists, "MOST_FOUND", 1)
    assert [listed(ctx, officer, one) for one in asked] == named


@pytest.mark.parametrize(("role", "unit"), OFFICERS)
def test_what_a_list_hides_cannot_be_opened_by_number(
    world: tuple[Context, list[Known]], role: Role, unit: str | None
) -> None:
    ctx, known = world
    officer = Officer("one", "one", "某某", role, unit)
    shown = listed(ctx, officer, Wanted("all"))
    with ctx.store.read() as records:
        for case, _, _ in known:
            try:
                staff_cases.visible_case(records, officer, case.case_number)
                opened = True
            except staff_cases.DomainError:
                opened = False
            assert opened == (case.case_number in shown)


def test_a_long_list_is_counted_and_turned_only_so_far(
    world: tuple[Context, list[Known]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx, known = world
    monkeypatch.setattr(staff_cases, "COUNTED_MOST", 30)
    monkeypatch.setattr(staff_cases, "PAGES_MAX", 2)
    office = Officer("one", "one", "某某", Role.PETITION_OFFICE, None)
    first, last = (staff_cases.list_cases(ctx, office, Wanted("all"), page) for page in (1, 2))
    assert len(known) > 60
    assert first.counts["all"] == 30 and first.counts["urged"] < 30
    assert (first.has_next, first.cut) == (True, False)
    assert (last.has_next, last.cut) == (False, True)
    assert not {one.case_number for one in first.items} & {one.case_number for one in last.items}


def test_the_page_says_that_there_are_more_than_it_counts(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        register(app, f"one-of-many-{number}")
    client = app.test_client()
    client.post("/desk/sign-in", data={"username": "office", "password": "invented-Password-1"})
    assert '共</span>3<span class="off-screen">件' in client.get("/desk?view=all").get_data(as_text=True)
    monkeypatch.setattr(staff_cases, "COUNTED_MOST", 3)
    assert '共</span>2+<span class="off-screen">件' in client.get("/desk?view=all").get_data(as_text=True)


def test_an_invalid_query_of_the_page_names_the_field(tmp_path: Path) -> None:
    client = fresh_app(tmp_path, officers=True).test_client()
    client.post("/desk/sign-in", data={"username": "review", "password": "invented-Password-1"})
    for query in ("page=0", "page=-1", "page=1e3", f"page={10**22}", "page=abc", "page=１", "page=1_0",
                  "q=%00", "q=" + "长" * 101, "kind=other", "status=gone"):  # fmt: skip
        answer = client.get(f"/desk?view=new&{query}")
        assert answer.status_code == 422, query
        assert answer.mimetype == "text/html"
    page = client.get("/desk?view=new&q=青禾&kind=appeal&page=2").get_data(as_text=True)
    assert 'value="青禾"' in page and "kind=appeal" in page
