"""A case without a phone has no mark that a guess could match, and its other marks follow a new key."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api import cli
from kiosk_api.services.base.renew import Renewal, renew
from tests.desk import bearer, seen_by_staff
from tests.factories import fresh_app
from tests.stores import connect

ID_NUMBER = "11010519491231002X"
LETTER: dict[str, Any] = {
    "channel": "letter", "received_on": "2026-03-02", "reach": "post", "facts": "工地半夜打桩，老人孩子睡不着，没人管。",
    "petitioner": {"name": "钱多米", "address": "江畔区桥东街道望江社区3幢", "id_number": ID_NUMBER},
}  # fmt: skip


def letter(app: Flask, key: str) -> dict[str, Any]:
    client = app.test_client()
    headers = {**bearer(client), "Idempotency-Key": key}
    return dict(client.post("/api/v1/desk/petitions", json=LETTER, headers=headers).get_json())


def marks(folder: Path) -> list[tuple[str, str, str]]:
    with closing(connect(folder)) as store:
        return store.execute("SELECT phone_mark, tail_mark, id_mark FROM cases ORDER BY registered_at").fetchall()


def test_without_a_phone_nothing_is_marked_and_no_tail_opens_the_case(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, officers=True)
    made = letter(app, "letter-0001")
    assert marks(tmp_path)[0][:2] == ("", "")
    client = app.test_client()
    for tail in ("", "0000", "None", "12345678901"):
        body = {"case_number": made["case_number"], "phone_tail": tail}
        assert client.post("/api/v1/cases/lookup", json=body).status_code in (404, 422)


def test_a_store_of_such_cases_alone_opens_again(tmp_path: Path) -> None:
    made = letter(fresh_app(tmp_path, officers=True), "letter-0001")
    with closing(connect(tmp_path)) as store, store:
        store.execute("DELETE FROM key_notes")  # a store from before them is tried by its phones
    found = fresh_app(tmp_path).test_client().post("/api/v1/cases/lookup", json={"lookup_token": made["lookup_token"]})
    assert found.status_code == 200


def test_the_mark_of_the_card_follows_a_new_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_api.gateways.key_ring.CHECK_EVERY_S", 0.0)
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    app = fresh_app(tmp_path, officers=True)
    first = letter(app, "letter-0001")
    before = marks(tmp_path)[0][2]
    assert cli.main(["rotate-keys", "blind-index"]) == 0
    passed = [0.0]
    walk = Renewal(elapsed=lambda: passed[0])
    for passed[0] in (0.0, 10.0):
        while renew(app.extensions["kiosk"], walk):
            continue
    assert marks(tmp_path)[0][2] not in ("", before)
    again = letter(app, "letter-0002")
    assert again["earlier"]["case_number"] == first["case_number"]
    assert seen_by_staff(app.test_client(), again["case_number"])["earlier"]
