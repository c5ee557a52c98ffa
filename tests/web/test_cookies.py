"""Cookies: bound to TLS behind a proxy that we trust, out of the reach of scripts and of other sites."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk_api.domain.session_policy import FRESH_SIGN_IN, SESSION_IDLE
from tests.factories import PASSWORD, fresh_app

SIGN_IN = {"username": "office", "password": PASSWORD}
BY_TLS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


def client_of(folder: Path, **env: str) -> FlaskClient:
    return fresh_app(folder, officers=True, **env).test_client()


@pytest.fixture
def behind_nginx(tmp_path: Path) -> FlaskClient:
    return client_of(tmp_path, KIOSK_TRUSTED_PROXIES="127.0.0.1/32")


def set_by(client: FlaskClient, address: str, data: dict[str, str], headers: dict[str, str]) -> dict[str, str]:
    """Name → attributes of the cookies that an answer sets."""
    answer = client.post(address, data=data, headers=headers)
    return {one.partition("=")[0]: one.partition(";")[2] for one in answer.headers.getlist("Set-Cookie")}


@pytest.mark.parametrize(
    ("address", "data", "name"),
    [("/desk/sign-in", SIGN_IN, "__Secure-desk_session"), ("/view", {"mode": "elder"}, "__Host-view")],
)
def test_by_tls_every_cookie_is_secure_and_its_name_says_so(
    behind_nginx: FlaskClient, address: str, data: dict[str, str], name: str
) -> None:
    found = set_by(behind_nginx, address, data, BY_TLS)
    assert set(found) == {name}
    assert all(word in found[name] for word in ("Secure", "HttpOnly", "SameSite=Strict"))


def test_the_session_of_tls_opens_the_desk_and_ends_with_signing_out(behind_nginx: FlaskClient) -> None:
    https = {"base_url": "https://localhost", "headers": BY_TLS}
    behind_nginx.post("/desk/sign-in", data=SIGN_IN, **https)
    page = behind_nginx.get("/desk/", **https)
    assert page.status_code == 200
    csrf = page.get_data(as_text=True).partition('name="csrf" value="')[2].partition('"')[0]
    left = behind_nginx.post("/desk/sign-out", data={"csrf": csrf}, **https)
    assert any(one.startswith("__Secure-desk_session=;") for one in left.headers.getlist("Set-Cookie"))
    assert behind_nginx.get("/desk/", **https).status_code == 303


@pytest.mark.parametrize("trusted", ["", "203.0.113.0/24"])
def test_nobody_but_a_trusted_proxy_says_that_a_caller_came_by_tls(tmp_path: Path, trusted: str) -> None:
    env = {"KIOSK_TRUSTED_PROXIES": trusted} if trusted else {}
    assert set(set_by(client_of(tmp_path, **env), "/desk/sign-in", SIGN_IN, BY_TLS)) == {"desk_session"}


def test_what_the_caller_wrote_before_the_proxys_own_word_counts_for_nothing(behind_nginx: FlaskClient) -> None:
    plain = {**BY_TLS, "X-Forwarded-Proto": "https, http"}
    assert set(set_by(behind_nginx, "/desk/sign-in", SIGN_IN, plain)) == {"desk_session"}


def test_signing_in_again_ends_the_session_that_was_open_in_this_browser(tmp_path: Path) -> None:
    """A session is never carried over a sign-in (ASVS 5.0, 7.2.4)."""
    client = client_of(tmp_path)
    client.post("/desk/sign-in", data=SIGN_IN)
    first = client.get_cookie("desk_session", path="/desk")
    client.post("/desk/sign-in", data=SIGN_IN)
    second = client.get_cookie("desk_session", path="/desk")
    assert first and second and first.value != second.value
    assert client.get("/desk/").status_code == 200
    client.set_cookie("desk_session", first.value, path="/desk")
    assert client.get("/desk/").status_code == 303


def test_nobody_stays_signed_in_at_a_desk_that_was_left(tmp_path: Path) -> None:
    """A page that asks for its counts by itself keeps no session alive (ASVS 5.0, 7.3.1)."""
    app = fresh_app(tmp_path, officers=True)
    client, clock = app.test_client(), app.extensions["kiosk"].clock
    client.post("/desk/sign-in", data=SIGN_IN)
    assert client.get("/desk/").status_code == 200
    for _ in range(3):
        clock.advance(SESSION_IDLE / 2)
        assert client.get("/desk/").status_code == 200
    clock.advance(SESSION_IDLE / 2)
    assert client.get("/desk/waiting").status_code == 200
    clock.advance(SESSION_IDLE / 2)
    assert client.get("/desk/").status_code == 303


def test_the_authenticator_app_is_turned_on_soon_after_signing_in_only(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, officers=True)
    client, clock = app.test_client(), app.extensions["kiosk"].clock
    token = client.post("/api/v1/desk/session", json=SIGN_IN).get_json()["token"]
    officer = {"Authorization": f"Bearer {token}"}
    clock.advance(FRESH_SIGN_IN - timedelta(seconds=1))
    assert client.post("/api/v1/desk/authenticator", headers=officer).status_code == 201
    clock.advance(timedelta(seconds=1))
    late = client.post("/api/v1/desk/authenticator", headers=officer)
    assert (late.status_code, late.get_json()["code"]) == (403, "sign_in_again")
