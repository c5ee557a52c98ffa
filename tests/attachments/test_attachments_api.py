"""Bundles, phones and cases over HTTP."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain import policy
from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.keys import Key
from kiosk_api.domain.policy import MOST_PICTURE_BYTES, MOST_PICTURES
from kiosk_api.gateways.crypto import GcmCipher
from kiosk_api.gateways.key_ring import KeyRing
from kiosk_api.services.attachments import bundles
from kiosk_api.services.cases.background import beat_and_purge
from tests.attachments.helpers import (
    CANARY,
    count_rows,
    later,
    listing,
    open_bundle,
    paper,
    phone,
    photo_that_tells,
    register,
    send,
    visit,
)
from tests.factories import petition


def test_a_picture_is_kept_listed_shown_to_its_own_page_and_deleted(client: FlaskClient) -> None:
    token = open_bundle(client)
    assert len(token) >= 22  # 128 bits and more in base64
    sent = send(client, token, paper())
    assert sent.status_code == 201
    one = sent.get_json()
    assert (one["width"], one["height"]) == (800, 600) and one["size"] > 1000
    assert listing(client, token).get_json()["items"] == [one]
    shown = client.get(f"/api/v1/attachments/{one['id']}", headers={"X-Bundle": token})
    assert shown.mimetype == "image/jpeg" and len(shown.data) == one["size"]
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Content-Security-Policy"].startswith("sandbox")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    gone = client.delete(f"/api/v1/attachments/{one['id']}", headers={"X-Bundle": token})
    assert gone.status_code == 204
    assert listing(client, token).get_json()["count"] == 0


def test_nobody_reaches_a_bundle_without_its_token(client: FlaskClient) -> None:
    token, other = open_bundle(client), open_bundle(client)
    one = send(client, token, paper()).get_json()
    path = f"/api/v1/attachments/{one['id']}"
    for wrong in ("", "x", other[::-1], "A" * 32):
        assert listing(client, wrong).status_code == 404
        assert client.get(path, headers={"X-Bundle": wrong}).status_code == 404
    assert client.get(path, headers={"X-Bundle": other}).get_json()["code"] == "attachment_not_found"
    client.delete(path, headers={"X-Bundle": other})
    client.delete("/api/v1/attachments/bundles", headers={"X-Bundle": other})
    assert listing(client, token).get_json()["count"] == 1


@pytest.mark.parametrize(("data", "status", "code"), [
    (b"%PDF-1.7 paper", 415, "picture_is_pdf"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "picture_wrong_type"),
    (b"GIF89a" + bytes(20), 422, "picture_unreadable"),
    (paper()[:400], 422, "picture_unreadable"),
    (b"\xff\xd8\xff" + bytes(MOST_PICTURE_BYTES), 413, "picture_too_large"),
    (b"\xff\xd8\xff" + bytes(MOST_PICTURE_BYTES + 200_000), 413, "picture_too_large"),
])  # fmt: skip
def test_a_file_that_is_not_a_picture_is_refused_and_not_stored(
    app: Flask, client: FlaskClient, data: bytes, status: int, code: str
) -> None:
    token = open_bundle(client)
    # a wrong name or type changes nothing
    answer = send(client, token, data, name="nice.jpg")
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    assert "请" in answer.get_json()["detail"]
    assert count_rows(app, "attachments") == 0


def test_only_the_upload_address_accepts_large_bodies(client: FlaskClient) -> None:
    large = {"Idempotency-Key": "attach-large"}
    body = petition(facts="长" * 300_000)
    assert client.post("/api/v1/petitions", json=body, headers=large).status_code == 413
    assert client.post("/api/v1/attachments/bundles", data=bytes(300_000)).status_code in (201, 413)
    assert client.post("/api/v1/cases/attachments", json={"x": "y" * 300_000}).status_code == 413


def test_the_eleventh_picture_is_refused_and_the_ten_stay(client: FlaskClient) -> None:
    token = open_bundle(client)
    for _ in range(MOST_PICTURES):
        assert send(client, token, paper(60, 60)).status_code == 201
    refused = send(client, token, paper(60, 60))
    assert (refused.status_code, refused.get_json()["code"]) == (422, "too_many_pictures")
    assert listing(client, token).get_json()["count"] == MOST_PICTURES


def test_the_total_size_of_pictures_is_limited(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    token = open_bundle(client)
    size = send(client, token, paper()).get_json()["size"]
    monkeypatch.setattr("kiosk_api.services.attachments.bundles.MOST_BUNDLE_BYTES", size * 2 - 1)
    assert send(client, token, paper()).get_json()["code"] == "too_many_pictures"
    monkeypatch.setattr("kiosk_api.services.attachments.bundles.MOST_WAITING_BYTES", size + 10)
    assert send(client, open_bundle(client), paper()).get_json()["code"] == "pictures_full"


def test_uploads_of_one_source_have_a_budget(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    few = policy.Budget("uploads", 3, timedelta(hours=1))
    monkeypatch.setattr(bundles, "UPLOADS", few)
    token = open_bundle(client)
    codes = [send(client, token, b"junk").status_code for _ in range(5)]
    assert codes == [415, 415, 415, 429, 429]


def test_an_idle_bundle_expires_after_half_an_hour_and_the_worker_deletes_it(app: Flask, client: FlaskClient) -> None:
    token = open_bundle(client)
    send(client, token, paper())
    later(app, minutes=29)
    assert listing(client, token).get_json()["count"] == 1  # reading the list extends its life
    later(app, minutes=29)
    assert listing(client, token).get_json()["count"] == 1
    later(app, minutes=31)
    assert listing(client, token).get_json()["code"] == "bundle_not_found"
    assert send(client, token, paper()).status_code == 404
    beat_and_purge(app.extensions["kiosk"])
    assert count_rows(app, "attachments") == count_rows(app, "attachment_bundles") == 0


def test_a_page_left_open_does_not_keep_pictures_for_ever(app: Flask, client: FlaskClient) -> None:
    token = open_bundle(client)
    alive = 0
    while listing(client, token).status_code == 200:
        later(app, minutes=20)
        alive += 20
        assert alive < 1000
    assert 230 <= alive <= 260


def test_dropping_a_bundle_deletes_everything_at_once(app: Flask, client: FlaskClient) -> None:
    token = open_bundle(client)
    send(client, token, paper())
    for _ in range(2):
        gone = client.delete("/api/v1/attachments/bundles", headers={"X-Bundle": token})
        assert gone.status_code == 204
    assert count_rows(app, "attachments") == count_rows(app, "attachment_bundles") == 0


# with a case ---------------------------------------------------------------------------
def test_a_registered_petition_takes_its_pictures_and_nobody_else_can(app: Flask, client: FlaskClient) -> None:
    token = open_bundle(client)
    send(client, token, paper())
    send(client, token, paper(300, 500))
    first = register(client, "take", attachments=token)
    assert first.status_code == 201 and first.get_json()["attachments"] == 2
    again = register(client, "take", attachments=token)
    assert again.get_json() == first.get_json()
    assert count_rows(app, "cases") == 1
    assert listing(client, token).status_code == 404
    client.delete("/api/v1/attachments/bundles", headers={"X-Bundle": token})
    later(app, days=40)
    beat_and_purge(app.extensions["kiosk"])
    assert count_rows(app, "attachments") == 2  # no end, and no way back to the bundle
    second = register(client, "steal", attachments=token)
    assert second.status_code == 422


def test_an_expired_bundle_names_the_pictures_and_registers_nothing(app: Flask, client: FlaskClient) -> None:
    token = open_bundle(client)
    send(client, token, paper())
    later(app, minutes=31)
    for key, wrong in (("gone", token), ("odd", "no such token"), ("list", [token])):
        refused = register(client, key, attachments=wrong)
        assert refused.status_code == 422
        (error,) = refused.get_json()["errors"]
        assert error["field"] == "attachments" and "重新拍" in error["detail"]
    assert count_rows(app, "cases") == 0
    assert register(client, "gone").status_code == 201  # the same form without them


def test_an_expired_bundle_is_reported_with_all_other_errors(client: FlaskClient) -> None:
    refused = register(client, "many", attachments="no such token", consent=False)
    fields = {one["field"] for one in refused.get_json()["errors"]}
    assert fields == {"attachments", "consent"}


# at rest -------------------------------------------------------------------------------
def test_the_store_holds_no_pixel_and_no_token_in_clear(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    token = open_bundle(client)
    one = send(client, token, photo_that_tells()).get_json()
    link, _ = phone(client, token)
    came = visit(client, link).get_json()["visit_token"]
    shown = client.get(f"/api/v1/attachments/{one['id']}", headers={"X-Bundle": token}).data
    register(client, "rest", attachments=token)
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "keys" not in path.parts)
    assert len(stored) > len(shown)
    for secret in (CANARY.encode(), b"JFIF", shown[:24], shown[600:640], token.encode(),
                   link.encode(), came.encode()):  # fmt: skip
        assert secret not in stored


def test_a_sealed_picture_opens_in_its_own_row_only_and_never_as_a_value() -> None:
    cipher = GcmCipher(KeyRing([Key("00000000", "encryption", 1, bytes(32))]))
    place = ("attachments", "sealed", "row-1")
    sealed = cipher.seal_bytes(place, b"pixels")
    assert cipher.open_bytes(place, sealed) == b"pixels"
    assert b"pixels" not in sealed and sealed != cipher.seal_bytes(place, b"pixels")
    for wrong in (("attachments", "sealed", "row-2"), ("cases", "sealed", "row-1")):
        with pytest.raises(Unreadable):
            cipher.open_bytes(wrong, sealed)
    with pytest.raises(Unreadable):
        cipher.open(place, sealed)
    with pytest.raises(Unreadable):
        cipher.open_bytes(place, cipher.seal(place, {"a": 1}))
