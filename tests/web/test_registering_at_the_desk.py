"""Staff register letters, calls, faxes and visits: POST /api/v1/desk/petitions (Art. 17, 19, 22)."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.registration import BY_STAFF
from tests.desk import bearer, seen_by_staff
from tests.factories import PASSWORD, petition

LETTER: dict[str, Any] = {
    "channel": "letter", "received_on": "2026-02-25", "reach": "post",
    "petitioner": {"name": "钱多米", "address": "江畔区桥东街道望江社区3幢201室"},
    "request": "请督促施工单位停止夜间施工",
    "facts": "小区旁边的工地从二月起每天半夜还在打桩，老人孩子睡不着。",
}  # fmt: skip
ANONYMOUS = {
    "channel": "letter",
    "received_on": "2026-02-27",
    "reach": "not_at_all",
    "facts": "信里只写着路灯坏了没人修。",
}


def send(client: FlaskClient, body: dict[str, Any], key: str = "letter-key-1", who: str = "office") -> Any:
    token = client.post("/api/v1/desk/session", json={"username": who, "password": PASSWORD}).get_json()["token"]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    return client.post("/api/v1/desk/petitions", json=body, headers=headers)


@pytest.mark.parametrize("channel", BY_STAFF)
def test_whatever_comes_is_registered_by_its_channel(client: FlaskClient, channel: str) -> None:
    answer = send(client, {**LETTER, "channel": channel})
    assert answer.status_code == 201, answer.get_json()
    made = answer.get_json()
    assert (made["channel"], made["received_on"], made["missing"]) == (channel, "2026-02-25", ["phone"])
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": made["lookup_token"]}).get_json()
    assert found["status"] == "registered"


def test_the_fifteen_days_count_from_receipt_and_not_from_registration(client: FlaskClient) -> None:
    made = send(client, LETTER).get_json()
    clock = next(one for one in made["deadlines"] if one["key"] == "route")
    assert (clock["starts_on"], clock["due_on"], clock["article"]) == ("2026-02-25", "2026-03-12", "22")


def test_a_letter_that_lay_too_long_is_registered_and_overdue_at_once(client: FlaskClient) -> None:
    made = send(client, {**LETTER, "received_on": "2026-02-01"}).get_json()
    assert [one["state"] for one in made["deadlines"] if one["key"] == "route"] == ["overdue"]


def test_an_anonymous_letter_without_anything_but_its_account_is_registered(client: FlaskClient) -> None:
    made = send(client, ANONYMOUS).get_json()
    assert made["missing"] == ["name", "address", "phone", "request"]
    receipt = client.post("/receipt", data={"lookup_token": made["lookup_token"]}).text
    assert "您说的事" in receipt and "您的诉求" not in receipt
    seen = seen_by_staff(client, made["case_number"])
    assert seen["petitioner"] == {"name": "", "phone": "", "address": "", "id_number": None}
    assert seen["request"] == ""


def test_what_is_stated_but_unclear_counts_as_missing(client: FlaskClient) -> None:
    made = send(client, {**LETTER, "unclear": ["address"]}).get_json()
    assert made["missing"] == ["address", "phone"]


def test_the_register_event_names_the_role_and_how_it_came(client: FlaskClient) -> None:
    number = send(client, {**LETTER, "reach": "through_someone", "reach_through": "请望江社区居委会转告",
                           "people": 12}).get_json()["case_number"]  # fmt: skip
    first = seen_by_staff(client, number)["timeline"][0]
    assert first["actor"] == "信访部门"
    assert first["data"] == {
        "channel": "letter", "received_on": "2026-02-25", "reach": "through_someone",
        "reach_through": "请望江社区居委会转告", "missing": "phone", "people": "12",
    }  # fmt: skip


def test_every_wrong_field_is_named_at_once(client: FlaskClient) -> None:
    answer = send(client, {
        "channel": "pigeon", "received_on": "2026-03-03", "reach": "phone", "facts": "", "people": 0,
        "unclear": ["phone"], "petitioner": {"phone": "123"}, "secret": 1,
    })  # fmt: skip
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid_petition")
    fields = {one["field"] for one in answer.get_json()["errors"]}
    assert fields >= {"channel", "received_on", "petitioner.phone", "facts", "people", "body"}
    assert any(one.startswith("unclear") for one in fields)


@pytest.mark.parametrize(("changes", "field"), [
    ({"reach": "phone"}, "petitioner.phone"),
    ({"reach": "post", "petitioner": {"name": "钱多米"}}, "petitioner.address"),
    ({"reach": "through_someone"}, "reach_through"),
    ({"reach": "pigeon"}, "reach"),
    ({"received_on": "2026-03-03"}, "received_on"),
    ({"received_on": "1999-12-31"}, "received_on"),
    ({"received_on": "昨天"}, "received_on"),
    ({"petitioner": [], "reach": "not_at_all"}, "petitioner"),
    ({"channel": "network"}, "channel"),
])  # fmt: skip
def test_a_way_to_answer_needs_what_it_uses(client: FlaskClient, changes: dict[str, Any], field: str) -> None:
    answer = send(client, {**LETTER, **changes})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.get_json()["errors"]] == [field]


def test_the_same_key_makes_one_case_and_another_body_is_refused(client: FlaskClient) -> None:
    first, again = send(client, LETTER).get_json(), send(client, LETTER).get_json()
    assert first == again
    assert send(client, {**LETTER, "people": 3}).get_json()["code"] == "idempotency_conflict"
    assert send(client, LETTER, key="").get_json()["code"] == "idempotency_key_required"


@pytest.mark.parametrize("who", ["unit", "review"])
def test_only_the_petition_office_registers_what_comes_to_it(client: FlaskClient, who: str) -> None:
    answer = send(client, LETTER, who=who)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "forbidden")


def test_a_case_without_a_phone_opens_by_its_receipt_alone(client: FlaskClient) -> None:
    made = send(client, LETTER).get_json()
    for tail in ("0000", "5678", "13912345678"):
        body = {"case_number": made["case_number"], "phone_tail": tail}
        assert client.post("/api/v1/cases/lookup", json=body).get_json()["code"] == "case_not_found"
    both = {"lookup_token": made["lookup_token"], "phone_tail": "5678"}
    refused = client.post("/api/v1/cases/withdraw", json=both, headers={"Idempotency-Key": "withdraw-1"})
    assert refused.get_json()["code"] == "case_not_found"
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": made["lookup_token"]}).get_json()
    assert found["can"]["urge"]["allowed"]
    assert not found["can"]["withdraw"]["allowed"] and "窗口" in found["can"]["withdraw"]["reason"]


def test_at_the_window_everything_can_be_done_without_a_phone(client: FlaskClient) -> None:
    number = send(client, LETTER).get_json()["case_number"]
    body = {"action": "withdraw", "data": {}, "identity_checked": True}
    path = f"/api/v1/desk/cases/{number}/petitioner-steps"
    assert client.post(path, json=body, headers=bearer(client)).get_json()["status"] == "withdrawn"


@pytest.mark.parametrize(("said", "state"), [("yes", "yes"), ("unsure", "doubtful")])
def test_a_letter_that_accuses_is_confidential_from_the_first_moment(
    client: FlaskClient, said: str, state: str
) -> None:
    made = send(client, {**ANONYMOUS, "route_answers": {"accusation": said}}).get_json()
    assert made["accusation"] == state
    assert seen_by_staff(client, made["case_number"])["confidential"]


def test_a_case_with_a_phone_opens_as_any_other(client: FlaskClient) -> None:
    person = {**LETTER["petitioner"], "phone": "13912345678"}
    made = send(client, {**LETTER, "channel": "phone", "reach": "phone", "petitioner": person}).get_json()
    body = {"case_number": made["case_number"], "phone_tail": "5678"}
    assert client.post("/api/v1/cases/lookup", json=body).status_code == 200


def test_what_came_online_says_so(app: Flask, client: FlaskClient) -> None:
    made = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "online-1"}).get_json()
    with app.extensions["kiosk"].store.read() as records:
        assert records.cases.by_number(made["case_number"]).channel == "network"
    assert bearer(client)
