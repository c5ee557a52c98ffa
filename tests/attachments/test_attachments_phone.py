"""The code on the kiosk admits one phone, once, for a limited time."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.policy import MOST_PICTURES
from tests.attachments.helpers import (
    later,
    listing,
    open_bundle,
    paper,
    phone,
    register,
    send,
    visit,
)
from tests.attachments.sheets import encoded, is_readable, written


def test_one_phone_sends_pictures_to_the_kiosk_and_sees_none_of_them(client: FlaskClient) -> None:
    token = open_bundle(client)
    first = send(client, token, paper()).get_json()
    link, made = phone(client, token)
    assert re.match(r"https?://[^?]+/u#[\w-]{32}$", made["url"]) and "<svg" in made["qr_svg"]
    assert made["expires_in"] == 900
    assert listing(client, token).get_json()["phone_came"] is False
    let_in = visit(client, link)
    assert let_in.status_code == 201
    came = let_in.get_json()["visit_token"]
    assert let_in.get_json()["count"] == 1
    assert send(client, came, paper(500, 700), "X-Visit").status_code == 201
    assert send(client, came, paper(500, 700), "X-Visit").status_code == 201
    assert listing(client, came, "X-Visit").get_json() == {"count": 3, "most": MOST_PICTURES}
    seen = listing(client, token).get_json()
    assert seen["phone_came"] is True and len(seen["items"]) == 3
    both = client.get("/api/v1/attachments", headers={"X-Visit": came, "X-Bundle": "x"})
    assert both.get_json() == {"count": 3, "most": MOST_PICTURES}
    for header in ({"X-Visit": came}, {"X-Bundle": came}):
        assert client.get(f"/api/v1/attachments/{first['id']}", headers=header).status_code == 404
        assert client.delete(f"/api/v1/attachments/{first['id']}", headers=header).status_code == 404
    assert register(client, "phone", attachments=came).status_code == 422


def test_a_code_admits_the_first_phone_only(client: FlaskClient) -> None:
    link, _ = phone(client, open_bundle(client))
    assert visit(client, link).status_code == 201
    refused = visit(client, link)
    assert (refused.status_code, refused.get_json()["code"]) == (410, "upload_link_dead")
    for wrong in ("", "A" * 32, "中"):
        assert visit(client, wrong.encode("utf-8").decode("latin-1")).status_code == 410


def test_a_phone_whose_answer_was_lost_asks_again_and_is_the_same_phone(client: FlaskClient) -> None:
    token = open_bundle(client)
    link, _ = phone(client, token)
    own = "phone-chosen-token-0001"
    for _ in range(2):
        answer = visit(client, link, own)
        assert (answer.status_code, answer.get_json()["visit_token"]) == (201, own)
    assert visit(client, link, "another-phones-token-02").status_code == 410
    assert send(client, own, paper(), "X-Visit").status_code == 201
    client.delete("/api/v1/attachments/phone-link", headers={"X-Bundle": token})
    assert visit(client, link, own).status_code == 410


def test_a_phone_whose_page_was_loaded_anew_goes_on_without_the_code(app: Flask, client: FlaskClient) -> None:
    token = open_bundle(client)
    link, _ = phone(client, token)
    own = "phone-chosen-token-0003"
    assert visit(client, link, own).status_code == 201
    assert send(client, own, paper(), "X-Visit").status_code == 201
    later(app, minutes=5)
    again = visit(client, "", own)
    assert (again.status_code, again.get_json()["count"], again.get_json()["expires_in"]) == (201, 1, 600)
    assert visit(client, "", "another-phones-token-04").status_code == 410
    later(app, minutes=11)
    assert visit(client, "", own).status_code == 410


@pytest.mark.parametrize("ending", ["time", "kiosk closes", "kiosk drops", "registered", "new code"])
def test_a_phone_is_shut_out_when_the_visit_is_over(app: Flask, client: FlaskClient, ending: str) -> None:
    token = open_bundle(client)
    link, _ = phone(client, token)
    came = visit(client, link).get_json()["visit_token"]
    assert send(client, came, paper(), "X-Visit").status_code == 201
    own = {"X-Bundle": token}
    if ending == "time":
        later(app, minutes=16)
    elif ending == "kiosk closes":
        assert client.delete("/api/v1/attachments/phone-link", headers=own).status_code == 204
    elif ending == "kiosk drops":
        client.delete("/api/v1/attachments/bundles", headers=own)
    elif ending == "registered":
        assert register(client, "shut", attachments=token).status_code == 201
    else:
        phone(client, token)
    assert send(client, came, paper(), "X-Visit").status_code == 410
    assert listing(client, came, "X-Visit").status_code == 410


def test_an_unused_code_expires_after_a_quarter_of_an_hour(app: Flask, client: FlaskClient) -> None:
    token = open_bundle(client)
    link, _ = phone(client, token)
    later(app, minutes=16)
    assert listing(client, token).status_code == 200
    assert visit(client, link).status_code == 410


def test_a_phone_gets_back_the_picture_that_it_has_sent_as_it_was_kept(client: FlaskClient) -> None:
    token = open_bundle(client)
    link, _ = phone(client, token)
    came = visit(client, link).get_json()["visit_token"]
    answer = client.post(
        "/api/v1/attachments",
        data={"file": (io.BytesIO(encoded(written(1440, 20000, 36), "JPEG")), "paper")},
        headers={"X-Visit": came, "Accept": "image/jpeg, application/json;q=0.5"},
        content_type="multipart/form-data",
    )
    assert (answer.status_code, answer.mimetype) == (201, "image/jpeg")
    assert answer.headers["Cache-Control"] == "no-store"
    assert is_readable(answer.data, 36)
    kept = listing(client, token).get_json()["items"]
    assert client.get(f"/api/v1/attachments/{kept[0]['id']}", headers={"X-Bundle": token}).data == answer.data
    refused = client.post(
        "/api/v1/attachments",
        data={"file": (io.BytesIO(b"%PDF-1.7"), "paper")},
        headers={"X-Visit": came, "Accept": "image/jpeg, application/json;q=0.5"},
        content_type="multipart/form-data",
    )
    assert (refused.status_code, refused.get_json()["code"]) == (415, "picture_is_pdf")
