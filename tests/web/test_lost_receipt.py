"""A receipt is lost: the officer finds the case by the owner's number and makes a new receipt; the old code is void."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import PASSWORD, fresh_app, petition, register
from tests.web.desk_helpers import csrf, sign_in

ID_NUMBER = "11010519491231002X"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture
def case(app: Flask) -> dict[str, Any]:
    return register(app)


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "office", PASSWORD)
    return client


def look_for(desk: FlaskClient, owner: str, **more: str) -> Any:
    token = csrf(desk.get("/desk/lost-receipt").text)
    return desk.post("/desk/lost-receipt", data={"csrf": token, "owner": owner, **more})


def bearer(app: Flask, who: str = "office") -> dict[str, str]:
    found = app.test_client().post("/api/v1/desk/session", json={"username": who, "password": PASSWORD}).get_json()
    return {"Authorization": f"Bearer {found['token']}"}


def find(app: Flask, owner: str, who: str = "office", **more: Any) -> Any:
    body = {"owner": owner, "identity_checked": True, **more}
    return app.test_client().post("/api/v1/desk/cases/find", json=body, headers=bearer(app, who))


def test_from_the_owners_number_to_a_new_receipt_and_back_to_the_citizen(
    app: Flask, case: dict[str, Any], desk: FlaskClient
) -> None:
    number, old = case["case_number"], case["lookup_token"]
    found = look_for(desk, "139 1234 5678", identity_checked="yes")
    assert number in found.text and "找到1件" in found.text
    assert "钱多米" not in found.text and "望江社区" not in found.text  # names stand in the case only
    page = desk.get(f"/desk/cases/{number}").text
    given = desk.post(f"/desk/cases/{number}/new-code", data={"csrf": csrf(page), "identity_checked": "yes"}).text
    new = given.split('name="lookup_token" value="')[1].split('"')[0]
    citizen = app.test_client()
    assert citizen.post("/api/v1/cases/lookup", json={"lookup_token": old}).status_code == 404
    assert citizen.post("/receipt", data={"lookup_token": old}).status_code == 404
    assert number in citizen.post("/receipt", data={"lookup_token": new}).text
    seen = citizen.post("/api/v1/cases/lookup", json={"lookup_token": new}).get_json()
    assert (seen["timeline"][-1]["event"], seen["timeline"][-1]["label"]) == (
        "renew_code", "当面核对身份，换发查询二维码，旧的作废",
    )  # fmt: skip
    assert "换发查询二维码" in desk.get(f"/desk/cases/{number}").text.split("办理经过")[1]


def test_the_search_needs_checked_papers_and_a_whole_number(case: dict[str, Any], desk: FlaskClient) -> None:
    assert look_for(desk, "13912345678").status_code == 422
    for typed in ("5678", "钱多米", "", "110105194912310021", "%", "1391234567"):
        answer = look_for(desk, typed, identity_checked="yes")
        assert answer.status_code == 422 and case["case_number"] not in answer.text, typed
    answer = look_for(desk, "13800138000", identity_checked="yes")
    assert answer.status_code == 200 and "没有找到" in answer.text


def test_the_staff_api_finds_the_same_by_phone_or_id(app: Flask) -> None:
    person = {**petition()["petitioner"], "id_number": ID_NUMBER}
    body = petition(petitioner=person)
    made = app.test_client().post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "with-id-number"})
    for owner in ("13912345678", "１３９１２３４５６７８", "11010519491231002x", "110105 19491231 002X"):
        items = find(app, owner).get_json()["items"]
        assert [one["case_number"] for one in items] == [made.get_json()["case_number"]], owner
        assert not {"name", "phone", "petitioner"} & set(items[0])
    assert find(app, "13912345678", identity_checked=False).status_code == 422


@pytest.mark.parametrize("who", ["unit", "review"])
def test_other_offices_find_nobody(app: Flask, case: dict[str, Any], who: str) -> None:
    assert find(app, "13912345678", who).status_code == 403
    client = app.test_client()
    sign_in(client, who, PASSWORD)
    assert "丢了回执" not in client.get("/desk").text


def test_searches_are_counted_so_that_nobody_reads_through_a_phone_book(app: Flask, case: dict[str, Any]) -> None:
    headers, body = bearer(app), {"owner": "13912345678", "identity_checked": True}
    sent = [app.test_client().post("/api/v1/desk/cases/find", json=body, headers=headers) for _ in range(31)]
    assert [one.status_code for one in sent] == [200] * 30 + [429]
    assert int(sent[-1].headers["Retry-After"]) > 0


def test_the_general_form_neither_offers_nor_takes_the_step(app: Flask, case: dict[str, Any]) -> None:
    path, headers = f"/api/v1/desk/cases/{case['case_number']}", bearer(app)
    seen = app.test_client().get(path, headers=headers).get_json()
    assert "renew_code" not in [one["action"] for one in seen["actions"]] and seen["may_renew_code"]
    sent = app.test_client().post(f"{path}/actions", json={"action": "renew_code"}, headers=headers)
    assert sent.status_code == 422 and sent.get_json()["code"] == "unknown_action"
    assert (
        app.test_client().post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]}).status_code == 200
    )
