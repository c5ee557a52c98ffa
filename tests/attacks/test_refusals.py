"""Who is let in and who is not stands in the log, and nothing that was typed does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories import PASSWORD, fresh_app

SECRET = "zyxsecretqwv"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return fresh_app(tmp_path, officers=True).test_client()


def lines(capfd: pytest.CaptureFixture[str], event: str) -> list[dict[str, Any]]:
    said = capfd.readouterr()
    assert SECRET not in said.out + said.err
    found = [json.loads(one) for one in said.err.splitlines() if one.startswith("{")]
    return [one for one in found if one["event"] == event]


def sign_in(client: FlaskClient, password: str) -> str:
    answer = client.post("/api/v1/desk/session", json={"username": "unit", "password": password})
    return str((answer.get_json() or {}).get("token", ""))


def test_a_wrong_password_is_logged_without_the_name_that_was_typed(
    client: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    client.post("/api/v1/desk/session", json={"username": SECRET, "password": SECRET})
    client.post("/desk/sign-in", data={"username": SECRET, "password": SECRET})
    (by_call, by_page) = lines(capfd, "refused")
    assert (by_call["place"], by_call["state"], by_call["reason"]) == ("desk_api.open_session", 401, "nobody")
    assert by_page["place"] == "desk.sign_in_submit"


def test_signing_in_is_logged_with_the_account_and_its_factors(
    client: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    assert sign_in(client, PASSWORD)
    (line,) = lines(capfd, "signed_in")
    assert line["state"] == "password" and len(line["reason"]) >= 8


def test_an_officer_without_the_right_is_logged_with_the_call_and_the_account(
    client: FlaskClient, capfd: pytest.CaptureFixture[str]
) -> None:
    token = sign_in(client, PASSWORD)
    (account,) = lines(capfd, "signed_in")
    answer = client.get(
        "/api/v1/desk/oversight", query_string={"unit": SECRET}, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 403
    (line,) = lines(capfd, "refused")
    assert (line["place"], line["reason"]) == ("desk_api.oversight", account["reason"])


def test_too_many_tries_are_logged_as_such(client: FlaskClient, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(7):
        sign_in(client, SECRET)
    assert lines(capfd, "refused")[-1]["state"] == 429
