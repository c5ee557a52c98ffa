"""Every route that shows a case to staff records a reading; a new route does, or says here why not."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from kiosk_api.services.base.ports import StoreBusy
from tests.audit.world import small_app
from tests.factories import PASSWORD

NO_READING = {
    "desk.large_picture": "the page around a picture, which is fetched and recorded by itself",
    "desk.readings": "who has read the case, and nothing of the case",
    "desk_api.readings": "who has read the case, and nothing of the case",
    "desk_api.steps": "which steps the petitioner may take now, and nothing of the case",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return small_app(tmp_path_factory.mktemp("readings"))


def shown(app: Flask) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "number" in rule.arguments and "GET" in (rule.methods or ()) and rule.endpoint.startswith("desk")
    ]


def first(app: Flask, query: str) -> Any:
    with app.extensions["kiosk"].store.read() as records:
        return records._connection.exec_driver_sql(query).scalar()


def test_each_route_that_shows_a_case_records_one_reading(app: Flask) -> None:
    client = app.test_client()
    signed_in = client.post("/api/v1/desk/session", json={"username": "lead", "password": PASSWORD}).get_json()
    client.set_cookie("desk_session", signed_in["token"], path="/desk")
    values = {
        "number": first(app, "SELECT case_number FROM cases WHERE id = (SELECT case_id FROM documents LIMIT 1)"),
        "document_id": first(app, "SELECT document_id FROM document_files"),
        "picture_id": first(app, "SELECT id FROM attachments WHERE case_id IS NOT NULL"),
    }
    recorded = {}
    for rule in shown(app):
        before = first(app, "SELECT count(*) FROM officer_log")
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments})
        answer = client.get(path, headers={"Authorization": f"Bearer {signed_in['token']}"})
        assert answer.status_code == 200, rule
        recorded[rule.endpoint] = first(app, "SELECT count(*) FROM officer_log") - before
    assert len(recorded) >= 14
    assert recorded == {one: 0 if one in NO_READING else 1 for one in recorded}
    assert set(NO_READING) <= set(recorded)


def test_a_reading_that_cannot_be_recorded_is_not_shown(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StoreBusy("busy")

    client = app.test_client()
    signed_in = client.post("/api/v1/desk/session", json={"username": "lead", "password": PASSWORD}).get_json()
    number = first(app, "SELECT case_number FROM cases WHERE id = (SELECT case_id FROM documents LIMIT 1)")
    monkeypatch.setattr("kiosk_api.persistence.accounts.SqlAccounts.note_reading", refuse)
    answer = client.get(f"/api/v1/desk/cases/{number}", headers={"Authorization": f"Bearer {signed_in['token']}"})
    assert answer.status_code == 503
    assert "夜间施工" not in answer.get_data(as_text=True)
