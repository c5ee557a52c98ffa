"""What may be an accusation is treated as one until an officer has decided (Art. 30, 46)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.workflow import Action
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.petitions.classify_again import classify_again
from tests.factories import PASSWORD, UNIT, petition, reading
from tests.web.desk_helpers import sign_in as sign_in_at_desk

KEY = "doubtful-accusation"
ACCUSED = "后河村村民委员会"  # c-063 of the sample county


def read_as(app: Flask, accusation: float) -> None:
    """The classifier gives this share to an accusation, the rest to an appeal."""
    kinds = {"accusation": accusation, "appeal": 1 - accusation}
    app.extensions["kiosk"].understanding.reading = replace(reading(), kind=kinds)


def test_what_a_firm_is_reported_for_is_not_asked_about(app: Flask, client: FlaskClient) -> None:
    kinds, accuses = {"accusation": 0.4, "appeal": 0.6}, {"official": 0.05, "nobody": 0.95}
    app.extensions["kiosk"].understanding.reading = replace(reading(), kind=kinds, accuses=accuses)
    assert client.post("/api/v1/route", json={"text": "染坊半夜往河里放脏水"}).get_json()["accusation"] == "no"
    app.extensions["kiosk"].understanding.reading = replace(reading(), kind=kinds, accuses={"official": 0.3})
    assert client.post("/api/v1/route", json={"text": "染坊半夜往河里放脏水"}).get_json()["accusation"] == "doubtful"


def registered(client: FlaskClient, **changes: Any) -> dict[str, Any]:
    body = petition(about_unit=ACCUSED, **changes)
    answer = client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": KEY})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return dict(answer.get_json())


@pytest.fixture
def desk(client: FlaskClient) -> Callable[..., Any]:
    """Calls of the staff API by an officer's name."""
    tokens: dict[str, str] = {}

    def call(name: str, path: str, body: dict[str, Any] | None = None) -> Any:
        if name not in tokens:
            sent = {"username": name, "password": PASSWORD}
            tokens[name] = client.post("/api/v1/desk/session", json=sent).get_json()["token"]
        headers = {"Authorization": f"Bearer {tokens[name]}"}
        if body is None:
            return client.get(f"/api/v1/desk{path}", headers=headers)
        return client.post(f"/api/v1/desk{path}", json=body, headers=headers)

    return call


def decide(desk: Callable[..., Any], number: str, kind: str, name: str = "office") -> Any:
    return desk(name, f"/cases/{number}/actions", {"action": "decide_accusation", "data": {"kind": kind}})


@pytest.mark.parametrize(
    ("share", "answer", "expected"),
    [
        (0.05, None, "no"), (0.3, None, "doubtful"), (0.9, None, "yes"),
        (0.3, "no", "no"), (0.3, "unsure", "doubtful"), (0.3, "yes", "yes"),
        (0.05, "unsure", "doubtful"), (0.05, "yes", "yes"),
        (0.9, "no", "doubtful"), (0.3, "perhaps", "doubtful"),
    ],
)  # fmt: skip
def test_the_share_and_the_citizens_own_word_decide(
    app: Flask, client: FlaskClient, share: float, answer: str | None, expected: str
) -> None:
    read_as(app, share)
    said = registered(client, **({"route_answers": {"accusation": answer}} if answer else {}))
    assert said["accusation"] == said["route"]["accusation"] == expected
    assert (said["kind"] == "accusation") == (expected == "yes" or share == 0.9)
    with app.extensions["kiosk"].store.read() as records:
        case = records.cases.by_number(said["case_number"])
    assert case.confidential == (expected != "no")


def test_the_question_is_asked_once_and_before_that_about_the_window(app: Flask, client: FlaskClient) -> None:
    kinds = {"accusation": 0.3, "appeal": 0.7}
    windows = {"labour_arbitration": 0.48, "court": 0.46, "petition_office": 0.06}
    app.extensions["kiosk"].understanding.reading = replace(reading(**windows), kind=kinds)
    text = "说好年底给我的那笔钱，到现在没给"
    first = client.post("/api/v1/route", json={"text": text}).get_json()
    assert first["ask"]["key"] == "accusation" and "30" in first["articles"]
    assert [one["key"] for one in first["ask"]["choices"]] == ["yes", "no", "unsure"]
    then = client.post("/api/v1/route", json={"text": text, "answers": {"accusation": "no"}}).get_json()
    assert then["ask"]["key"] == "wages" and then["accusation"] == "no" and "30" not in then["articles"]


def test_in_doubt_it_never_goes_to_the_accused_nor_to_review(
    app: Flask, client: FlaskClient, desk: Callable[..., Any]
) -> None:
    read_as(app, 0.3)
    number = registered(client)["case_number"]
    for action, more in (("forward", {}), ("assign", {"report_by": "2026-04-01"}), ("transfer", {"reason": "x"})):
        sent = {"action": action, "data": {"unit": "c-063", **more}}
        refused = desk("office", f"/cases/{number}/actions", sent)
        assert [one["code"] for one in refused.get_json()["errors"]] == ["accused_unit"]
    ctx = app.extensions["kiosk"]
    with ctx.store.write() as records:
        case = records.cases.by_number(number)
        case.status = case.status.UNDER_REVIEW
        records.cases.save(case, [])
    assert desk("review", f"/cases/{number}").status_code == 404
    assert desk("review", "/cases?view=all").get_json()["items"] == []
    assert desk("office", "/cases?view=all").get_json()["items"][0]["accusation"] == "doubtful"


