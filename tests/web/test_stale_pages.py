"""A page that was loaded before a colleague acted: the step is refused, nothing is half done, the text is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.desk_helpers import PASSWORD, UNIT, csrf, make_app, register, sign_in


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return make_app(tmp_path).test_client()


def bearer(client: FlaskClient) -> dict[str, str]:
    answer = client.post("/api/v1/desk/session", json={"username": "wang", "password": PASSWORD}).get_json()
    return {"Authorization": f"Bearer {answer['token']}"}


def test_the_api_refuses_a_step_on_what_is_no_longer_so(client: FlaskClient) -> None:
    number, headers = register(client), bearer(client)
    path = f"/api/v1/desk/cases/{number}"
    read = client.get(path, headers=headers).get_json()["steps"]
    note = {"action": "note", "data": {"text": "先打个电话"}, "seen": read}
    done = client.post(f"{path}/actions", json=note, headers=headers)
    assert (done.status_code, done.get_json()["steps"]) == (200, read + 1)
    sent = {"action": "forward", "data": {"unit": UNIT}, "seen": read}
    stale = client.post(f"{path}/actions", json=sent, headers=headers)
    assert (stale.status_code, stale.get_json()["code"]) == (409, "case_changed")
    assert "同事" in stale.get_json()["detail"]
    now = client.get(path, headers=headers).get_json()
    assert (now["status"], now["steps"]) == ("registered", read + 1)
    sent["seen"] = now["steps"]
    assert client.post(f"{path}/actions", json=sent, headers=headers).get_json()["status"] == "forwarded"


def test_what_the_petitioner_does_meanwhile_makes_no_page_stale(client: FlaskClient) -> None:
    number, headers = register(client), bearer(client)
    path = f"/api/v1/desk/cases/{number}"
    read = client.get(path, headers=headers).get_json()["steps"]
    urged = client.post(
        "/api/v1/cases/urge",
        json={"case_number": number, "phone_tail": "1001"},
        headers={"Idempotency-Key": "urge-meanwhile-1"},
    )
    assert urged.status_code == 200
    sent = {"action": "forward", "data": {"unit": UNIT}, "seen": read}
    assert client.post(f"{path}/actions", json=sent, headers=headers).status_code == 200


def test_the_page_keeps_the_text_and_shows_what_happened(client: FlaskClient) -> None:
    number = register(client)
    sign_in(client)
    page = client.get(f"/desk/cases/{number}").get_data(as_text=True)
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    path, form = f"/desk/cases/{number}/actions", {"csrf": csrf(page), "action": "note", "f_text": "同事的话"}
    assert client.post(path, data={**form, "seen": seen.group(1)}).status_code == 303
    stale = client.post(path, data={**form, "f_text": "我写的话", "seen": seen.group(1)})
    text = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "刚才有同事" in text and "我写的话" in text and "同事的话" in text
    assert text.count("我写的话") == 1
