"""Codes of an authenticator app at sign-in: RFC 6238, each right once, guessed at within the budgets."""

from __future__ import annotations

from base64 import b32encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP

from kiosk_api.gateways.authenticator import TotpAuthenticator
from kiosk_api.services.staff.accounts import add_officer
from tests.factories import PASSWORD

API = "/api/v1/desk"
RFC_SECRET = b32encode(b"12345678901234567890").decode()
STEP_S = 30
step_of = TotpAuthenticator().step_of


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    assert step_of(RFC_SECRET, code, datetime.fromtimestamp(at, UTC), 0) == at // STEP_S


def test_a_code_is_right_for_a_step_around_now_and_only_after_the_last_one_used() -> None:
    now = datetime.fromtimestamp(1234567890, UTC)
    step = 1234567890 // STEP_S
    for drift in (-1, 0, 1):
        assert step_of(RFC_SECRET, code_of(RFC_SECRET, step + drift), now, 0) == step + drift
    assert step_of(RFC_SECRET, code_of(RFC_SECRET, step - 2), now, 0) is None
    assert step_of(RFC_SECRET, code_of(RFC_SECRET, step), now, step) is None
    assert step_of(RFC_SECRET, "数字", now, 0) is None


def code_of(secret: str, step: int) -> str:
    return TOTP(secret).generate_otp(step)


def enter(client: FlaskClient, code: str = "") -> Any:
    return client.post(f"{API}/session", json={"username": "office", "password": PASSWORD, "code": code})


def code_now(app: Flask, secret: str) -> str:
    return code_of(secret, int(app.extensions["kiosk"].clock.now().timestamp()) // STEP_S)


def with_app(app: Flask, client: FlaskClient) -> tuple[str, dict[str, str]]:
    """An office account that uses an authenticator: its secret and a session."""
    bearer = {"Authorization": f"Bearer {enter(client).get_json()['token']}"}
    secret = client.post(f"{API}/authenticator", headers=bearer).get_json()["secret"]
    assert enter(client).status_code == 201  # not in use before the first right code
    body = {"code": code_now(app, secret)}
    assert client.post(f"{API}/authenticator/confirm", json=body, headers=bearer).status_code == 204
    return secret, bearer


def test_a_code_is_asked_for_and_works_once(app: Flask, client: FlaskClient) -> None:
    secret, bearer = with_app(app, client)
    ctx = app.extensions["kiosk"]
    assert enter(client).get_json()["code"] == "totp_needed"
    assert enter(client, code_now(app, secret)).status_code == 401  # used to confirm
    ctx.clock.advance(timedelta(seconds=STEP_S))
    code = code_now(app, secret)
    assert enter(client, code).status_code == 201
    assert enter(client, code).status_code == 401
    ctx.clock.advance(timedelta(seconds=STEP_S))
    body = {"code": code_now(app, secret)}
    assert client.post(f"{API}/authenticator", headers=bearer).status_code == 409
    assert client.post(f"{API}/authenticator/end", json=body, headers=bearer).status_code == 204
    assert enter(client).status_code == 201


def test_guessing_codes_ends_with_the_budget(app: Flask, client: FlaskClient) -> None:
    with_app(app, client)
    tries = [enter(client, f"{n:06d}").status_code for n in range(12)]
    assert 429 in tries and set(tries) <= {401, 429}


def test_a_reset_removes_the_app_and_the_secret_is_sealed(app: Flask, client: FlaskClient) -> None:
    secret, _ = with_app(app, client)
    ctx = app.extensions["kiosk"]
    with ctx.store._engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT sealed FROM officer_apps").scalar()
    assert secret.encode() not in stored
    add_officer(ctx, "admin", "administrator", "管理员庚", None, PASSWORD)
    token = client.post(f"{API}/session", json={"username": "admin", "password": PASSWORD}).get_json()["token"]
    admin = {"Authorization": f"Bearer {token}"}
    items = client.get(f"{API}/accounts", headers=admin).get_json()["items"]
    who = next(one["id"] for one in items if one["username"] == "office")
    first = client.post(f"{API}/accounts/{who}/first-password", headers=admin).get_json()["password"]
    answer = client.post(f"{API}/session", json={"username": "office", "password": first})
    assert answer.status_code == 201


def test_the_page_turns_the_app_on(app: Flask, client: FlaskClient) -> None:
    client.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    page = client.get("/desk/me").get_data(as_text=True)
    token = page.split('name="csrf" value="')[1][:64]
    shown = client.post("/desk/me/app", data={"csrf": token, "action": "begin"}).get_data(as_text=True)
    secret = shown.split('id="app-secret">')[1].split("<")[0]
    wrong = client.post("/desk/me/app", data={"csrf": token, "action": "confirm", "code": "1"})
    assert "验证码不对" in wrong.get_data(as_text=True)
    body = {"csrf": token, "action": "confirm", "code": code_now(app, secret)}
    assert "已经开着" in client.post("/desk/me/app", data=body, follow_redirects=True).get_data(as_text=True)
    asked = client.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    assert "这个账号开了动态验证码" in asked.get_data(as_text=True)
