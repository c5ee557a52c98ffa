"""Looking up, urging, rating, review and withdrawal by the citizen; actions by staff."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.idempotency import once
from tests.desk import OPINION, concluded, staff
from tests.factories import UNIT, UNIT_NAME, petition


@pytest.fixture
def case(client: FlaskClient) -> dict[str, Any]:
    headers = {"Idempotency-Key": "case-key-0001"}
    return client.post("/api/v1/petitions", json=petition(), headers=headers).get_json()


def call(client: FlaskClient, what: str, body: dict[str, Any], key: str = "step-key-1"):
    return client.post(f"/api/v1/cases/{what}", json=body, headers={"Idempotency-Key": key})


def test_token_and_number_with_tail_find_the_same_case(client: FlaskClient, case: dict[str, Any]) -> None:
    by_token = call(client, "lookup", {"lookup_token": case["lookup_token"]}).get_json()
    spoken = case["case_number"].lower().replace("-", " ")
    by_pair = call(client, "lookup", {"case_number": spoken, "phone_tail": "５６７８"}).get_json()
    assert by_pair["own_words"] is None  # the number and four digits can be guessed; the words are for the receipt
    assert by_token["own_words"]["request"] == petition()["request"]
    assert {**by_token, "own_words": None} == by_pair
    assert by_token["can"]["urge"]["allowed"] and not by_token["can"]["rate"]["allowed"]
    assert "钱多米" not in str(by_token)


def test_a_wrong_pair_answers_exactly_as_an_unknown_case(client: FlaskClient, case: dict[str, Any]) -> None:
    from kiosk_api.domain.case_number import make
    from tests.factories import START

    wrong = call(client, "lookup", {"case_number": case["case_number"], "phone_tail": "0000"})
    number = make(START.date(), 5)
    unknown = call(client, "lookup", {"case_number": number, "phone_tail": "5678"})
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.data == unknown.data


def test_guessing_phone_tails_runs_into_a_limit(client: FlaskClient, case: dict[str, Any]) -> None:
    codes = [
        call(client, "lookup", {"case_number": case["case_number"], "phone_tail": f"{n:04}"}).status_code
        for n in range(7)
    ]
    assert codes == [404] * 5 + [429] * 2


def test_urging_counts_once_per_key_and_waits_between_two(
    app: Flask, client: FlaskClient, case: dict[str, Any]
) -> None:
    who = {"lookup_token": case["lookup_token"]}
    first = call(client, "urge", who)
    assert first.status_code == 200
    assert call(client, "urge", who).get_json() == first.get_json()
    again = call(client, "urge", who, key="step-key-2")
    assert again.status_code == 409 and "再催" in again.get_json()["detail"]
    app.extensions["kiosk"].clock.advance(timedelta(days=3))
    assert call(client, "urge", who, key="step-key-3").status_code == 200


def test_the_fingerprint_of_a_request_is_that_of_the_members_sent(
    app: Flask, client: FlaskClient, case: dict[str, Any]
) -> None:
    """A retry of a request that an earlier release answered gets that answer: no defaults are filled in."""
    ctx, body = app.extensions["kiosk"], {"comment": None, "lookup_token": case["lookup_token"]}
    then = call(client, "lookup", body).get_json()  # not what urging would answer
    with ctx.store.read() as records:
        found = records.cases.by_number(case["case_number"])
    once(ctx, "urge", "earlier-key-1", {"case": found.id, "body": body}, lambda _: then)
    assert call(client, "urge", body, "earlier-key-1").get_json() == then
    assert call(client, "urge", {**body, "comment": "快点"}, "earlier-key-1").status_code == 422


def test_a_case_from_registration_to_a_rated_opinion(app: Flask, client: FlaskClient, case: dict[str, Any]) -> None:
    concluded(app, case["case_number"])
    who = {"lookup_token": case["lookup_token"]}
    seen = call(client, "lookup", who).get_json()
    assert seen["status"] == "concluded"
    assert seen["opinion"]["finding"] == OPINION["finding"]
    assert seen["can"]["request_review"]["until"] == "2026-04-01"
    rated = call(
        client,
        "rate",
        {**who, "petition_office": "satisfied", "responsible_unit": "fairly_satisfied"},
    )
    assert rated.status_code == 200
    assert not rated.get_json()["can"]["rate"]["allowed"]


def test_a_rating_names_what_is_missing(app: Flask, client: FlaskClient, case: dict) -> None:
    concluded(app, case["case_number"])
    answer = call(client, "rate", {"lookup_token": case["lookup_token"], "petition_office": "bad"})
    assert answer.status_code == 422
    fields = {error["field"] for error in answer.get_json()["errors"]}
    assert fields == {"petition_office", "responsible_unit"}


def test_review_then_reexamination_then_the_end(app: Flask, client: FlaskClient, case: dict[str, Any]) -> None:
    number = case["case_number"]
    concluded(app, number)
    who = {"lookup_token": case["lookup_token"], "phone_tail": "5678"}
    assert call(client, "review", who).get_json()["status"] == "under_review"
    staff(app, "review", number, "decide_review", decision="upheld", opinion="维持")
    assert call(client, "review", who, key="step-key-2").get_json()["status"] == ("under_reexamination")
    with pytest.raises(DomainError, match="forbidden"):  # the same account: re-examination is one level higher
        staff(app, "review", number, "decide_reexamination", decision="upheld", opinion="维持")
    staff(app, "reexamine", number, "decide_reexamination", decision="upheld", opinion="维持")
    assert call(client, "review", who, key="step-key-3").status_code == 409


def test_review_after_thirty_days_is_refused_with_the_last_day(
    app: Flask, client: FlaskClient, case: dict[str, Any]
) -> None:
    concluded(app, case["case_number"])
    app.extensions["kiosk"].clock.advance(timedelta(days=31))
    who = {"lookup_token": case["lookup_token"], "phone_tail": "5678"}
    answer = call(client, "review", who)
    assert answer.status_code == 409 and "2026年4月1日" in answer.get_json()["detail"]


def test_withdrawing_needs_token_and_tail_together(client: FlaskClient, case: dict[str, Any]) -> None:
    token = {"lookup_token": case["lookup_token"]}
    assert call(client, "withdraw", token).status_code == 422
    assert call(client, "withdraw", {**token, "phone_tail": "1111"}).status_code == 404
    done = call(client, "withdraw", {**token, "phone_tail": "5678"})
    assert done.get_json()["status"] == "withdrawn"
    assert {clock["state"] for clock in done.get_json()["deadlines"]} == {"stopped"}


def test_an_accusation_never_goes_to_the_accused_unit(app: Flask, client: FlaskClient) -> None:
    from kiosk_api.domain.errors import DomainError

    body = petition(about_unit=f"{UNIT_NAME}某科长", confidential=True)
    headers = {"Idempotency-Key": "accuse-key-1"}
    number = client.post("/api/v1/petitions", json=body, headers=headers).get_json()["case_number"]
    with pytest.raises(DomainError) as caught:
        staff(app, "office", number, "forward", unit=UNIT)
    assert caught.value.errors[0].code == "accused_unit"


def test_qr_code_and_receipt_data_are_read_by_token(client: FlaskClient, case: dict[str, Any]) -> None:
    answer = client.post("/api/v1/receipts", json={"lookup_token": case["lookup_token"]}).get_json()
    assert answer["qr_svg"].startswith("<") and "svg" in answer["qr_svg"]
    assert answer["qr_png"].startswith("data:image/png;base64,")
    assert answer["url"] == case["receipt"]["url"]
    assert client.post("/api/v1/receipts", json={"lookup_token": "x" * 32}).status_code == 404
