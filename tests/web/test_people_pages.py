"""本单位同事 and 承办人 on the desk, and the same over the staff API."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.staff.accounts import add_officer
from tests.desk import staff
from tests.factories import PASSWORD, START, UNIT, register

TODAY = START.date().isoformat()


@pytest.fixture
def number(app: Flask) -> str:
    add_officer(app.extensions["kiosk"], "second", "responsible_unit", "经办壬", UNIT, PASSWORD)
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    return number


def page_of(client: FlaskClient, address: str, **form: str) -> str:
    answer = client.post(address, data=form, follow_redirects=True) if form else client.get(address)
    return answer.get_data(as_text=True)


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found.group(1)


def test_a_case_is_taken_and_handed_over_on_its_page(client: FlaskClient, number: str) -> None:
    page_of(client, "/desk/sign-in", username="unit", password=PASSWORD)
    case = f"/desk/cases/{number}"
    page = page_of(client, case)
    assert "还没有确定" in page and 'id="take-case"' in page and 'id="give-case"' not in page
    page = page_of(client, f"{case}/person", csrf=csrf(page))
    assert "已确定承办人" in page and "经办乙，" in page and 'id="take-case"' not in page
    answer = client.post(f"{case}/person", data={"csrf": csrf(page), "f_officer": "nobody"})
    assert answer.status_code == 422 and "本单位没有这个用户名" in answer.get_data(as_text=True)
    page = page_of(client, f"{case}/person", csrf=csrf(page), f_officer="second")
    assert "经办壬，" in page and "由我接手" in page and 'id="give-case"' not in page
    answer = client.post(f"{case}/person", data={"csrf": csrf(page), "f_officer": "leader"})
    assert answer.status_code == 403 and "这件事由同事承办" in answer.get_data(as_text=True)
    form = {"csrf": csrf(page), "action": "accept", "f_procedure": "investigation"}
    answer = client.post(f"{case}/actions", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "请先在“承办人”里点“由我接手”" in page and 'id="with-colleague"' in page
    assert number not in page_of(client, "/desk") and number in page_of(client, "/desk?view=all")


def test_an_absence_is_recorded_and_ended_on_the_page_of_the_unit(client: FlaskClient, number: str) -> None:
    page = page_of(client, "/desk/sign-in", username="leader", password=PASSWORD)
    assert "本单位同事" in page
    page = page_of(client, "/desk/people")
    form = {"csrf": csrf(page), "f_officer": "unit", "f_deputy": "second", "f_from_on": TODAY, "f_to_on": "2026-02-01"}
    answer = client.post("/desk/people", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'href="#away-to_on"' in page and '<option value="second" selected>' in page
    page = page_of(client, "/desk/people", **{**form, "f_to_on": TODAY})
    assert "由经办壬代办" in page and "已登记" in page
    page = page_of(client, "/desk/people/back", csrf=csrf(page), f_officer="unit")
    assert "由经办壬代办" not in page and "已改好" in page
    page = page_of(client, "/desk/people/back", csrf=csrf(page), f_officer="unit")
    assert "没有登记过不在" in page


def test_the_petition_office_has_no_page_of_a_unit(client: FlaskClient, number: str) -> None:
    page = page_of(client, "/desk/sign-in", username="office", password=PASSWORD)
    assert "本单位同事" not in page
    assert client.get("/desk/people").status_code == 403
    page = page_of(client, f"/desk/cases/{number}")
    assert "还没有确定" in page and 'id="take-case"' not in page


def test_the_api_does_the_same(client: FlaskClient, number: str) -> None:
    def signed_in(name: str) -> dict[str, str]:
        answer = client.post("/api/v1/desk/session", json={"username": name, "password": PASSWORD})
        return {"Authorization": f"Bearer {answer.get_json()['token']}"}

    def call(who: dict[str, str], address: str, **body: Any) -> tuple[int, Any]:
        answer = client.post(f"/api/v1/desk{address}", json=body, headers=who)
        return answer.status_code, answer.get_json()

    unit, office = signed_in("unit"), signed_in("office")
    status, case = call(unit, f"/cases/{number}/person")
    assert status == 200 and case["in_charge"]["username"] == "unit"
    assert {"username": "second", "name": "经办壬"} in case["in_charge"]["colleagues"]
    assert call(office, f"/cases/{number}/person")[0] == 403
    assert call(unit, f"/cases/{number}/person", seen=0)[1]["code"] == "case_changed"
    status, found = call(unit, "/people/absences", deputy="second", from_on=TODAY, to_on=TODAY)
    assert status == 201
    assert [one["away"] for one in found["items"] if one["is_self"]] == [
        [{"from_on": TODAY, "to_on": TODAY, "deputy": "经办壬"}]
    ]
    second = signed_in("second")
    listed = client.get("/api/v1/desk/cases", headers=second).get_json()
    assert [one["case_number"] for one in listed["items"]] == [number]
    assert client.get("/api/v1/desk/people", headers=second).get_json() == {
        "items": [{**one, "is_self": one["username"] == "second"} for one in found["items"]]
    }
    assert call(unit, "/people/back")[0] == 200 and call(unit, "/people/back")[0] == 409
    assert call(unit, "/people/absences")[1]["errors"][0]["field"] == "deputy"
