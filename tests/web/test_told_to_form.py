"""What was told goes along to the form: from an open conversation, or under a resume code."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.petition_fields import FIELDS
from kiosk_api.services.chat.draft_on_form import form_of_draft
from kiosk_api.services.chat.drafts import save_draft

TOLD = {
    "facts": "去年三月村里修路占了我家一亩二分地", "request": "要求把补偿款付清", "place": "城关镇和平村",
    "about_unit": "", "petitioner_name": "王小明", "phone": "+8613812345678", "amount": "一万二千元",
    "happened": "去年三月", "representatives": [{"name": "李四", "phone": "13811112222"}], "asked": "address",
}  # fmt: skip


def handed_over(page: str) -> dict[str, Any] | None:
    found = re.search(r'<script type="application/json" id="handed-over">(.*?)</script>', page, re.S)
    return json.loads(html.unescape(found.group(1))) if found else None


def speak(client: FlaskClient) -> str:
    return str(client.post("/api/v1/chat", json={"text": "您好"}).get_json()["session_id"])


def test_everything_told_has_a_place_on_the_form() -> None:
    body = form_of_draft(TOLD, "还没发出去的话")
    assert body["petitioner"] == {"name": "王小明", "phone": "13812345678"}
    assert (body["request"], body["place"]) == (TOLD["request"], TOLD["place"])
    assert body["facts"] == f"{TOLD['facts']}\n涉及多少钱：一万二千元\n还没发出去的话"  # the day stands in the account
    assert body["representatives"] == TOLD["representatives"]
    assert "about_unit" not in body and "confidential" not in body and "proxy" not in body


@pytest.mark.parametrize("field", [*FIELDS])
def test_no_field_is_forgotten(field: str) -> None:
    asked = FIELDS[field].asked_as or field
    assert "说过的话说过的话" in json.dumps(form_of_draft({asked: "说过的话说过的话"}), ensure_ascii=False)


def test_what_the_talk_noted_about_the_person_goes_along() -> None:
    assert form_of_draft({"opening": "村里占地"})["facts"] == "村里占地"
    for noted, answer in (("yes", "yes"), ("no", "no"), ("likely", "unsure"), ("doubtful", "unsure"), (True, "unsure")):
        assert form_of_draft({"accusation": noted})["route_answers"] == {"accusation": answer}
    assert form_of_draft({"confidential": True})["confidential"] is True
    assert form_of_draft({"proxy": True})["proxy"] == {}


def test_a_draft_of_another_shape_breaks_nothing() -> None:
    assert form_of_draft({"facts": 5, "representatives": ["x", 3], "petitioner_name": None})["facts"] == ""


def test_the_form_of_an_open_conversation_is_filled_and_nothing_is_in_the_address(
    app: Flask, client: FlaskClient
) -> None:
    session = speak(client)
    save_draft(app.extensions["kiosk"], session, TOLD)
    answer = client.post("/form", data={"session_id": session, "facts": "再补一句"})
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    found = handed_over(answer.text)
    assert found and found["petitioner"]["name"] == "王小明" and found["facts"].endswith("再补一句")
    assert 'id="carried"' in answer.text and 'id="resume"' not in answer.text
    assert handed_over(client.get("/form").text) is None


def test_a_conversation_of_somebody_else_cannot_be_named(app: Flask, client: FlaskClient) -> None:
    save_draft(app.extensions["kiosk"], speak(client), TOLD)
    for session in ("", "x" * 20, "../../" + "x" * 14, "%" * 20):
        page = client.post("/form", data={"session_id": session, "facts": "我的话"}).text
        assert handed_over(page) is None and "我的话</textarea>" in page


def test_a_resume_code_fills_the_form(app: Flask, client: FlaskClient) -> None:
    code = save_draft(app.extensions["kiosk"], "s" * 40, TOLD, asked_for=True).resume_code
    found = handed_over(client.post("/form", data={"resume_code": f" {code.lower()} "}).text)
    assert found and found["facts"].startswith(TOLD["facts"])


def test_a_wrong_code_says_so_keeps_the_text_and_is_counted(client: FlaskClient) -> None:
    page = client.post("/form", data={"resume_code": "AAAA-AAAA", "facts": "我的话"})
    assert page.status_code == 200
    assert "没找到这个续填码" in page.text and "我的话</textarea>" in page.text
    for _ in range(20):
        page = client.post("/form", data={"resume_code": "AAAA-AAAB"})
    assert page.status_code == 429 and int(page.headers["Retry-After"]) > 0
    assert 'id="petition-form"' in page.text
