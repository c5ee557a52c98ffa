"""Papers that came to the office go to their case at the desk, also where the petitioner has no phone to prove."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.policy import MOST_PICTURE_BYTES
from tests.attachments.helpers import open_bundle, paper, photo_that_tells, send
from tests.desk import bearer, seen_by_staff, staff
from tests.factories import PASSWORD, fresh_app
from tests.web.desk_helpers import csrf, sign_in

LETTER = {"channel": "letter", "received_on": "2026-03-02", "reach": "not_at_all", "facts": "信里说路灯坏了没人修。"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def number(client: FlaskClient) -> str:
    headers = {**bearer(client), "Idempotency-Key": "letter-came"}
    return str(client.post("/api/v1/desk/petitions", json=LETTER, headers=headers).get_json()["case_number"])


def put(client: FlaskClient, number: str, data: bytes, key: str = "paper-key-1", token: str = "") -> Any:
    form = {"csrf": token or csrf(client.get("/desk/register").text), "key": key, "file": (io.BytesIO(data), "a.jpg")}
    return client.post(f"/desk/cases/{number}/papers", data=form, content_type="multipart/form-data")


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "office", PASSWORD)
    return client


def test_an_officer_puts_the_letter_itself_with_its_case(client: FlaskClient, desk: FlaskClient, number: str) -> None:
    assert 'id="put-paper"' in desk.get(f"/desk/cases/{number}").text
    for _ in range(2):  # the same form twice is one picture
        assert put(desk, number, photo_that_tells()).status_code == 303
    seen = seen_by_staff(client, number)
    assert len(seen["pictures"]) == 1
    added = seen["timeline"][-1]
    assert (added["event"], added["actor"], added["data"]["count"]) == ("add_material", "信访人", "1")


def test_a_large_photo_passes_and_one_that_is_too_large_is_refused_with_what_to_do(
    desk: FlaskClient, number: str
) -> None:
    assert put(desk, number, paper(1600, 1800, "PNG", compress_level=0)).status_code == 303
    refused = put(desk, number, b"\xff\xd8\xff" + b"0" * MOST_PICTURE_BYTES * 2)
    assert refused.status_code == 413 and "太大" in refused.text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"no picture"])
def test_what_is_no_picture_is_refused_and_nothing_is_kept(desk: FlaskClient, number: str, data: bytes) -> None:
    refused = put(desk, number, data)
    assert 400 <= refused.status_code < 500 and "没有办成" in refused.text
    assert "<img" not in desk.get(f"/desk/cases/{number}").text


def test_the_form_of_another_session_puts_nothing(desk: FlaskClient, number: str) -> None:
    assert put(desk, number, paper(), token="0" * 64).status_code == 303
    assert "<img" not in desk.get(f"/desk/cases/{number}").text


def test_by_the_api_a_whole_bundle_goes_to_the_case_once(client: FlaskClient, number: str) -> None:
    bundle = open_bundle(client)
    for width in (500, 600):
        send(client, bundle, paper(width))
    headers = {**bearer(client), "Idempotency-Key": "papers-came"}
    path, body = f"/api/v1/desk/cases/{number}/papers", {"attachments": bundle}
    for _ in range(2):
        assert client.post(path, json=body, headers=headers).get_json() == {"case_number": number, "added": 2}
    empty = {"attachments": open_bundle(client)}
    refused = client.post(path, json=empty, headers={**headers, "Idempotency-Key": "papers-none"})
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "attachments")


def test_only_the_office_and_only_while_somebody_reads_them(app: Flask, client: FlaskClient, number: str) -> None:
    unit = app.test_client()
    sign_in(unit, "unit", PASSWORD)
    page = unit.get("/desk").text
    assert put(unit, number, paper(), token=csrf(page)).status_code == 403
    staff(app, "office", number, "transfer", unit="u-0012", reason="判决的执行")
    desk = app.test_client()
    sign_in(desk, "office", PASSWORD)
    assert 'id="put-paper"' not in desk.get(f"/desk/cases/{number}").text
    assert put(desk, number, paper()).status_code == 409
