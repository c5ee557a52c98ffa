"""A danger told at a terminal: the desk sees at once where and when, an officer answers, no word is stored."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from kiosk_api.domain import policy
from kiosk_api.services.chat.dangers import KINDS, open_dangers
from kiosk_api.web.desk.presenting import DANGER_LABELS
from tests.factories import PASSWORD, fresh_app
from tests.stores import connect
from tests.web.desk_helpers import csrf, sign_in

WORDS = "我不想活了，我就坐在这里"
HOME = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True, KIOSK_TERMINAL_NAMES="127.0.0.1=一楼东侧")


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "office", PASSWORD)
    return client


def tell(app: Flask, kind: str = "life", **more: Any) -> Any:
    """One message, in which the assistant reads a danger."""
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "请马上打110。", "danger": kind}}]
    return app.test_client().post("/api/v1/chat", json={"text": WORDS}, **more)


def answer(desk: FlaskClient, app: Flask, step: str, signal: str = "") -> Any:
    signal = signal or open_dangers(app.extensions["kiosk"])[0].id
    token = csrf(desk.get("/desk/callbacks").get_data(as_text=True))
    return desk.post(f"/desk/dangers/{signal}/steps", data={"csrf": token, "step": step})


@pytest.mark.parametrize("kind", [*DANGER_LABELS])
def test_the_desk_sees_place_time_and_kind(app: Flask, desk: FlaskClient, kind: str) -> None:
    assert kind in KINDS
    assert tell(app, kind).status_code == 200
    page = desk.get("/desk/callbacks").get_data(as_text=True)
    assert "一楼东侧" in page and DANGER_LABELS[kind] in page and "2026年3月2日 10:00" in page
    assert desk.get("/desk/waiting").get_json()["dangers"] == 1
    assert 'data-count="dangers">1<' in desk.get("/desk/").get_data(as_text=True)


def test_neither_words_nor_conversation_are_stored_or_logged(app: Flask, tmp_path: Path) -> None:
    with capture_logs() as logs:
        said = tell(app).get_json()
    [event] = [one for one in logs if one["event"] == "danger_told"]
    assert event.keys() <= {"event", "log_level", "action"}
    assert "danger" not in said["replies"][0]  # the page needs to know nothing of it
    with closing(connect(tmp_path)) as store:
        rows = str(store.execute("select * from danger_signals").fetchall())
    assert "不想活" not in rows and said["session_id"] not in rows and "127.0.0.1" not in rows


def test_the_same_danger_is_one_signal_until_it_is_seen(app: Flask, desk: FlaskClient) -> None:
    tell(app)
    tell(app)
    assert len(open_dangers(app.extensions["kiosk"])) == 1
    answer(desk, app, "seen")
    tell(app)
    assert len(open_dangers(app.extensions["kiosk"])) == 2
    tell(app, "fire")
    assert len(open_dangers(app.extensions["kiosk"])) == 3


def test_an_officer_sees_it_and_closes_it_and_both_are_recorded(app: Flask, desk: FlaskClient, tmp_path: Path) -> None:
    tell(app)
    signal = open_dangers(app.extensions["kiosk"])[0].id
    assert answer(desk, app, "seen").status_code == 303
    assert desk.get("/desk/waiting").get_json()["dangers"] == 0
    assert "已有同事过去" in desk.get("/desk/callbacks").get_data(as_text=True)
    assert answer(desk, app, "seen").status_code == 409
    assert answer(desk, app, "closed").status_code == 303
    assert not open_dangers(app.extensions["kiosk"])
    assert answer(desk, app, "closed", signal).status_code == 409
    with closing(connect(tmp_path)) as store:
        [row] = store.execute("select seen_by, seen_at, closed_by, closed_at from danger_signals").fetchall()
        [office] = store.execute("select id from officers where username = 'office'").fetchone()
    assert row[0] == row[2] == office and row[1] and row[3]


def test_closing_at_once_counts_as_seen(app: Flask, desk: FlaskClient) -> None:
    tell(app)
    assert answer(desk, app, "closed").status_code == 303
    assert desk.get("/desk/waiting").get_json()["dangers"] == 0


@pytest.mark.parametrize("step", ["", "later"])
def test_any_other_step_is_refused(app: Flask, desk: FlaskClient, step: str) -> None:
    tell(app)
    assert answer(desk, app, step).status_code == 409


def test_an_officer_of_a_unit_has_no_part_in_it(app: Flask, desk: FlaskClient) -> None:
    tell(app)
    unit = app.test_client()
    sign_in(unit, "unit", PASSWORD)
    token = csrf(unit.get("/desk/").get_data(as_text=True))
    signal = open_dangers(app.extensions["kiosk"])[0].id
    assert unit.post(f"/desk/dangers/{signal}/steps", data={"csrf": token, "step": "seen"}).status_code == 403


def test_what_is_told_at_home_or_of_no_known_kind_is_no_signal(app: Flask) -> None:
    assert tell(app, **HOME).status_code == 200
    assert tell(app, "boredom").status_code == 200
    assert not open_dangers(app.extensions["kiosk"])


def test_an_old_signal_leaves_the_desk_and_then_the_store(app: Flask, tmp_path: Path) -> None:
    tell(app)
    ctx = app.extensions["kiosk"]
    ctx.clock.advance(policy.DANGER_SHOWN + timedelta(minutes=1))
    assert not open_dangers(ctx)
    with ctx.store.write() as records:
        records.purge(ctx.clock.now())
    with closing(connect(tmp_path)) as store:
        assert store.execute("select count(*) from danger_signals").fetchone() == (0,)
