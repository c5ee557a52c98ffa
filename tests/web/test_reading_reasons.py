"""Officers of chosen roles say why before they read a case: once per case, sealed, shown to supervisors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from alembic import command
from alembic.config import Config
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.config import Settings, SettingsError
from kiosk_api.domain.accounts import READERS
from kiosk_api.domain.workflow import Role
from kiosk_api.persistence.migrate import migrate
from tests.factories import PASSWORD, fresh_app, register
from tests.published import watch

API = "/api/v1/desk"
WHY = "接到电话，核对进度"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = fresh_app(tmp_path, officers=True, KIOSK_READING_REASONS="petition_office, responsible_unit")
    unpublished = watch(made)
    yield made
    assert not unpublished


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def bearer(client: FlaskClient, username: str, why: str | None = None) -> dict[str, str]:
    token = client.post(f"{API}/session", json={"username": username, "password": PASSWORD}).get_json()["token"]
    return {"Authorization": f"Bearer {token}", **({} if why is None else {"X-Reading-Reason": why})}


def readings(client: FlaskClient, number: str) -> list[tuple[str, str]]:
    items = client.get(f"{API}/cases/{number}/readings", headers=bearer(client, "lead")).get_json()["items"]
    return [(one["username"], one["reason"]) for one in items]


def form_token(page: str) -> str:
    return page.split('name="csrf" value="')[1][:64]


def test_the_setting_names_roles() -> None:
    assert Settings.from_env({}).reading_reasons == frozenset()
    assert Settings.from_env({"KIOSK_READING_REASONS": "all"}).reading_reasons == READERS
    assert Settings.from_env({"KIOSK_READING_REASONS": "supervisor"}).reading_reasons == {Role.SUPERVISOR}
    with pytest.raises(SettingsError, match="'petitioner'"):
        Settings.from_env({"KIOSK_READING_REASONS": "supervisor, petitioner"})


def test_the_api_wants_a_reason_once_per_case(app: Flask, client: FlaskClient) -> None:
    number, office = register(app)["case_number"], bearer(client, "office")
    for method, path, body in (
        ("GET", "", None), ("GET", "/documents", None), ("POST", "/actions", {"action": "note", "data": {"text": "看看"}}),
    ):  # fmt: skip
        answer = client.open(f"{API}/cases/{number}{path}", method=method, json=body, headers=office)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "reading_reason_needed"), path
    for nothing in ("", " ", "…", "%FF", "x" * 201):
        answer = client.get(f"{API}/cases/{number}", headers={**office, "X-Reading-Reason": nothing})
        assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (403, "reason"), nothing
    said = {**office, "X-Reading-Reason": quote(WHY)}
    assert len(client.get(f"{API}/cases/{number}", headers=said).get_json()["timeline"]) == 1  # nothing was done
    assert client.get(f"{API}/cases/{number}", headers=office).status_code == 200
    assert readings(client, number) == [("office", WHY)] * 2
    other = register(app, "another-case-0001")["case_number"]
    assert client.get(f"{API}/cases/{other}", headers=office).status_code == 403
    app.extensions["kiosk"].clock.advance(timedelta(hours=8))
    assert client.get(f"{API}/cases/{number}", headers=bearer(client, "office")).status_code == 403
    with app.extensions["kiosk"].store._engine.connect() as connection:
        sealed = connection.exec_driver_sql("SELECT sealed FROM reading_reasons").scalars().all()
    assert len(sealed) == 1 and WHY.encode() not in sealed[0]


def test_other_roles_are_not_asked(app: Flask, client: FlaskClient) -> None:
    number = register(app)["case_number"]
    assert client.get(f"{API}/cases/{number}", headers=bearer(client, "lead", quote(WHY))).status_code == 200
    assert readings(client, number) == [("lead", "")]


def test_a_case_out_of_sight_answers_as_one_that_does_not_exist(app: Flask, client: FlaskClient) -> None:
    """The case is at the petition office: the unit does not see it."""
    number = str(register(app)["case_number"])
    client.post("/desk/sign-in", data={"username": "unit", "password": PASSWORD})
    token = form_token(client.get("/desk").get_data(as_text=True))

    def answers(asked: str) -> list[tuple[int, str]]:
        found: list[Any] = [client.get(f"{API}/cases/{asked}", headers=bearer(client, "unit"))]
        found += [client.get(f"{API}/cases/{asked}", headers=bearer(client, "unit", why)) for why in ("", quote(WHY))]
        found += [client.get(f"/desk/cases/{asked}")]
        found += [client.post(f"/desk/cases/{asked}/reason", data={"csrf": token, "reason": why}) for why in ("", WHY)]
        return [(one.status_code, one.get_data(as_text=True).replace(asked, "")) for one in found]

    assert answers(number) == answers("XF20260101999999")
    assert {status for status, _ in answers(number)} == {404}


def test_the_page_asks_and_then_shows_the_case(app: Flask, client: FlaskClient) -> None:
    number = str(register(app)["case_number"])
    client.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    asked = client.get(f"/desk/cases/{number}/at-the-window")
    page = asked.get_data(as_text=True)
    assert asked.status_code == 403 and "先写一句理由" in page and "钱多米" not in page
    body = {"csrf": form_token(page), "next": f"/desk/cases/{number}/at-the-window"}
    again = client.post(f"/desk/cases/{number}/reason", data={**body, "reason": " "})
    assert again.status_code == 422 and "请写一句为什么要看" in again.get_data(as_text=True)
    given = client.post(f"/desk/cases/{number}/reason", data={**body, "reason": WHY})
    assert given.headers["Location"] == body["next"]
    assert "钱多米" in client.get(f"/desk/cases/{number}").get_data(as_text=True)
    client.post("/desk/sign-in", data={"username": "lead", "password": PASSWORD})
    assert WHY in client.get(f"/desk/cases/{number}/readings").get_data(as_text=True)


def test_what_was_typed_outlives_the_question(app: Flask, client: FlaskClient) -> None:
    number = str(register(app)["case_number"])
    client.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    token = form_token(client.get("/desk").get_data(as_text=True))
    body = {"csrf": token, "action": "note", "f_text": "已电话联系"}
    asked = client.post(f"/desk/cases/{number}/actions", data=body)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 403 and 'name="f_text" value="已电话联系"' in page
    shown = client.post(f"/desk/cases/{number}/reason", data={**body, "reason": WHY}).get_data(as_text=True)
    assert "已电话联系" in shown and "尚未提交" in shown


def test_readings_of_before_stay(app: Flask, client: FlaskClient) -> None:
    """Migration 0020, with data."""
    number = str(register(app)["case_number"])
    client.get(f"{API}/cases/{number}", headers=bearer(client, "lead"))
    engine, config = app.extensions["kiosk"].store._engine, Config()
    config.set_main_option("script_location", "kiosk_api:persistence/migrations")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0019")
        connection.commit()
    migrate(engine)
    assert readings(client, number) == [("lead", "")]
