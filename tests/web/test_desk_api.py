from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.desk_helpers import PASSWORD, UNIT, UNIT_NAME, make_app, register

BASE = "/api/v1/desk"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _bearer(client: FlaskClient, username: str = "wang") -> dict[str, str]:
    answer = client.post(f"{BASE}/session", json={"username": username, "password": PASSWORD})
    assert answer.status_code == 201
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def test_nothing_but_signing_in_works_without_a_token(client: FlaskClient) -> None:
    number = register(client)
    for method, path in (
        ("GET", "/cases"),
        ("GET", f"/cases/{number}"),
        ("POST", f"/cases/{number}/actions"),
        ("DELETE", "/session"),
    ):
        for header in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}):
            answer = client.open(BASE + path, method=method, json={}, headers=header)
            assert answer.status_code == 401, (method, path)
            assert answer.mimetype == "application/problem+json"


def test_the_browser_cookie_opens_no_api_call(client: FlaskClient) -> None:
    client.post("/desk/sign-in", data={"username": "wang", "password": PASSWORD})
    assert client.get(f"{BASE}/cases").status_code == 401


@pytest.mark.parametrize("body", [None, [], {}, {"username": "wang"}, {"username": 1}])
def test_a_malformed_sign_in_is_a_problem_not_a_crash(client: FlaskClient, body: object) -> None:
    answer = client.post(f"{BASE}/session", json=body)
    assert 400 <= answer.status_code < 500
    assert answer.mimetype == "application/problem+json"


def test_a_wrong_password_is_refused(client: FlaskClient) -> None:
    answer = client.post(f"{BASE}/session", json={"username": "wang", "password": "no"})
    assert answer.status_code == 401 and "no-store" in answer.headers["Cache-Control"]


def test_lists_and_counts_hold_no_personal_data(client: FlaskClient) -> None:
    number = register(client)
    answer = client.get(f"{BASE}/cases?view=new", headers=_bearer(client))
    body = answer.get_json()
    assert [item["case_number"] for item in body["items"]] == [number]
    assert body["counts"]["new"] == 1 and body["has_next"] is False
    assert "周大勇" not in answer.get_data(as_text=True)


def test_an_unknown_view_is_named_as_the_wrong_field(client: FlaskClient) -> None:
    answer = client.get(f"{BASE}/cases?view=secret", headers=_bearer(client))
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "view"


def test_an_officer_forwards_a_case_and_its_unit_then_sees_it(client: FlaskClient) -> None:
    number = register(client)
    unit = _bearer(client, "liu")
    assert client.get(f"{BASE}/cases/{number}", headers=unit).status_code == 404
    answer = client.post(
        f"{BASE}/cases/{number}/actions",
        json={"action": "forward", "data": {"unit": UNIT}},
        headers=_bearer(client),
    )
    assert answer.status_code == 200, answer.get_json()
    assert answer.get_json()["status"] == "forwarded"
    seen = client.get(f"{BASE}/cases/{number}", headers=unit).get_json()
    assert (seen["responsible_unit"], seen["responsible_unit_id"]) == (UNIT_NAME, UNIT)
    assert any(item["action"] == "accept" and item["allowed"] for item in seen["actions"])


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"action": "forward"},
        {"action": "forward", "data": {"unit": 7}},
        {"action": "forward", "data": []},
        {"action": "no_such_action", "data": {}},
        {"action": "conclude", "data": {}},
    ],
)
def test_a_refused_action_is_a_problem_and_changes_nothing(client: FlaskClient, body: object) -> None:
    number = register(client)
    headers = _bearer(client)
    answer = client.post(f"{BASE}/cases/{number}/actions", json=body, headers=headers)
    assert 400 <= answer.status_code < 500
    problem = answer.get_json()
    assert problem["code"] and problem["detail"]
    now = client.get(f"{BASE}/cases/{number}", headers=headers).get_json()
    assert now["status"] == "registered"


def test_a_closed_session_token_is_worthless(client: FlaskClient) -> None:
    headers = _bearer(client)
    assert client.delete(f"{BASE}/session", headers=headers).status_code == 204
    assert client.get(f"{BASE}/cases", headers=headers).status_code == 401
