"""Which source is counted, with and without a proxy; and a new QR code that replaces the old one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.config import Settings, SettingsError
from kiosk_api.web.source import client_address, client_source
from kiosk_api.web.terminal_only import is_terminal
from tests.factories import PASSWORD, fresh_app


@pytest.mark.parametrize(
    ("peer", "passed_on", "counted"),
    [
        ("203.0.113.5", None, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # no proxy of ours: invented
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),  # the left one is invented
        ("127.0.0.1", "198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "rubbish, 10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "rubbish", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("::ffff:127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", None, "2001:db8:1:2::/64"),
    ],
)
def test_the_source_is_the_last_address_that_a_trusted_proxy_saw(
    tmp_path: Path, peer: str, passed_on: str | None, counted: str
) -> None:
    app = fresh_app(tmp_path, KIOSK_TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8")
    headers = {"X-Forwarded-For": passed_on} if passed_on else {}
    with app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": peer}):
        assert client_source() == counted


def test_a_terminal_is_known_behind_a_trusted_proxy_only(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_TRUSTED_PROXIES="127.0.0.1", KIOSK_TERMINALS="192.0.2.5")
    for peer, passed_on, known in (
        ("127.0.0.1", "192.0.2.5", True), ("127.0.0.1", "192.0.2.6", False),
        ("127.0.0.1", "127.0.0.1", False), ("192.0.2.7", "192.0.2.5", False),
        ("127.0.0.1", None, True), ("192.0.2.5", None, True),
    ):  # fmt: skip
        headers = {"X-Forwarded-For": passed_on} if passed_on else {}
        with app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": peer}):
            assert is_terminal() is known, (peer, passed_on, client_address())


def test_a_trusted_proxy_range_of_all_addresses_is_refused() -> None:
    for bad in ("0.0.0.0/0", "::/0", "proxy.example"):
        with pytest.raises(SettingsError, match="KIOSK_TRUSTED_PROXIES"):
            Settings.from_env({"KIOSK_TRUSTED_PROXIES": bad})


def _token(app: Flask, who: str) -> dict[str, str]:
    body = {"username": who, "password": PASSWORD}
    found = app.test_client().post("/api/v1/desk/session", json=body).get_json()
    return {"Authorization": f"Bearer {found['token']}"}


def test_a_new_code_opens_the_case_and_the_old_one_opens_nothing(app: Flask, case: dict[str, Any]) -> None:
    client = app.test_client()
    path = f"/api/v1/desk/cases/{case['case_number']}/new-code"
    office = _token(app, "office")
    assert client.post(path, json={}, headers=office).status_code == 422
    checked = {"identity_checked": True}
    assert client.post(path, json=checked, headers=_token(app, "unit")).status_code == 403
    given = client.post(path, json=checked, headers=office)
    assert given.status_code == 201
    for token, status in ((case["lookup_token"], 404), (given.get_json()["lookup_token"], 200)):
        body = {"lookup_token": token}
        assert client.post("/api/v1/cases/lookup", json=body).status_code == status
        assert client.post("/api/v1/receipts", json=body).status_code == status
    seen = client.get(f"/api/v1/desk/cases/{case['case_number']}", headers=office).get_json()
    assert (seen["timeline"][-1]["event"], seen["timeline"][-1]["actor"]) == ("renew_code", "信访部门")


def test_the_desk_page_shows_the_new_code_once(app: Flask, case: dict[str, Any]) -> None:
    client = app.test_client()
    client.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    page = client.get(f"/desk/cases/{case['case_number']}").get_data(as_text=True)
    csrf = page.split('name="csrf" value="')[1][:64]
    path = f"/desk/cases/{case['case_number']}/new-code"
    assert client.post(path, data={"csrf": csrf}).status_code == 422
    given = client.post(path, data={"csrf": csrf, "identity_checked": "yes"})
    assert given.status_code == 200 and "<svg" in given.get_data(as_text=True)
    assert case["lookup_token"] not in given.get_data(as_text=True)
