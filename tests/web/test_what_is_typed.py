"""What citizens type and paste: the same in the form, of representatives, of a proxy, and in the bot's check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import PASSWORD, fresh_app, petition
from tests.web.desk_helpers import sign_in

PHONE, EXTENSION = "025-58881234转8001", "+862558881234;ext=8001"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True, KIOSK_RATE_LIMITS="off")


def post(client: FlaskClient, body: Any, key: str = "typed-key-0001") -> Any:
    headers = {"Idempotency-Key": key}
    if isinstance(body, str):
        return client.post("/api/v1/petitions", data=body, content_type="application/json", headers=headers)
    return client.post("/api/v1/petitions", json=body, headers=headers)


def person(**changed: str) -> dict[str, Any]:
    return petition(petitioner={**petition()["petitioner"], **changed})


def proxy(**changed: str) -> dict[str, Any]:
    given = {"name": "孙小禾", "phone": "13812340099", "relation": "child", "consent_how": "by_phone"}
    return petition(proxy={**given, **changed, "consent_confirmed": True})


def check(app: Flask, field: str, value: str) -> dict[str, Any]:
    key = {"X-Bot-Key": app.extensions["kiosk"].bot_key}
    found: dict[str, Any] = app.test_client().post(
        "/internal/v1/fields/check", json={"field": field, "value": value}, headers=key
    ).get_json()  # fmt: skip
    return found


ACCEPTED = [
    ("name", "王\u200b小明", "王小明"), ("name", "买买提‧吐尔逊", "买买提·吐尔逊"), ("name", "国营722厂工会", "国营722厂工会"),
    ("name", "O'Brien Sean", "O'Brien Sean"), ("name", "𠮷田明", "𠮷田明"), ("name", "丹", "丹"),
    ("phone", PHONE, EXTENSION), ("phone", "025-58881234#8001", EXTENSION), ("phone", "025-58881234 ext 8001", EXTENSION),
]  # fmt: skip


@pytest.mark.parametrize(("field", "typed", "stored"), ACCEPTED)
def test_a_petitioner_a_representative_a_proxy_and_the_bot_are_read_alike(
    app: Flask, field: str, typed: str, stored: str
) -> None:
    client = app.test_client()
    people = [{"name": "钱小禾", "phone": "13912345678", field: typed}]
    for number, body in enumerate(
        (person(**{field: typed}), petition(representatives=people), proxy(**{field: typed}))
    ):
        assert post(client, body, f"typed-key-000{number}").status_code == 201, (field, typed, number)
    assert check(app, field, typed)["value"] == stored


@pytest.mark.parametrize("typed", [".. ..", "··", "（）", "--", "\u3164\u3164", "\u200b\u200b", "王小明13900001234"])
def test_what_is_no_name_is_refused_of_everybody(app: Flask, typed: str) -> None:
    client = app.test_client()
    people = [{"name": typed, "phone": "13912345678"}]
    for body, field in ((person(name=typed), "petitioner.name"), (petition(representatives=people), "representatives.0.name"),
                        (proxy(name=typed), "proxy.name")):  # fmt: skip
        answer = post(client, body)
        assert answer.status_code == 422 and [one["field"] for one in answer.get_json()["errors"]] == [field]
    assert check(app, "name", typed)["ok"] is False


@pytest.mark.parametrize(
    "nothing", ["\u200b" * 4, "....", "ㅤㅤㅤㅤ", "\u2800" * 4, "。。。。", "\u00ad\ufeff\u2060\u180e", "？？？？"]
)
def test_a_required_answer_that_says_nothing_is_missing(app: Flask, nothing: str) -> None:
    client = app.test_client()
    body = {**person(address=nothing, phone=nothing, name=nothing), "facts": nothing, "request": nothing}
    errors = {one["field"]: one for one in post(client, body).get_json()["errors"]}
    assert set(errors) == {"petitioner.name", "petitioner.phone", "petitioner.address", "facts", "request"}
    assert {one["code"] for one in errors.values()} == {"required"} and errors["facts"][
        "detail"
    ] == "请写发生了什么事。"


def test_an_optional_answer_that_nobody_sees_is_left_out(app: Flask) -> None:
    assert post(app.test_client(), {**person(id_number="\u200b\u200b"), "reasons": "\u3164"}).status_code == 201


@pytest.mark.parametrize("number", [
    "320106195505051235", "810000198505051215", "820000198505051225", "830000198505051235", "\u202d32012219650505123X\u202c",
    "320122-19650505-123X", "32012219650505123×", "911398199012310021", "H12345678", "KAZ110090123105",
])  # fmt: skip
def test_every_identity_paper_is_taken_and_only_its_last_four_are_shown(app: Flask, number: str) -> None:
    client = app.test_client()
    assert post(client, person(id_number=number)).status_code == 201
    found = check(app, "id_number", number)
    assert found["ok"] and found["masked"] == "*" * (len(found["value"]) - 4) + found["value"][-4:]


def test_the_extension_is_kept_and_shown_and_the_number_itself_finds_the_case(app: Flask) -> None:
    client = app.test_client()
    people = [{"name": "钱小禾", "phone": "010-12345678分机22"}]
    case = post(client, {**person(phone=PHONE), "representatives": people}).get_json()
    for tail in ("1234", PHONE, "02558881234", "+862558881234"):
        who = {"case_number": case["case_number"], "phone_tail": tail}
        assert client.post("/api/v1/cases/lookup", json=who).status_code == 200, tail
    wrong = {"case_number": case["case_number"], "phone_tail": "8001"}
    assert client.post("/api/v1/cases/lookup", json=wrong).status_code == 404
    copy = client.post("/receipt", data={"lookup_token": case["lookup_token"], "paper": "a4"}).text
    assert "*1234转8001" in copy and "*5678转22" in copy and "58881234" not in copy
    sign_in(client, "office", PASSWORD)
    page = client.get(f"/desk/cases/{case['case_number']}").text
    assert "02558881234转8001" in page and "01012345678转22" in page
    assert check(app, "phone", PHONE)["masked"] == "*********1234转8001"


def test_a_call_back_to_an_extension_is_dialled_with_it(app: Flask) -> None:
    client = app.test_client()
    headers = {"Idempotency-Key": "call-0001"}
    left = client.post("/api/v1/callbacks", json={"phone": PHONE, "about": "低保"}, headers=headers).get_json()
    found = client.post("/api/v1/callbacks/lookup", json={"code": left["code"], "phone_tail": "1234"})
    assert found.status_code == 200
    sign_in(client, "office", PASSWORD)
    link = client.get("/desk/callbacks").text.split("/desk/callbacks/")[1].split('"')[0]
    page = client.get(f"/desk/callbacks/{link}").text
    assert "02558881234转8001" in page and 'href="tel:+862558881234,8001"' in page


HALF = r"\u738b\ud842\u660e"


@pytest.mark.parametrize(
    "field", ["petitioner.name", "petitioner.phone", "petitioner.address", "facts", "reasons", "request"]
)
def test_half_a_character_is_refused_with_its_field(app: Flask, field: str) -> None:
    body = json.loads(json.dumps(petition()))
    inside = body["petitioner"] if "." in field else body
    inside[field.rpartition(".")[2]] = "HALF"
    answer = post(app.test_client(), json.dumps(body).replace("HALF", HALF))
    assert answer.status_code == 422 and [one["field"] for one in answer.get_json()["errors"]] == [field]
    assert "没有传完整" in answer.get_json()["detail"]


@pytest.mark.parametrize(("path", "field"), [("chat", "text"), ("route", "text"), ("handbook/ask", "question")])
def test_half_a_character_is_refused_where_people_talk_and_ask(app: Flask, path: str, field: str) -> None:
    client = app.test_client()
    answer = client.post(f"/api/v1/{path}", data=f'{{"{field}": "{HALF}"}}', content_type="application/json")
    assert answer.status_code == 422 and answer.get_json()["errors"][0]["field"] == field
    whole = client.post(
        f"/api/v1/{path}", data=rf'{{"{field}": "\ud842\udfb7\u7530"}}', content_type="application/json"
    )
    assert whole.status_code == 200
    unseen = client.post(f"/api/v1/{path}", json={field: "\u200b\u3164"})
    assert unseen.status_code == 422


def test_a_byte_order_mark_before_the_body_does_no_harm(app: Flask) -> None:
    answer = app.test_client().post("/api/v1/chat", data=b'\xef\xbb\xbf{"text": "ab"}', content_type="application/json")
    assert answer.status_code == 200


def test_the_assistant_hears_what_can_be_seen(app: Flask) -> None:
    client = app.test_client()
    client.post("/api/v1/chat", json={"text": "我叫王\u200b小明\u202c\r\n住柳林镇\u00a03组"})
    assert app.extensions["kiosk"].assistant.received[-1][1] == "我叫王小明\n住柳林镇 3组"


def test_a_reason_of_staff_that_says_nothing_is_missing(app: Flask) -> None:
    client = app.test_client()
    number = post(client, petition()).get_json()["case_number"]
    token = client.post("/api/v1/desk/session", json={"username": "office", "password": PASSWORD}).get_json()["token"]
    answer = client.post(
        f"/api/v1/desk/cases/{number}/actions", json={"action": "note", "data": {"text": "\u200b\u3164"}},
        headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip
    assert answer.status_code == 422
