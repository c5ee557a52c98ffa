"""The tree of units: searching it, walking it, and choosing from it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.workflow import WorkflowError
from kiosk_api.sample.district import as_csv
from kiosk_api.services.organisation.units import load_units
from tests.desk import bearer, seen_by_staff, staff
from tests.factories import UNIT, UNIT_NAME, fresh_app, register


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("青禾县住房和城乡建设局", "青禾县住房和城乡建设局"),
        ("住建局", "青禾县住房和城乡建设局"),
        ("zjj", "青禾县住房和城乡建设局"),
        ("县人社局", "青禾县人力资源和社会保障局"),
        ("rsj", "青禾县人力资源和社会保障局"),
        ("劳动局", "青禾县人力资源和社会保障局"),
        ("市监局", "青禾县市场监督管理局"),
        ("法院", "青禾县人民法院"),
        ("QHXFY", "青禾县人民法院"),
        ("u-0212", "青禾县住房和城乡建设局"),
        ("新桥村第3网格", "河口镇新桥村第3网格"),
    ],
)
def test_a_unit_is_found_by_name_other_name_initials_and_abbreviation(
    client: FlaskClient, words: str, name: str
) -> None:
    found = client.get("/api/v1/desk/units", query_string={"q": words}, headers=bearer(client)).get_json()["items"]
    assert found[0]["name"] == name, [one["name"] for one in found]
    assert len(found) <= 20 and set(found[0]) == {"id", "name", "kind", "kind_label"}


@pytest.mark.parametrize("words", ["", "   ", "没有这样的单位", "%", "_"])
def test_words_that_name_no_unit_find_none(client: FlaskClient, words: str) -> None:
    found = client.get("/api/v1/desk/units", query_string={"q": words}, headers=bearer(client))
    assert found.get_json() == {"items": []}


def test_units_are_for_officers_only(client: FlaskClient) -> None:
    assert client.get("/api/v1/desk/units?q=fy").status_code == 401


def test_the_tree_says_who_is_above_whom(app: Flask) -> None:
    with app.extensions["kiosk"].store.read() as records:
        assert records.units.superior_of(UNIT) == "u-0001"
        assert records.units.superiors(UNIT) == ["u-0001", "u-0002", "u-0003"]
        assert records.units.superior_of("u-0012") == "u-0112"  # a court's superior is no government
        assert records.units.is_within("g-0111", "s-01") and not records.units.is_within("g-0111", "s-02")
        assert len(records.units.below("s-01")) == 1 + 7 + 7 * 6
        assert records.units.name_of(UNIT) == UNIT_NAME and records.units.name_of("某某局") == "某某局"


@pytest.mark.parametrize("chosen", ["某某局", UNIT_NAME, "u-9999", "x" * 500])
def test_a_unit_that_is_not_in_the_tree_is_refused(app: Flask, chosen: str) -> None:
    number = register(app)["case_number"]
    with pytest.raises(WorkflowError) as refused:
        staff(app, "office", number, "forward", unit=chosen)
    assert [(one.field, one.code) for one in refused.value.errors] == [("unit", "unknown_unit")]


def test_a_wrong_unit_is_named_together_with_the_other_wrong_fields(app: Flask) -> None:
    number = register(app)["case_number"]
    with pytest.raises(WorkflowError) as refused:
        staff(app, "office", number, "assign", unit="某某局", report_by="tomorrow")
    assert {one.field for one in refused.value.errors} == {"unit", "report_by"}


def test_people_read_the_name_of_a_unit_and_never_its_id(app: Flask, client: FlaskClient) -> None:
    receipt = register(app)
    staff(app, "office", receipt["case_number"], "forward", unit=UNIT)
    desk = seen_by_staff(client, receipt["case_number"])
    assert (desk["responsible_unit"], desk["responsible_unit_id"]) == (UNIT_NAME, UNIT)
    assert desk["timeline"][-1]["data"]["unit"] == UNIT_NAME
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": receipt["lookup_token"]})
    assert found.get_json()["responsible_unit"] == UNIT_NAME
    assert UNIT not in found.get_data(as_text=True)


def changed(unit_id: str, **columns: str) -> bytes:
    """The sample county with another line for one unit."""
    lines = as_csv().splitlines()
    names = lines[0].split(",")
    for place, line in enumerate(lines):
        if line.startswith(f"{unit_id},"):
            cells = dict(zip(names, line.split(","), strict=True))
            lines[place] = ",".join({**cells, **columns}.values())
    return "\n".join(lines).encode()


def test_a_successor_inherits_cases_people_and_look_ups(app: Flask, client: FlaskClient) -> None:
    ctx = app.extensions["kiosk"]
    receipt = register(app)
    staff(app, "office", receipt["case_number"], "forward", unit=UNIT)
    yesterday = (ctx.clock.now().date() - timedelta(days=1)).isoformat()
    done = load_units(ctx, changed(UNIT, active_to=yesterday, successor_id="u-0210"))
    assert (done.problems, done.inherited) == ([], 1)
    staff(app, "unit", receipt["case_number"], "accept", procedure="investigation")  # its people see it still
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": receipt["lookup_token"]}).get_json()
    assert found["responsible_unit"] == "青禾县自然资源局"
    with pytest.raises(WorkflowError) as refused:
        staff(app, "office", register(app, "another-case")["case_number"], "forward", unit=UNIT)
    assert "青禾县自然资源局" in refused.value.errors[0].detail


def test_a_unit_with_open_cases_cannot_be_left_out(app: Flask) -> None:
    number = register(app)["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    kept = "\n".join(line for line in as_csv().splitlines() if not line.startswith(f"{UNIT},"))
    done = load_units(app.extensions["kiosk"], kept.encode())
    assert [one.column for one in done.problems] == ["id"] and UNIT_NAME in done.problems[0].detail
    staff(app, "unit", number, "accept", procedure="investigation")
