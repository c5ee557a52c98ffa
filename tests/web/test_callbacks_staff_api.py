"""The staff API for call backs and calls from the hall does what the desk's page 回电 does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.factories import PASSWORD, fresh_app

BASE, NUMBER = "/api/v1/desk", "13912345678"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


class Desk:
    """An officer's program."""

    def __init__(self, app: Flask, who: str = "office") -> None:
        self.client = app.test_client()
        found = self.client.post(f"{BASE}/session", json={"username": who, "password": PASSWORD}).get_json()
        self.headers = {"Authorization": f"Bearer {found['token']}"}

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.client.get(BASE + path, headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.get_json()

    def post(self, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self.client.post(BASE + path, json=body or {}, headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.get_json()


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def leave(app: Flask, key: str = "left-number-1", **more: str) -> str:
    body = {"phone": NUMBER, **more}
    return str(
        app.test_client().post("/api/v1/callbacks", json=body, headers={"Idempotency-Key": key}).get_json()["code"]
    )


def as_the_citizen_sees(app: Flask, code: str) -> Any:
    return app.test_client().post("/api/v1/callbacks/lookup", json={"code": code, "phone_tail": NUMBER[-4:]}).get_json()


def test_a_line_names_nobody_and_one_request_has_the_number(app: Flask, desk: Desk) -> None:
    code = leave(app, best_time="下午", about="低保怎么办")
    listing = desk.get("/callbacks")
    (line,) = listing["items"]
    assert (line["state"], line["best_time"], line["is_overdue"], listing["has_next"]) == (
        "waiting",
        "下午",
        False,
        False,
    )
    assert NUMBER not in str(line) and "低保" not in str(line)
    one = desk.get(f"/callbacks/{line['id']}")
    assert (one["code"], one["phone"], one["about"]) == (code, "+8613912345678", "低保怎么办")
    assert one["steps"] == ["reached", "not_reached", "closed"]


def test_answered_and_closed(app: Flask, desk: Desk) -> None:
    code = leave(app)
    path = f"/callbacks/{desk.get('/callbacks')['items'][0]['id']}"
    one = desk.post(f"{path}/steps", {"step": "reached"})
    assert (one["state"], one["steps"]) == ("answered", ["closed"])
    assert as_the_citizen_sees(app, code)["state"] == "answered"
    refused = desk.post(f"{path}/steps", {"step": "closed"}, 422)
    assert refused["errors"][0]["field"] == "note"
    one = desk.post(f"{path}/steps", {"step": "closed", "note": "说明了材料"})
    assert one["is_closed"] and one["events"][-1]["note"] == "说明了材料" and one["events"][-1]["officer"] == "窗口甲"
    assert desk.get("/callbacks")["items"] == []
    assert [line["id"] for line in desk.get("/callbacks?view=closed")["items"]] == [one["id"]]
    assert desk.post(f"{path}/steps", {"step": "reached"}, 409)["code"] == "not_allowed_now"
    assert "说明了材料" not in str(as_the_citizen_sees(app, code))


def test_missed_after_the_last_try(app: Flask, desk: Desk) -> None:
    code = leave(app)
    path = f"/callbacks/{desk.get('/callbacks')['items'][0]['id']}/steps"
    states = [desk.post(path, {"step": "not_reached"})["state"] for _ in range(3)]
    assert states == ["waiting", "waiting", "missed"]
    assert as_the_citizen_sees(app, code)["state"] == "missed"


def test_overdue_is_said_once_the_office_is_late(app: Flask, desk: Desk) -> None:
    leave(app)
    app.extensions["kiosk"].clock.advance(timedelta(days=5))
    late = Desk(app)
    assert [line["is_overdue"] for line in late.get("/callbacks")["items"]] == [True]


@pytest.mark.parametrize("step", ["withdrawn", "requested", "x"])
def test_an_officer_takes_no_step_of_the_citizen(app: Flask, desk: Desk, step: str) -> None:
    leave(app)
    path = f"/callbacks/{desk.get('/callbacks')['items'][0]['id']}/steps"
    desk.post(path, {"step": step, "note": "x"}, 409)


def test_a_call_from_the_hall_is_taken(app: Flask, desk: Desk) -> None:
    terminal = app.test_client()
    assert not terminal.get("/api/v1/hall-calls").get_json()["available"]
    desk.get("/hall-calls")
    desk.get("/callbacks")
    assert not terminal.get("/api/v1/hall-calls").get_json()["available"]  # a program that asks is nobody at the desk
    leave(app)
    desk.post(f"/callbacks/{desk.get('/callbacks')['items'][0]['id']}/steps", {"step": "reached"})
    made = terminal.post("/api/v1/hall-calls", json={}).get_json()
    assert [one["call"] for one in desk.get("/hall-calls")["items"]] == [made["call"]]
    assert desk.post(f"/hall-calls/{made['call']}/take")["items"] == []
    state = terminal.post("/api/v1/hall-calls/state", json={"call": made["call"]}).get_json()["state"]
    assert state == "taken"
    desk.post(f"/hall-calls/{made['call']}/take", status=409)


@pytest.mark.parametrize("who", ["unit", "review"])
def test_other_offices_have_none_of_it(app: Flask, desk: Desk, who: str) -> None:
    leave(app)
    path = f"/callbacks/{desk.get('/callbacks')['items'][0]['id']}"
    other = Desk(app, who)
    for one in ("/callbacks", path, "/hall-calls"):
        assert other.get(one, 403)["code"] == "forbidden"
    other.post(f"{path}/steps", {"step": "reached"}, 403)
    other.post("/hall-calls/x/take", status=403)


def test_an_unknown_request_is_not_found(desk: Desk) -> None:
    desk.get("/callbacks/nothing", 404)
    desk.post("/callbacks/nothing/steps", {"step": "reached"}, 404)


def test_nothing_without_a_token(app: Flask) -> None:
    for path in ("/callbacks", "/callbacks/x", "/hall-calls"):
        assert app.test_client().get(BASE + path).status_code == 401