@pytest.mark.parametrize(
    ("kind", "wished", "expected"),
    [
        ("accusation", False, ("accusation", "yes", True)),
        ("ordinary", False, ("appeal", "no", False)),
        ("ordinary", True, ("appeal", "no", True)),
    ],
)
def test_an_officer_decides_once_and_it_is_recorded(
    app: Flask, client: FlaskClient, desk: Callable[..., Any], kind: str, wished: bool, expected: tuple[str, str, bool]
) -> None:
    read_as(app, 0.3)
    number = registered(client, **({"confidential": True} if wished else {}))["case_number"]
    case = decide(desk, number, kind).get_json()
    assert (case["kind"], case["accusation"], case["confidential"]) == expected
    event = case["timeline"][-1]
    assert (event["event"], event["article"], event["data"], event["actor"]) == (
        "decide_accusation", "30", {"kind": kind}, "信访部门",
    )  # fmt: skip
    with app.extensions["kiosk"].store.read() as records:
        stored = records.cases.by_number(number).events[-1]
    assert stored.actor and stored.at
    again = decide(desk, number, "accusation")
    assert (again.status_code, again.get_json()["code"]) == (409, "not_allowed_now")


def test_only_the_petition_office_decides(app: Flask, client: FlaskClient, desk: Callable[..., Any]) -> None:
    read_as(app, 0.3)
    number = registered(client)["case_number"]
    sent = {"action": "forward", "data": {"unit": UNIT}}
    assert desk("office", f"/cases/{number}/actions", sent).status_code == 200
    assert decide(desk, number, "ordinary", "unit").get_json()["code"] == "forbidden"
    assert decide(desk, number, "perhaps", "lead").get_json()["code"] == "incomplete"
    assert decide(desk, number, "ordinary", "lead").status_code == 200


def test_the_citizen_does_not_see_that_it_was_decided(
    app: Flask, client: FlaskClient, desk: Callable[..., Any]
) -> None:
    read_as(app, 0.3)
    said = registered(client)
    decide(desk, said["case_number"], "accusation")
    seen = client.post("/api/v1/cases/lookup", json={"lookup_token": said["lookup_token"]}).get_json()
    assert [one["event"] for one in seen["timeline"]] == ["register"]


def test_correcting_the_kind_is_a_decision_too(app: Flask, client: FlaskClient, desk: Callable[..., Any]) -> None:
    read_as(app, 0.3)
    number = registered(client)["case_number"]
    sent = {"action": "correct_route", "data": {"window": "petition_office", "kind": "suggestion"}}
    case = desk("office", f"/cases/{number}/actions", sent).get_json()
    assert (case["kind"], case["accusation"], case["confidential"]) == ("suggestion", "no", False)


@pytest.mark.parametrize("decided", [False, True])
def test_a_late_reading_settles_the_doubt_unless_an_officer_did(
    app: Flask, client: FlaskClient, desk: Callable[..., Any], decided: bool
) -> None:
    ctx = app.extensions["kiosk"]
    number = registered(client, facts="我怀疑有人把修路的钱挪用了，路修了一半停了三个月。")["case_number"]
    with ctx.store.read() as records:
        assert records.cases.by_number(number).doubtful  # words alone settle nothing
    if decided:
        decide(desk, number, "accusation")
    read_as(app, 0.02)
    deliver(
        ctx, {"read_later": classify_again, "case_registered": lambda _c, _m: None, "case_moved": lambda _c, _m: None}
    )
    with ctx.store.read() as records:
        case = records.cases.by_number(number)
    assert (case.doubtful, case.confidential, case.kind == "accusation") == (False, decided, decided)
    assert case.route.model == "matters-test"


def test_the_page_has_one_pair_of_buttons(app: Flask, client: FlaskClient) -> None:
    read_as(app, 0.3)
    number = registered(client)["case_number"]
    office = app.test_client()
    sign_in_at_desk(office, "office", PASSWORD)
    page = office.get(f"/desk/cases/{number}").get_data(as_text=True)
    for kind in ("accusation", "ordinary"):
        assert page.count(f'<button class="button" type="submit" name="f_kind" value="{kind}">') == 1
    assert "是否检举待定" in office.get("/desk/?view=new").get_data(as_text=True)
    csrf = page.split('name="csrf" value="')[1][:64]
    sent = {"csrf": csrf, "action": Action.DECIDE_ACCUSATION.value, "f_kind": "ordinary"}
    assert office.post(f"/desk/cases/{number}/actions", data=sent).status_code == 303
    after = office.get(f"/desk/cases/{number}").get_data(as_text=True)
    assert 'id="doubtful"' not in after and "不是，按一般诉求办" in after
