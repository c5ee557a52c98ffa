"""回电 at the desk: the list, one request, the steps, and calls from the hall."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import PASSWORD
from tests.stores import connect
from tests.web.desk_helpers import csrf, sign_in

NUMBER = "13912345678"


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "office", PASSWORD)
    return client


def leave(app: Flask, key: str, **more: Any) -> str:
    body = {"phone": NUMBER, **more}
    answer = app.test_client().post("/api/v1/callbacks", json=body, headers={"Idempotency-Key": f"desk-test-{key}"})
    return str(answer.get_json()["code"])


def listed(desk: FlaskClient, view: str = "open") -> list[str]:
    """The address of each request on the list, in its order."""
    page = desk.get(f"/desk/callbacks?view={view}").get_data(as_text=True)
    return re.findall(r'href="(/desk/callbacks/[0-9a-f]{32})"', page)


def act(desk: FlaskClient, address: str, step: str, note: str = "") -> Any:
    token = csrf(desk.get(address).get_data(as_text=True))
    return desk.post(f"{address}/steps", data={"csrf": token, "step": step, "note": note})


def test_the_list_shows_no_number_and_one_request_shows_all(app: Flask, desk: FlaskClient) -> None:
    leave(app, "1", best_time="下午", about="低保<b>怎么办</b>")
    page = desk.get("/desk/callbacks").get_data(as_text=True)
    assert "下午" in page and "5678" not in page and "低保" not in page
    (address,) = listed(desk)
    page = desk.get(address).get_data(as_text=True)
    assert 'href="tel:+8613912345678"' in page and "139 1234 5678" in page
    assert "低保&lt;b&gt;怎么办&lt;/b&gt;" in page


def test_waiting_comes_first_and_overdue_is_marked(app: Flask, desk: FlaskClient) -> None:
    leave(app, "1")
    (reached,) = listed(desk)
    act(desk, reached, "reached")
    app.extensions["kiosk"].clock.advance(timedelta(minutes=50))
    leave(app, "2")
    first, second = listed(desk)
    assert second == reached and first != reached
    assert "已超时" not in desk.get("/desk/callbacks").get_data(as_text=True)
    app.extensions["kiosk"].clock.advance(timedelta(days=3))
    sign_in(desk, "office", PASSWORD)
    assert desk.get("/desk/callbacks").get_data(as_text=True).count("已超时") == 1  # not the one that was reached
    assert "已超时" in desk.get(first).get_data(as_text=True)


def test_a_request_is_closed_with_a_note_only(app: Flask, desk: FlaskClient) -> None:
    leave(app, "1")
    (address,) = listed(desk)
    refused = act(desk, address, "closed", " ")
    assert refused.status_code == 422 and "办结请写一句" in refused.get_data(as_text=True)
    assert act(desk, address, "closed", "已说明材料").status_code == 303
    assert listed(desk) == [] and listed(desk, "closed") == [address]
    page = desk.get(address).get_data(as_text=True)
    assert "已说明材料" in page and "窗口甲" in page and "已经结束" in page
    assert act_without_buttons(desk, address).status_code == 409


def act_without_buttons(desk: FlaskClient, address: str) -> Any:
    token = csrf(desk.get("/desk/callbacks").get_data(as_text=True))
    return desk.post(f"{address}/steps", data={"csrf": token, "step": "reached"})


@pytest.mark.parametrize("step", ["withdrawn", "requested", "", "x"])
def test_an_officer_takes_no_step_of_the_citizen(app: Flask, desk: FlaskClient, step: str) -> None:
    leave(app, "1")
    (address,) = listed(desk)
    assert act(desk, address, step, "x").status_code == 409
    assert listed(desk) == [address]


def test_navigation_counts_what_waits(app: Flask, desk: FlaskClient) -> None:
    leave(app, "1")
    desk.get("/desk")
    app.test_client().post("/api/v1/hall-calls", json={})
    assert desk.get("/desk/waiting").get_json() == {"callbacks": 1, "overdue": 0, "hall_calls": 1, "dangers": 0}
    assert 'data-count="callbacks">1<' in desk.get("/desk").get_data(as_text=True)


def test_a_call_from_the_hall_is_taken_with_one_tap(app: Flask, desk: FlaskClient) -> None:
    desk.get("/desk")
    made = app.test_client().post("/api/v1/hall-calls", json={}).get_json()
    page = desk.get("/desk/callbacks").get_data(as_text=True)
    assert "没有设名称" in page
    desk.post(f"/desk/hall-calls/{made['call']}/take", data={"csrf": csrf(page)})
    state = app.test_client().post("/api/v1/hall-calls/state", json={"call": made["call"]}).get_json()
    assert (state["state"], state["state_label"]) == ("taken", "工作人员马上来")
    assert "现在没有人叫" in desk.get("/desk/callbacks").get_data(as_text=True)


def test_a_page_left_open_does_not_keep_the_desk_open_but_work_on_it_does(app: Flask, desk: FlaskClient) -> None:
    def is_open() -> bool:
        return bool(app.test_client().get("/api/v1/hall-calls").get_json()["available"])

    desk.get("/desk/waiting")
    assert not is_open()
    desk.get("/desk/waiting?used=1")
    assert is_open()


@pytest.mark.parametrize("name", ["unit", "review"])
def test_other_offices_have_neither_list_nor_request(app: Flask, desk: FlaskClient, name: str) -> None:
    leave(app, "1")
    (address,) = listed(desk)
    other = app.test_client()
    sign_in(other, name, PASSWORD)
    assert 'id="waiting"' not in other.get("/desk").get_data(as_text=True)
    assert other.get("/desk/waiting").get_json() == {}
    for path in ("/desk/callbacks", address):
        answer = other.get(path)
        assert answer.status_code == 403 and NUMBER[-4:] not in answer.get_data(as_text=True)


def test_a_landline_is_shown_as_it_is_dialled(app: Flask, desk: FlaskClient) -> None:
    leave(app, "1", phone="010-65550199")
    (address,) = listed(desk)
    assert ">01065550199<" in desk.get(address).get_data(as_text=True)


def test_a_request_that_cannot_be_read_is_marked_and_explained(app: Flask, desk: FlaskClient, tmp_path: Path) -> None:
    leave(app, "1")
    (address,) = listed(desk)
    with closing(connect(tmp_path)) as store, store:
        store.execute("UPDATE callbacks SET sealed = ?", (b"\x02no",))
    assert "内容读不出" in desk.get("/desk/callbacks").get_data(as_text=True)
    answer = desk.get(address)
    assert answer.status_code == 409 and "隔离清单" in answer.get_data(as_text=True)
    with app.extensions["kiosk"].store.read() as records:
        assert [one.place for one in records.quarantined()] == ["callbacks.sealed"]
