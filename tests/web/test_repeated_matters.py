"""The same matter again: found among the petitioner's own cases, decided by an officer, answered as such
(Art. 19(3), 36(3)); nothing else is a ground to refuse, and nobody else learns of the earlier case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.workflow import WorkflowError
from kiosk_api.services.cases.rebuild import rebuild
from tests.desk import bearer, seen_by_staff, staff
from tests.factories import PASSWORD, UNIT, UNIT_NAME, petition
from tests.web.desk_helpers import csrf, sign_in

AGAIN = "我家旁边的工地每天半夜还在打桩，从二月到现在老人孩子睡不着，打电话也没人管。"
OTHER_MATTER = "我在城东工地做瓦工，包工头欠我三个月工资没有给，一共两万三千元。"
SAME = {"same": "same"}
REASON = {"reason": "同一事项已经受理，正在办理。", "where_to_go": "请用先前那件的回执查进度。"}


def file(client: FlaskClient, key: str, **changes: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/petitions", json=petition(**changes), headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.get_json()
    return dict(answer.get_json())


@pytest.fixture
def first(client: FlaskClient) -> str:
    return str(file(client, "repeat-first")["case_number"])


@pytest.fixture
def again(client: FlaskClient, first: str) -> dict[str, Any]:
    return file(client, "repeat-again", facts=AGAIN)


def earlier(client: FlaskClient, number: str) -> Any:
    return seen_by_staff(client, number)["earlier"]


def wrong(app: Flask, number: str, action: str, **data: str) -> str:
    with pytest.raises(WorkflowError) as refused:
        staff(app, "office", number, action, **data)
    assert refused.value.code == "incomplete"
    return refused.value.errors[0].code


def test_the_earlier_case_of_the_same_petitioner_is_shown(
    client: FlaskClient, first: str, again: Mapping[str, Any]
) -> None:
    found = earlier(client, again["case_number"])
    assert (found["case_number"], found["is_decided"], found["ground"]) == (first, False, "")
    assert "钱多米" not in str(found) and "打桩" not in str(found)


@pytest.mark.parametrize("changes", [
    {"facts": OTHER_MATTER, "request": "要回工资"},  # the same petitioner, another matter
    {"facts": AGAIN, "petitioner": {**petition()["petitioner"], "phone": "13900001001"}},  # another petitioner
])  # fmt: skip
def test_another_matter_or_another_petitioner_is_no_repeat(
    client: FlaskClient, first: str, changes: dict[str, Any]
) -> None:
    assert earlier(client, file(client, "repeat-other", **changes)["case_number"]) is None


def test_a_letter_without_marks_repeats_nothing(client: FlaskClient, first: str) -> None:
    body = {"channel": "letter", "received_on": "2026-03-02", "reach": "not_at_all", "facts": AGAIN}
    headers = {**bearer(client), "Idempotency-Key": "repeat-letter"}
    number = client.post("/api/v1/desk/petitions", json=body, headers=headers).get_json()["case_number"]
    assert earlier(client, number) is None


def test_a_letter_with_the_same_card_is_found(client: FlaskClient) -> None:
    person = {**petition()["petitioner"], "id_number": "11010519491231002X"}
    number = file(client, "repeat-card", petitioner=person)["case_number"]
    body = {"channel": "letter", "received_on": "2026-03-02", "reach": "post", "facts": AGAIN, "petitioner": {
        "name": "钱多米", "address": "江畔区桥东街道望江社区3幢201室", "id_number": "11010519491231002X"}}  # fmt: skip
    headers = {**bearer(client), "Idempotency-Key": "repeat-by-card"}
    made = client.post("/api/v1/desk/petitions", json=body, headers=headers).get_json()
    assert made["earlier"]["case_number"] == number
    assert earlier(client, made["case_number"])["case_number"] == number


def test_what_an_officer_ruled_out_is_not_asked_again(app: Flask, client: FlaskClient, first: str, again: Any) -> None:
    number = again["case_number"]
    staff(app, "office", number, "decide_repeat", first=first, same="different")
    assert earlier(client, number) is None


def test_no_other_case_can_be_linked(app: Flask, client: FlaskClient, first: str, again: Any) -> None:
    number = again["case_number"]
    stranger = file(client, "repeat-stranger", petitioner={**petition()["petitioner"], "phone": "13900001001"})
    for other in (stranger["case_number"], number, "XF00000000-0000-0000-00"):
        assert wrong(app, number, "decide_repeat", first=other, same="same") == "unknown_case"


def test_what_the_table_does_not_allow_is_refused_first(app: Flask, first: str, again: Any) -> None:
    number = again["case_number"]
    with pytest.raises(WorkflowError) as refused:
        staff(app, "office", number, "decline_repeat", cause="being_handled", same_as="XF-unknown", **REASON)
    assert refused.value.code == "incomplete"
    with app.extensions["kiosk"].store.read() as records:  # nothing of it is kept
        assert records.cases.by_number(number).status == "registered"
    staff(app, "office", number, "transfer", unit="u-0012", reason="判决的执行")
    with pytest.raises(WorkflowError) as refused:
        staff(app, "office", number, "decide_repeat", first="XF-unknown", same="same")
    assert refused.value.code == "not_allowed_now"


def test_art_19_what_is_being_handled_is_declined_with_where_it_stands(
    app: Flask, client: FlaskClient, first: str, again: Any
) -> None:
    number, cause = again["case_number"], {"cause": "being_handled", "same_as": first}
    assert wrong(app, number, "decline_repeat", **cause, **REASON) == "not_decided"
    staff(app, "office", number, "decide_repeat", first=first, **SAME)
    assert wrong(app, number, "decline_repeat", **cause, **REASON) == "no_ground"  # nobody has accepted it yet
    staff(app, "office", first, "forward", unit=UNIT)
    staff(app, "unit", first, "accept", procedure="investigation")
    found = earlier(client, number)
    assert (found["ground"], found["responsible_unit"]) == ("being_handled", UNIT_NAME)
    assert wrong(app, number, "decline_repeat", cause="closed_for_good", same_as=first, **REASON) == "no_ground"
    assert staff(app, "office", number, "decline_repeat", **cause, **REASON).status == "declined"
    told = client.post("/api/v1/cases/lookup", json={"lookup_token": again["lookup_token"]}).get_json()
    said = next(one for one in told["decisions"] if one["kind"] == "non_acceptance")
    assert said["reason"] == REASON["reason"] and said["where_to_go"] == REASON["where_to_go"]
    assert first not in str(told)  # whoever knows only the phone does not learn the number of the other case


def test_an_opinion_still_open_to_review_is_no_ground(app: Flask, client: FlaskClient, first: str, again: Any) -> None:
    staff(app, "office", again["case_number"], "decide_repeat", first=first, **SAME)
    staff(app, "office", first, "forward", unit=UNIT)
    staff(app, "unit", first, "decline", reason="不属于本单位", where_to_go="街道办事处")
    found = earlier(client, again["case_number"])
    assert found["ground"] == "" and "照常办理" in found["advice"]


@pytest.mark.parametrize("who", ["unit", "review"])
def test_only_the_office_sees_the_earlier_case(
    app: Flask, client: FlaskClient, first: str, again: Any, who: str
) -> None:
    staff(app, "office", again["case_number"], "forward", unit=UNIT)
    token = client.post("/api/v1/desk/session", json={"username": who, "password": PASSWORD}).get_json()["token"]
    seen = client.get(f"/api/v1/desk/cases/{again['case_number']}", headers={"Authorization": f"Bearer {token}"})
    assert seen.status_code == 404 if who == "review" else seen.get_json()["earlier"] is None


def test_on_the_desk_two_buttons_and_a_form(app: Flask, client: FlaskClient, first: str, again: Any) -> None:
    number = again["case_number"]
    sign_in(client, "office", PASSWORD)
    page = client.get(f"/desk/cases/{number}").text
    assert "可能是同一事项" in page and first in page
    sent = {"csrf": csrf(page), "action": "decide_repeat", "f_first": first, "f_same": "same"}
    client.post(f"/desk/cases/{number}/actions", data=sent)
    assert 'id="decline-repeat"' not in client.get(f"/desk/cases/{number}").text
    staff(app, "office", first, "forward", unit=UNIT)
    staff(app, "unit", first, "accept", procedure="investigation")
    page = client.get(f"/desk/cases/{number}").text
    assert 'id="decline-repeat"' in page and "2026年3月2日登记的那件，现在是" in page
    refused = client.post(f"/desk/cases/{number}/actions", data={
        "csrf": csrf(page), "action": "decline_repeat", "f_cause": "being_handled", "f_same_as": first,
        "f_reason": "", "f_where_to_go": "用回执查"})  # fmt: skip
    assert refused.status_code == 422 and 'href="#decline_repeat-reason"' in refused.text
    client.post(f"/desk/cases/{number}/actions", data={
        "csrf": csrf(page), "action": "decline_repeat", "f_cause": "being_handled", "f_same_as": first,
        "f_reason": "已经受理", "f_where_to_go": "用回执查"})  # fmt: skip
    assert "不予受理" in client.get(f"/desk/cases/{number}").text


def test_channel_and_link_are_made_anew_from_the_events(app: Flask, client: FlaskClient, first: str) -> None:
    person = petition()["petitioner"]
    body = {"channel": "phone", "received_on": "2026-03-02", "reach": "phone", "facts": AGAIN, "petitioner": person}
    headers = {**bearer(client), "Idempotency-Key": "repeat-rebuilt"}
    number = client.post("/api/v1/desk/petitions", json=body, headers=headers).get_json()["case_number"]
    staff(app, "office", number, "decide_repeat", first=first, **SAME)
    ctx = app.extensions["kiosk"]
    assert [done.changed for done in rebuild(ctx)] == [0]
    with ctx.store._engine.begin() as store:
        store.exec_driver_sql("UPDATE cases SET channel = 'network', repeat_of = NULL")
    assert [done.changed for done in rebuild(ctx)] == [1]
    with ctx.store.read() as records:
        case = records.cases.by_number(number)
        assert (case.channel, case.repeat_of) == ("phone", first)
