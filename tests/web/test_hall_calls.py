"""A terminal calls the hall's staff: only when the desk is open, and "somebody is coming" only when taken."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.config import Settings, SettingsError
from kiosk_api.domain import policy
from kiosk_api.services.chat.hall_calls import take_call, waiting_calls
from kiosk_api.services.staff.sign_in import sign_in
from tests.factories import PASSWORD, fresh_app
from tests.web.desk_helpers import sign_in as sign_in_at_desk

HOME = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}


def call(client: FlaskClient, **more: Any) -> Any:
    return client.post("/api/v1/hall-calls", json={}, **more)


def state(client: FlaskClient, made: Any) -> str:
    answer = client.post("/api/v1/hall-calls/state", json={"call": made.get_json()["call"]})
    return str(answer.get_json()["state"])


def available(client: FlaskClient, **more: Any) -> bool:
    return bool(client.get("/api/v1/hall-calls", **more).get_json()["available"])


def open_desk(app: Flask, name: str = "office") -> FlaskClient:
    desk = app.test_client()
    sign_in_at_desk(desk, name, PASSWORD)
    assert desk.get("/desk").status_code == 200
    return desk


def test_nobody_is_called_before_an_officer_has_used_the_desk(app: Flask, client: FlaskClient) -> None:
    assert not available(client)
    assert call(client).get_json()["code"] == "desk_closed"
    open_desk(app)
    assert available(client)
    app.extensions["kiosk"].clock.advance(policy.DESK_OPEN_FOR + timedelta(minutes=1))
    assert not available(client)


def test_an_officer_elsewhere_does_not_open_the_desk(app: Flask, client: FlaskClient) -> None:
    open_desk(app, "unit")
    assert not available(client)


def test_signing_out_closes_the_desk(app: Flask, client: FlaskClient) -> None:
    desk = open_desk(app)
    page = desk.get("/desk").get_data(as_text=True)
    desk.post("/desk/sign-out", data={"csrf": page.split('name="csrf" value="')[1][:64]})
    assert not available(client)


def test_a_phone_at_home_cannot_call(app: Flask, client: FlaskClient) -> None:
    open_desk(app)
    assert not available(client, **HOME)
    assert call(client, **HOME).get_json()["code"] == "not_at_terminal"


def test_a_call_waits_is_taken_once_and_says_so(app: Flask, client: FlaskClient) -> None:
    open_desk(app)
    ctx = app.extensions["kiosk"]
    made = call(client)
    assert made.get_json()["state_label"] == "已经通知大厅工作人员"
    assert call(client).get_json()["call"] == made.get_json()["call"]  # pressed twice: one signal
    assert state(client, made) == "waiting"
    officer = sign_in(ctx, "office", PASSWORD, "198.51.100.1")[1]
    take_call(ctx, officer, made.get_json()["call"])
    assert state(client, made) == "taken" and not waiting_calls(ctx)
    with pytest.raises(Exception, match="not_allowed_now"):
        take_call(ctx, officer, made.get_json()["call"])


def test_a_call_that_nobody_takes_is_over_after_a_quarter_of_an_hour(app: Flask, client: FlaskClient) -> None:
    open_desk(app)
    ctx, made = app.extensions["kiosk"], call(client)
    ctx.clock.advance(policy.HALL_CALL_LASTS)
    assert state(client, made) == "over" and not waiting_calls(ctx)


def test_the_desk_sees_where_the_terminal_is(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, officers=True, KIOSK_TERMINAL_NAMES="127.0.0.1=一楼东侧; 192.0.2.7=二楼")
    open_desk(app)
    ctx = app.extensions["kiosk"]
    for said, shown in (("别处", "一楼东侧"), ("二楼", "二楼")):
        app.test_client().post("/api/v1/hall-calls", json={"terminal": said})
        assert [one.place for one in waiting_calls(ctx)] == [shown]
        ctx.clock.advance(policy.HALL_CALL_LASTS)
        open_desk(app)


def test_a_bad_name_of_a_terminal_is_said_at_start() -> None:
    with pytest.raises(SettingsError, match="KIOSK_TERMINAL_NAMES"):
        Settings.from_env({"KIOSK_TERMINAL_NAMES": "hall-1=一楼"})
