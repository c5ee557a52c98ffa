"""Registering: all errors at once, once per key, sealed at rest, answered after commit."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import petition

KEY = {"Idempotency-Key": "test-key-0001"}


def post(client: FlaskClient, body: object, key: str = "test-key-0001"):
    return client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": key})


def test_a_valid_petition_is_registered_with_number_route_deadlines_and_receipt(
    client: FlaskClient,
) -> None:
    answer = post(client, petition())
    assert answer.status_code == 201
    body = answer.get_json()
    assert body["case_number"].startswith("XF20260302-")
    assert body["status"] == "registered" and body["status_label"] == "已登记"
    assert body["route"]["window"] == "petition_office" and body["route"]["reason"]
    assert body["deadlines"][0]["key"] == "route"
    assert body["deadlines"][0]["due_on"] == "2026-03-17"
    assert body["receipt"]["url"].endswith("/r#" + body["lookup_token"])


def test_every_wrong_field_is_named_in_one_answer(client: FlaskClient) -> None:
    bad = petition(
        petitioner={"name": "x", "phone": "123", "address": "1", "id_number": "110105194912310021"},
        request="",
        facts=7,
        consent=False,
        window_choice="kitchen",
        surprise="?",
    )
    answer = post(client, bad)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    fields = {error["field"] for error in answer.get_json()["errors"]}
    assert fields == {
        "petitioner.name", "petitioner.phone", "petitioner.address", "petitioner.id_number",
        "request", "facts", "consent", "window_choice", "body",
    }  # fmt: skip
    assert "123" not in answer.get_data(as_text=True).replace("110105194912310021", "")


def test_more_than_five_representatives_are_refused_with_the_article(client: FlaskClient) -> None:
    people = [{"name": f"代表{c}", "phone": "13912345678"} for c in "甲乙丙丁戊己"]
    answer = post(client, petition(representatives=people))
    assert answer.status_code == 422
    assert "第二十条" in answer.get_json()["errors"][0]["detail"]


def test_the_same_key_and_body_give_the_same_case_and_another_body_is_refused(
    client: FlaskClient,
) -> None:
    first = post(client, petition()).get_json()
    assert post(client, petition()).get_json() == first
    other = post(client, petition(request="另一件事，请处理"))
    assert other.status_code == 422
    assert other.get_json()["code"] == "idempotency_conflict"


def test_a_failed_submission_does_not_use_up_its_key(client: FlaskClient) -> None:
    assert post(client, petition(request="")).status_code == 422
    assert post(client, petition()).status_code == 201


def test_a_missing_key_is_explained(client: FlaskClient) -> None:
    answer = client.post("/api/v1/petitions", json=petition())
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "idempotency_key_required"


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"null", b'{"petitioner": []}'])
def test_unreadable_bodies_get_a_clear_error(client: FlaskClient, data: bytes) -> None:
    answer = client.post("/api/v1/petitions", data=data, headers=KEY)
    assert answer.status_code in (400, 422)
    assert answer.get_json()["detail"]


def test_a_megabyte_of_text_is_refused_with_a_message(client: FlaskClient) -> None:
    answer = post(client, petition(facts="长" * 1_000_000))
    assert answer.status_code == 413
    assert "分几次" in answer.get_json()["detail"]


def test_nothing_that_identifies_a_person_is_stored_unencrypted(client: FlaskClient, tmp_path: Path) -> None:
    post(client, petition())
    sqlite3.connect(tmp_path / "kiosk.db").execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("kiosk.db*"))
    for canary in ("钱多米", "13912345678", "望江社区", "半夜还在打桩"):
        assert canary.encode() not in stored


def test_a_locked_database_gives_503_and_the_same_key_works_afterwards(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["kiosk"].store._engine.dispose()
    other = sqlite3.connect(tmp_path / "kiosk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = post(client, petition())
    assert answer.status_code == 503
    assert answer.get_json()["code"] == "store_busy" and answer.headers["Retry-After"]
    other.execute("ROLLBACK")
    assert post(client, petition()).status_code == 201


def test_a_receipt_is_distinguished_from_a_forged_one(client: FlaskClient) -> None:
    body = post(client, petition()).get_json()
    code = body["receipt"]["verify_code"]
    genuine = client.get("/api/v1/receipts/verify", query_string={"code": code}).get_json()
    assert genuine["valid"] and genuine["case_number"] == body["case_number"]
    forged = code[:-1] + ("A" if code[-1] != "A" else "B")
    for wrong in (forged, "", "x" * 5000, body["case_number"]):
        answer = client.get("/api/v1/receipts/verify", query_string={"code": wrong})
        assert answer.get_json() == {"valid": False, "case_number": None, "registered_at": None}
        typed = client.post("/api/v1/receipts/verify", json={"code": wrong})
        assert typed.get_json() == answer.get_json()
    assert client.post("/api/v1/receipts/verify", json={"code": f" {code}\n"}).get_json() == genuine


def test_a_retry_after_a_lost_reply_gets_that_reply_regardless_of_limits(app: Flask, client: FlaskClient) -> None:
    first = post(client, petition()).get_json()
    codes = [post(client, petition(), f"others-{n:04d}").status_code for n in range(60)]
    assert codes[-1] == 429
    again = post(client, petition())
    assert again.status_code == 201 and again.get_json()["case_number"] == first["case_number"]
    assert (
        post(
            client,
            petition(request="别的要求"),
        ).get_json()["code"]
        == "idempotency_conflict"
    )
