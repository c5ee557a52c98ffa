"""The classifier's reading in a case: its version, and what happens while it is away."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import OutboxMessage
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.petitions.classify_again import ClassifierAway, classify_again
from tests.factories import petition, reading

QUIET = {"case_registered": lambda _ctx, _message: None, "read_later": classify_again}


def register(client: FlaskClient, key: str, **changes: Any) -> dict[str, Any]:
    answer = client.post(
        "/api/v1/petitions", json=petition(**changes),
        headers={"Idempotency-Key": f"understanding-{key}"},
    )  # fmt: skip
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return dict(answer.get_json())


def case_of(ctx: Context, number: str) -> Any:
    with ctx.store.read() as records:
        return records.cases.by_number(number)


def test_the_case_records_the_version_of_the_model(app: Flask, client: FlaskClient) -> None:
    ctx = app.extensions["kiosk"]
    ctx.understanding.reading = reading()
    said = register(client, "version")
    assert said["route"]["model"] == "matters-test"
    assert case_of(ctx, said["case_number"]).route.model == "matters-test"


def test_a_case_filed_while_the_classifier_is_away_is_classified_later(app: Flask, client: FlaskClient) -> None:
    ctx = app.extensions["kiosk"]
    said = register(client, "away")
    assert said["route"]["model"] == "keywords"
    ctx.understanding.reading = reading(discipline=1.0)
    deliver(ctx, QUIET)
    case = case_of(ctx, said["case_number"])
    assert case.route.model == "matters-test"
    assert case.window == "discipline"
    assert case.confidential


def test_while_the_classifier_is_away_the_message_is_delivered_again(app: Flask, client: FlaskClient) -> None:
    ctx = app.extensions["kiosk"]
    said = register(client, "still")
    case_id = case_of(ctx, said["case_number"]).id
    with pytest.raises(ClassifierAway):
        classify_again(ctx, OutboxMessage("m", "read_later", case_id, {}, 1))


def test_a_late_classification_never_overrules_the_citizens_choice(app: Flask, client: FlaskClient) -> None:
    ctx = app.extensions["kiosk"]
    said = register(client, "choice", window_choice="court")
    ctx.understanding.reading = reading()
    deliver(ctx, QUIET)
    case = case_of(ctx, said["case_number"])
    assert (case.window, case.route.window) == ("court", "petition_office")
    assert case.route.citizen_choice == "court"


def test_an_answer_to_the_question_changes_the_proposal(app: Flask, client: FlaskClient) -> None:
    app.extensions["kiosk"].understanding.reading = reading(labour_arbitration=0.48, court=0.46, petition_office=0.06)
    text = "说好年底给我的那笔钱，到现在没给"
    first = client.post("/api/v1/route", json={"text": text}).get_json()
    key = first["ask"]["key"]
    assert [one["key"] for one in first["ask"]["choices"]] == ["yes", "no", "unknown"]
    windows = {
        choice: client.post("/api/v1/route", json={"text": text, "answers": {key: choice}}).get_json()
        for choice in ("yes", "no", "unknown")
    }
    assert {windows["yes"]["window"], windows["no"]["window"]} == {"court", "labour_arbitration"}
    assert all(answer["ask"] is None for answer in windows.values())


@pytest.mark.parametrize("answers", [["judged"], {"judged": 3}, {"a": "b" * 99}, 7])
def test_answers_of_a_wrong_shape_are_refused_in_a_petition_and_ignored_in_a_route(
    client: FlaskClient, answers: object
) -> None:
    body = petition(route_answers=answers)
    answer = client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "shape-key-1"})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "route_answers"
    assert client.post("/api/v1/route", json={"text": "路灯坏了", "answers": answers}).status_code == 200
