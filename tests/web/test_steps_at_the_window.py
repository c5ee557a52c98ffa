"""A petitioner without a phone takes their own steps at the window; the officer there enters them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.workflow import Role
from tests.desk import bearer, concluded
from tests.factories import PASSWORD, register


@pytest.fixture
def number(app: Flask) -> str:
    return str(register(app)["case_number"])


def take(client: FlaskClient, number: str, action: str, **more: Any) -> Any:
    body = {"action": action, "data": {}, "identity_checked": True, **more}
    return client.post(f"/api/v1/desk/cases/{number}/petitioner-steps", json=body, headers=bearer(client))


def test_a_review_asked_for_at_the_window_is_recorded_as_the_petitioners(
    app: Flask, client: FlaskClient, number: str
) -> None:
    concluded(app, number)
    answer = take(client, number, "request_review", data={"reason": "没有查清"})
    assert (answer.status_code, answer.get_json()["status"]) == (200, "under_review")
    ctx = app.extensions["kiosk"]
    with ctx.store.read() as records:
        event = records.cases.by_number(number).events[-1]
        office = records.officer_by_name("office")[0]
    assert (event.role, event.data) == (Role.PETITIONER, {"reason": "没有查清", "taken_by": office.id})


def test_the_office_sees_which_steps_are_open_to_the_petitioner(client: FlaskClient, number: str) -> None:
    found = client.get(f"/api/v1/desk/cases/{number}/petitioner-steps", headers=bearer(client)).get_json()["items"]
    assert {one["action"]: one["allowed"] for one in found} == {
        "urge": True, "rate": False, "request_review": False, "request_reexamination": False, "withdraw": True,
    }  # fmt: skip
    assert all(one["allowed"] or one["reason"] for one in found)


def test_nothing_is_entered_before_the_papers_are_checked(client: FlaskClient, number: str) -> None:
    answer = take(client, number, "withdraw", identity_checked=False)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "identity_checked")


@pytest.mark.parametrize("action", ["forward", "note", "add_material", "nothing"])
def test_only_the_petitioners_own_steps_can_be_entered(client: FlaskClient, number: str, action: str) -> None:
    assert take(client, number, action).get_json()["code"] == "unknown_action"


def test_a_step_that_is_not_open_now_is_refused_with_its_reason(client: FlaskClient, number: str) -> None:
    answer = take(client, number, "request_review")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "not_allowed_now")


def test_a_units_officer_enters_nothing_for_the_petitioner(client: FlaskClient, number: str) -> None:
    token = client.post("/api/v1/desk/session", json={"username": "unit", "password": PASSWORD}).get_json()["token"]
    body = {"action": "urge", "data": {}, "identity_checked": True}
    address, mine = f"/api/v1/desk/cases/{number}/petitioner-steps", {"Authorization": f"Bearer {token}"}
    answer = client.post(address, json=body, headers=mine)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "forbidden")
    assert client.get(address, headers=mine).get_json() == {"items": []}


def test_the_desks_page_shows_the_steps_and_takes_one(app: Flask, client: FlaskClient, number: str) -> None:
    client.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    address = f"/desk/cases/{number}/at-the-window"
    page = client.get(address).get_data(as_text=True)
    csrf = page.split('name="csrf" value="')[1][:64]
    form = {"csrf": csrf, "action": "withdraw", "f_reason": "事情解决了"}
    refused = client.post(address, data=form)
    assert refused.status_code == 422 and "事情解决了" in refused.get_data(as_text=True)
    done = client.post(address, data={**form, "identity_checked": "yes"})
    assert done.status_code == 303
    after = client.get(f"/desk/cases/{number}").get_data(as_text=True)
    assert "已撤回" in after and "由工作人员核对身份后代录" in after


def test_the_petitioner_sees_that_it_was_entered_at_the_window(app: Flask, client: FlaskClient) -> None:
    case = register(app, "window-key-2")
    take(client, case["case_number"], "urge")
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]}).get_json()
    assert [one.get("at_the_window", False) for one in found["timeline"]] == [False, True]
    with app.extensions["kiosk"].store.read() as records:
        assert records.officer_by_name("office")[0].id not in str(found)
