"""From an officer's correction to a training row without personal data."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.petitions.corrections import corrected_rows
from kiosk_api.services.staff.act_on_case import act
from tests.factories import petition

FACTS = "我叫钱多米，电话13912345678，工地半夜打桩，住在江畔区桥东街道望江社区3幢201室的老人都睡不着。"


def register(client: FlaskClient, key: str, **changes: object) -> str:
    answer = client.post("/api/v1/petitions", json=petition(**changes),
                         headers={"Idempotency-Key": f"corrections-{key}"})  # fmt: skip
    return str(answer.get_json()["case_number"])


def correct(app: Flask, number: str, **data: str) -> None:
    ctx = app.extensions["kiosk"]
    with ctx.store.read() as records:
        officer, _ = records.officer_by_name("office")
    act(ctx, officer, number, "correct_route", data)


def test_a_correction_becomes_a_row_without_personal_data(app: Flask, client: FlaskClient) -> None:
    number = register(client, "one", facts=FACTS)
    register(client, "untouched")
    correct(app, number, window="administrative_reconsideration", domain="environment")
    [row] = list(corrected_rows(app.extensions["kiosk"]))
    assert (row["window"], row["domain"], row["kind"]) == ("administrative_reconsideration", "environment", "")
    assert "半夜打桩" in row["text"]
    for secret in ("钱多米", "13912345678", "望江社区", "3幢"):
        assert secret not in row["text"]


def test_confidential_cases_give_no_training_rows(app: Flask, client: FlaskClient) -> None:
    number = register(client, "secret", facts="举报村主任贪污征地款，有收据。")
    correct(app, number, window="discipline")
    assert list(corrected_rows(app.extensions["kiosk"])) == []


def test_correcting_the_kind_to_accusation_makes_the_case_confidential(app: Flask, client: FlaskClient) -> None:
    number = register(client, "kind")
    correct(app, number, window="discipline", kind="accusation")
    with app.extensions["kiosk"].store.read() as records:
        case = records.cases.by_number(number)
    assert case.kind == "accusation"
    assert case.confidential
