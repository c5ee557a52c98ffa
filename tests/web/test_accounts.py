"""Accounts: made by an administrator, changed at the first sign-in, disabled, moved; and who read which case."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.staff.accounts import add_officer
from tests.desk import staff
from tests.factories import PASSWORD, UNIT, UNIT_NAME, register

API = "/api/v1/desk"
OWN = "four quiet words 7"


def session(client: FlaskClient, username: str, password: str = PASSWORD) -> dict[str, str]:
    answer = client.post(f"{API}/session", json={"username": username, "password": password})
    assert answer.status_code == 201, answer.get_json()
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


@pytest.fixture
def admin(app: Flask, client: FlaskClient) -> dict[str, str]:
    add_officer(app.extensions["kiosk"], "admin", "administrator", "管理员庚", None, PASSWORD)
    return session(client, "admin")


def new_account(client: FlaskClient, admin: dict[str, str], **changes: str) -> Any:
    body = {"username": "chen.xin", "display_name": "陈欣", "role": "responsible_unit", "unit": UNIT, **changes}
    return client.post(f"{API}/accounts", json=body, headers=admin)


def id_of(client: FlaskClient, admin: dict[str, str], username: str) -> str:
    items = client.get(f"{API}/accounts", headers=admin).get_json()["items"]
    return str(next(one["id"] for one in items if one["username"] == username))


def test_a_new_account_changes_its_first_password_before_anything_else(
    client: FlaskClient, admin: dict[str, str]
) -> None:
    made = new_account(client, admin)
    assert made.status_code == 201
    first = made.get_json()["password"]
    chen = session(client, "chen.xin", first)
    refused = client.get(f"{API}/cases", headers=chen)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "password_change_needed")
    for new, code in (("short", "weak_password"), (first, "weak_password"), ("chen.xin chen.xin", "weak_password")):
        answer = client.post(f"{API}/password", json={"current": first, "new": new}, headers=chen)
        assert (answer.status_code, answer.get_json()["errors"][0]["code"]) == (422, code)
    wrong = client.post(f"{API}/password", json={"current": "not this one", "new": OWN}, headers=chen)
    assert (wrong.status_code, wrong.get_json()["code"]) == (401, "wrong_password")
    assert client.post(f"{API}/password", json={"current": first, "new": OWN}, headers=chen).status_code == 204
    assert client.get(f"{API}/cases", headers=chen).status_code == 200
    assert client.post(f"{API}/session", json={"username": "chen.xin", "password": first}).status_code == 401


def test_a_new_account_is_checked_field_by_field(client: FlaskClient, admin: dict[str, str]) -> None:
    answer = new_account(client, admin, username="名字", display_name=" ", unit="")
    assert [one["field"] for one in answer.get_json()["errors"]] == ["username", "display_name", "unit"]
    assert new_account(client, admin, role="petitioner").status_code == 422
    assert new_account(client, admin, username="office").status_code == 409


def test_an_administrator_sees_no_case_and_nobody_else_sees_accounts(
    app: Flask, client: FlaskClient, admin: dict[str, str]
) -> None:
    number = register(app)["case_number"]
    for path in ("/cases", f"/cases/{number}", f"/cases/{number}/readings", "/callbacks", "/channels"):
        assert client.get(API + path, headers=admin).status_code == 403, path
    assert client.post(f"{API}/assist", headers=admin).status_code == 403
    for who in ("office", "unit", "lead", "review"):
        headers = session(client, who)
        assert client.get(f"{API}/accounts", headers=headers).status_code == 403
        assert new_account(client, headers).status_code == 403


def test_a_disabled_account_loses_its_sessions_at_once(client: FlaskClient, admin: dict[str, str]) -> None:
    unit = session(client, "unit")
    who = id_of(client, admin, "unit")
    assert client.get(f"{API}/cases", headers=unit).status_code == 200
    assert client.post(f"{API}/accounts/{who}/disable", headers=admin).status_code == 204
    assert client.get(f"{API}/cases", headers=unit).status_code == 401
    refused = client.post(f"{API}/session", json={"username": "unit", "password": PASSWORD})
    assert (refused.status_code, refused.get_json()["code"]) == (403, "account_disabled")
    # a wrong password learns nothing about the account
    refused = client.post(f"{API}/session", json={"username": "unit", "password": "wrong one here"})
    assert refused.get_json()["code"] == "wrong_password"
    assert client.post(f"{API}/accounts/{who}/enable", headers=admin).status_code == 204
    session(client, "unit")


def test_a_session_reads_as_the_office_now_held(app: Flask, client: FlaskClient, admin: dict[str, str]) -> None:
    number = register(app)["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    unit, who = session(client, "unit"), id_of(client, admin, "unit")
    assert client.get(f"{API}/cases/{number}", headers=unit).status_code == 200
    moved = client.post(f"{API}/accounts/{who}/office", json={"role": "review_unit"}, headers=admin)
    assert moved.status_code == 204
    assert client.get(f"{API}/cases/{number}", headers=unit).status_code == 404
    found = client.get(f"{API}/accounts/{who}", headers=admin).get_json()
    assert [(one["role"], one["until"] is None) for one in found["offices"]] == [
        ("responsible_unit", False),
        ("review_unit", True),
    ]
    assert found["offices"][0]["until"] == found["offices"][1]["since"]


def test_a_reset_password_ends_every_session_and_has_to_be_changed(client: FlaskClient, admin: dict[str, str]) -> None:
    unit, who = session(client, "unit"), id_of(client, admin, "unit")
    first = client.post(f"{API}/accounts/{who}/first-password", headers=admin).get_json()["password"]
    assert client.get(f"{API}/cases", headers=unit).status_code == 401
    again = session(client, "unit", first)
    assert client.get(f"{API}/cases", headers=again).get_json()["code"] == "password_change_needed"


def test_sessions_are_listed_and_ended(client: FlaskClient, admin: dict[str, str]) -> None:
    one, two, who = session(client, "unit"), session(client, "unit"), id_of(client, admin, "unit")
    listed = client.get(f"{API}/sessions", headers=one).get_json()["items"]
    assert sorted(each["is_this"] for each in listed) == [False, True]
    assert client.delete(f"{API}/sessions", headers=one).status_code == 204
    assert client.get(f"{API}/cases", headers=two).status_code == 401
    assert client.get(f"{API}/cases", headers=one).status_code == 200
    seen = client.get(f"{API}/accounts/{who}", headers=admin).get_json()["sessions"]
    assert len(seen) == 1
    path = f"{API}/accounts/{who}/sessions"
    assert client.delete(f"{path}/nothing", headers=admin).status_code == 404
    assert client.delete(f"{path}/{seen[0]['id']}", headers=admin).status_code == 204
    assert client.get(f"{API}/cases", headers=one).status_code == 401
    session(client, "unit")
    assert client.delete(path, headers=admin).status_code == 204
    assert client.get(path.removesuffix("/sessions"), headers=admin).get_json()["sessions"] == []


def test_the_last_administrator_stays(client: FlaskClient, admin: dict[str, str]) -> None:
    who = id_of(client, admin, "admin")
    for path, body in (("disable", None), ("office", {"role": "supervisor"})):
        answer = client.post(f"{API}/accounts/{who}/{path}", json=body, headers=admin)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "last_administrator")
    assert new_account(client, admin, username="second", role="administrator", unit="").status_code == 201
    assert client.post(f"{API}/accounts/{who}/disable", headers=admin).status_code == 204


def test_every_reading_is_recorded_for_the_supervisor(app: Flask, client: FlaskClient) -> None:
    number = register(app)["case_number"]
    office, lead = session(client, "office"), session(client, "lead")
    client.get(f"{API}/cases/{number}", headers=office)
    client.get(f"{API}/cases", headers=office)  # a list is no reading of a case
    client.post("/desk/sign-in", data={"username": "lead", "password": PASSWORD})
    assert "谁看过这件信访" in client.get(f"/desk/cases/{number}").get_data(as_text=True)
    found = client.get(f"{API}/cases/{number}/readings", headers=lead).get_json()["items"]
    assert sorted((one["username"], one["action"]) for one in found) == [("lead", "case"), ("office", "case")]
    assert client.get(f"{API}/cases/{number}/readings", headers=office).status_code == 403
    assert "窗口甲" in client.get(f"/desk/cases/{number}/readings").get_data(as_text=True)


def test_what_cannot_be_recorded_is_not_shown(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    number, office = register(app)["case_number"], session(client, "office")

    def busy(*_: object) -> None:
        raise StoreBusy("locked")

    monkeypatch.setattr("kiosk_api.persistence.accounts.SqlAccounts.note_reading", busy)
    answer = client.get(f"{API}/cases/{number}", headers=office)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "store_busy")


def test_a_unit_is_named_in_full_or_by_its_id(client: FlaskClient, admin: dict[str, str]) -> None:
    assert new_account(client, admin, unit=UNIT_NAME).status_code == 201
    items = client.get(f"{API}/accounts", headers=admin).get_json()["items"]
    chen = next(one for one in items if one["username"] == "chen.xin")
    assert (chen["unit"], chen["unit_name"]) == (UNIT, UNIT_NAME)
    unknown = new_account(client, admin, username="another", unit="没有的单位").get_json()
    assert [(one["field"], one["code"]) for one in unknown["errors"]] == [("unit", "unknown_unit")]


def test_officers_of_a_unit_that_has_ended_hold_their_office_at_its_successor(
    app: Flask, client: FlaskClient, admin: dict[str, str]
) -> None:
    who, ctx = id_of(client, admin, "unit"), app.extensions["kiosk"]
    with ctx.store.write() as records:
        records.accounts.follow_unit(UNIT, "u-0209", ctx.clock.now().date())
    offices = client.get(f"{API}/accounts/{who}", headers=admin).get_json()["offices"]
    assert sorted((one["unit"], one["until"] is None) for one in offices) == [("u-0209", True), (UNIT, False)]
