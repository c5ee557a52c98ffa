"""Windows are units that sign in and act on what was sent to them; what is taken back is out of sight at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow import Role, WorkflowError
from kiosk_api.services.cases.rebuild import rebuild
from kiosk_api.services.organisation.units import load_units
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.at_the_window import take_step
from kiosk_api.services.staff.sign_in import sign_in
from kiosk_api.services.staff.staff_cases import Wanted, list_cases, view_case
from tests.desk import concluded, staff
from tests.factories import PASSWORD, UNIT, fresh_app, register

COURT, DISCIPLINE = "u-0012", "u-0015"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = fresh_app(tmp_path, officers=True)
    for name, unit in (("court", COURT), ("discipline", DISCIPLINE)):
        add_officer(app.extensions["kiosk"], name, Role.RESPONSIBLE_UNIT.value, "经办丙", unit, PASSWORD)
    return app


def seen(app: Flask, who: str) -> list[str]:
    ctx = app.extensions["kiosk"]
    _, officer = sign_in(ctx, who, PASSWORD, "test")
    return [one.case_number for one in list_cases(ctx, officer, Wanted("all")).items]


def opens(app: Flask, who: str, number: str) -> bool:
    ctx = app.extensions["kiosk"]
    _, officer = sign_in(ctx, who, PASSWORD, "test")
    try:
        view_case(ctx, officer, number)
    except DomainError as refused:
        return refused.code != "case_not_found"
    return True


def test_a_window_signs_in_sees_what_was_transferred_and_reports_the_outcome(app: Flask) -> None:
    number = register(app)["case_number"]
    assert seen(app, "court") == []
    staff(app, "office", number, "transfer", unit=COURT, reason="属于诉讼程序内事项")
    assert seen(app, "court") == [number] and seen(app, "discipline") == [] and seen(app, "unit") == []
    staff(app, "court", number, "report_outcome", result="已经立案")


def test_a_window_returns_what_is_not_its_own(app: Flask) -> None:
    number = register(app)["case_number"]
    staff(app, "office", number, "transfer", unit=COURT, reason="属于诉讼程序内事项")
    staff(app, "court", number, "object", reason="尚未起诉，不属于诉讼程序内事项")
    staff(app, "office", number, "uphold_objection")
    assert seen(app, "court") == [] and not opens(app, "court", number)


def test_what_is_taken_back_is_out_of_sight_at_once(app: Flask) -> None:
    number = register(app)["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    assert seen(app, "unit") == [number]
    staff(app, "office", number, "recall", reason="转错了单位")
    assert seen(app, "unit") == [] and not opens(app, "unit", number)
    with pytest.raises(DomainError) as refused:
        staff(app, "unit", number, "note", text="还能看到吗")
    assert refused.value.code == "case_not_found"


def test_a_review_is_for_a_unit_above_in_the_tree(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], register(app)["case_number"]
    for name, unit in (("beside", COURT), ("county", "u-0001")):
        add_officer(ctx, name, Role.REVIEW_UNIT.value, "复查丁", unit, PASSWORD)
    concluded(app, number)
    _, office = sign_in(ctx, "office", PASSWORD, "test")
    take_step(ctx, office, number, "request_review", {"reason": "不服"}, identity_checked=True)
    decision = {"decision": "upheld", "opinion": "原意见清楚"}
    with pytest.raises(WorkflowError) as refused:
        staff(app, "beside", number, "decide_review", **decision)
    assert refused.value.code == "forbidden"
    staff(app, "county", number, "decide_review", **decision)


def test_a_case_made_anew_from_its_events_stays_with_the_successor(app: Flask) -> None:
    ctx, number = app.extensions["kiosk"], register(app)["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    lines = Path(app.root_path, "sample", "units.csv").read_text(encoding="utf-8").splitlines()
    ended = [
        line.rsplit(",", 3)[0] + ",u-0210,2000-01-01,2026-03-01" if line.startswith(f"{UNIT},") else line
        for line in lines
    ]
    done = load_units(ctx, "\n".join(ended).encode())
    assert (done.problems, done.inherited) == ([], 1)
    for _ in rebuild(ctx):
        pass
    with ctx.store.read() as records:
        case = records.cases.by_number(number)
        assert case is not None and case.responsible_unit == "u-0210"
