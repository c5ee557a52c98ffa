"""The desk's page 登记来信来访."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.web.desk.registering import typed_of
from tests.factories import PASSWORD, petition
from tests.web.desk_helpers import csrf, sign_in

LETTER = {
    "f_channel": "letter", "f_received_on": "2026-02-25", "f_reach": "post", "f_name": "钱多米",
    "f_address": "江畔区桥东街道望江社区3幢201室", "f_phone": "", "f_request": "请督促施工单位停止夜间施工",
    "f_facts": "小区旁边的工地从二月起每天半夜还在打桩，老人孩子睡不着。", "f_speaker_1_name": "李大川",
}  # fmt: skip


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "office", PASSWORD)
    return client


def send(desk: FlaskClient, **changes: str) -> Any:
    page = desk.get("/desk/register").text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    return desk.post("/desk/register", data={"csrf": csrf(page), "key": key[1], "action": "desk.register",
                                             **LETTER, **changes})  # fmt: skip


def test_a_letter_is_registered_and_its_receipt_can_be_printed(app: Flask, desk: FlaskClient) -> None:
    made = send(desk)
    assert made.status_code == 201
    assert "<svg" in made.text and "最晚2026年3月12日" in made.text and "电话" in made.text
    token = made.text.split('name="lookup_token" value="')[1].split('"')[0]
    assert desk.post("/receipt", data={"lookup_token": token}).status_code == 200
    number = re.search(r"XF\d{8}-\w{4}-\w{4}-\w{2}", made.text)
    assert number
    case = desk.get(f"/desk/cases/{number[0]}").text
    for text in ("来信", "2026年2月25日", "寄信", "<dt>缺什么</dt><dd>电话</dd>", "李大川"):
        assert text in case, text


def test_a_wrong_field_is_named_beside_it_and_nothing_typed_is_lost(desk: FlaskClient) -> None:
    page = send(desk, f_channel="", f_speaker_3_phone="123", f_people="很多", f_facts="他说楼道里的灯坏了。")
    assert page.status_code == 422
    for place in ("channel", "speaker_3_phone", "speaker_3_name", "people"):
        assert f'href="#{place}"' in page.text, place
    assert "他说楼道里的灯坏了。" in page.text and "钱多米" in page.text


def test_sending_the_same_page_twice_makes_one_case(desk: FlaskClient) -> None:
    page = desk.get("/desk/register").text
    data = {"csrf": csrf(page), "key": page.split('name="key" value="')[1].split('"')[0], **LETTER}
    first, again = (desk.post("/desk/register", data=data).text for _ in range(2))
    assert re.findall(r"XF\d{8}-\w{4}-\w{4}-\w{2}", first) == re.findall(r"XF\d{8}-\w{4}-\w{4}-\w{2}", again)


def test_what_was_typed_outlives_the_session(desk: FlaskClient) -> None:
    page = desk.get("/desk/register").text
    data = {"csrf": csrf(page), "key": "k" * 16, "action": "desk.register", **LETTER}
    desk.delete_cookie("desk_session", path="/desk")
    asked = desk.post("/desk/register", data=data)
    assert asked.status_code == 401
    kept = dict(
        re.findall(r'<(?:input type="hidden"|textarea hidden) name="([^"]+)"(?: value="|>)([^"<]*)', asked.text)
    )
    back = desk.post("/desk/sign-in", data={**kept, "username": "office", "password": PASSWORD})
    assert "钱多米" in back.text and 'id="register"' in back.text


@pytest.mark.parametrize("who", ["unit", "review"])
def test_only_the_petition_office_opens_the_page(app: Flask, who: str) -> None:
    client = app.test_client()
    sign_in(client, who, PASSWORD)
    assert client.get("/desk/register").status_code == 403
    assert "登记来信来访" not in client.get("/desk").text


def test_the_page_and_the_api_count_by_channel(app: Flask, desk: FlaskClient) -> None:
    send(desk)
    app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "counted-1"})
    page = desk.get("/desk/register").text
    assert re.search(r"来信</a></dt><dd>1件", page) and re.search(r"网上</a></dt><dd>1件", page)
    client = app.test_client()
    session = client.post("/api/v1/desk/session", json={"username": "office", "password": PASSWORD}).get_json()
    signed = {"Authorization": f"Bearer {session['token']}"}
    found = client.get("/api/v1/desk/channels", headers=signed).get_json()
    assert (found["first"], found["last"]) == ("2026-03-01", "2026-03-02")
    assert {one["channel"]: one["count"] for one in found["items"]} == {
        "network": 1, "letter": 1, "phone": 0, "fax": 0, "visit": 0}  # fmt: skip
    letters = client.get("/api/v1/desk/cases?view=all&channel=letter", headers=signed).get_json()
    assert [one["channel_label"] for one in letters["items"]] == ["来信"] and letters["counts"]["all"] == 1
    assert client.get("/api/v1/desk/cases?channel=pigeon", headers=signed).status_code == 422
    before = client.get("/api/v1/desk/channels?first=2026-01-01&last=2026-03-01", headers=signed).get_json()
    assert {one["count"] for one in before["items"]} == {0}
    assert client.get("/api/v1/desk/channels?first=2026-02-30", headers=signed).status_code == 422


def test_the_page_says_at_once_that_the_matter_may_have_been_told_before(app: Flask, desk: FlaskClient) -> None:
    person = {"name": "钱多米", "phone": "13900001001", "address": LETTER["f_address"]}
    body = petition(petitioner=person)
    app.test_client().post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "told-before"})
    page = send(desk, f_channel="phone", f_reach="phone", f_phone="13900001001").text
    assert 'id="may-repeat"' in page and "2026年3月2日登记过一件" in page
    assert 'id="may-repeat"' not in send(desk).text


DRAFT = {
    "petitioner": {"name": "钱多米", "address": "江畔区桥东街道望江社区3幢201室", "phone": ""},
    "request": "请修好路灯", "facts": "楼道口的路灯坏了半年，天黑看不见路。", "confidential": True,
    "route_answers": {"accusation": "no"}, "representatives": [{"name": "李大川", "phone": "13900002201"}, "?"],
}  # fmt: skip


def test_what_somebody_without_a_phone_typed_at_a_terminal_is_registered_as_a_visit(
    app: Flask, desk: FlaskClient
) -> None:
    code = app.test_client().post("/api/v1/handover", json={"draft": DRAFT}).get_json()["code"]
    taken = desk.post("/desk/handover", data={"csrf": csrf(desk.get("/desk/handover").text), "code": code}).text
    assert 'id="as-visit"' in taken
    sent = {"csrf": csrf(taken), "code": code, "draft": json.dumps(DRAFT)}
    page = desk.post("/desk/register/draft", data=sent).text
    for text in ("钱多米", "楼道口的路灯坏了半年", "李大川", f'name="handover" value="{code}"'):
        assert text in page, text
    fields = dict(re.findall(r'name="(f_\w+|key|handover)"[^>]*? value="([^"]*)"[^>]* checked', page))
    assert fields == {"f_channel": "visit", "f_reach": "in_person", "f_accusation": "no", "f_confidential": "yes"}
    typed = {f"f_{name}": text for name, text in typed_of(DRAFT).items()}
    made = desk.post("/desk/register", data={
        "csrf": csrf(page), "key": "k" * 16, "handover": code, "f_channel": "visit", "f_reach": "in_person",
        "f_received_on": "2026-03-02", **typed})  # fmt: skip
    assert made.status_code == 201, made.text
    again = desk.post("/desk/handover", data={"csrf": csrf(page), "code": code})
    assert again.status_code == 404  # what was registered is not left lying


@pytest.mark.parametrize("draft", ["", "[1]", '{"petitioner": 1, "representatives": 2, "route_answers": 3}'])
def test_a_draft_that_makes_no_sense_is_no_fault_of_the_page(desk: FlaskClient, draft: str) -> None:
    sent = {"csrf": csrf(desk.get("/desk/register").text), "code": "x", "draft": draft}
    assert desk.post("/desk/register/draft", data=sent).status_code in (200, 422)
