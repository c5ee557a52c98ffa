"""The API reads links, numbers, codes and tails in every form in which they reach it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import code_forms as forms
from tests.factories import register


@pytest.fixture
def case(app: Flask) -> dict[str, Any]:
    return register(app)


def lookup(client: FlaskClient, **who: str) -> int:
    return client.post("/api/v1/cases/lookup", json=who).status_code


def test_every_form_of_a_link_and_a_token_finds_the_case(client: FlaskClient, case: dict[str, Any]) -> None:
    token = case["lookup_token"]
    # one form splits the token itself
    links = {name: one.replace(forms.TOKEN, token) for name, one in forms.LINKS.items() if forms.TOKEN in one}
    tokens = {name: one.replace(forms.TOKEN, token) for name, one in forms.TOKENS.items() if forms.TOKEN in one}
    assert len(links) > 20 and len(tokens) > 5
    for name, text in (links | tokens).items():
        assert lookup(client, lookup_token=text) == 200, name
    for name, text in links.items():
        assert lookup(client, case_number=text) == 200, name
        assert client.post("/api/v1/receipts", json={"lookup_token": text}).status_code == 200, name


def test_every_form_of_a_number_and_a_tail_finds_the_case(client: FlaskClient, case: dict[str, Any]) -> None:
    for name, form in forms.NUMBERS.items():
        if forms.NUMBER in form:
            text = form.replace(forms.NUMBER, case["case_number"])
            assert lookup(client, case_number=text, phone_tail="5678") == 200, name
    for sign in ("–", "——", "ー", "一", "。", " ", "", "，"):
        assert lookup(client, case_number=case["case_number"].replace("-", sign), phone_tail="5678") == 200, sign
    for name, tail in forms.TAILS.items():
        assert lookup(client, case_number=case["case_number"], phone_tail=tail) == 200, name


def test_every_form_of_a_receipts_code_is_genuine(client: FlaskClient, case: dict[str, Any]) -> None:
    code = client.post("/api/v1/receipts", json={"lookup_token": case["lookup_token"]}).get_json()["verify_code"]
    changed = {
        name: one.replace(forms.WITH_MAC, code) for name, one in forms.VERIFY_CODES.items() if forms.WITH_MAC in one
    }
    changed |= {"a Chinese stop": code.replace(".", "。"), "full width": forms.full_width(code), "small": code.lower()}
    changed |= {"figures": code[:-16] + code[-16:].replace("O", "0").replace("I", "1").replace("B", "8")}
    for name, text in changed.items():
        assert client.post("/api/v1/receipts/verify", json={"code": text}).get_json()["valid"], name
        assert client.get("/api/v1/receipts/verify", query_string={"code": text}).get_json()["valid"], name
        assert "这张回执是真的" in client.get("/verify", query_string={"code": text}).text, name
    for wrong in (
        code[:-1],
        code[:-1] + ("A" if code[-1] != "A" else "C"),
        code + "A",
        case["case_number"],
        "。",
        "\u200b",
    ):
        assert not client.post("/api/v1/receipts/verify", json={"code": wrong}).get_json()["valid"], wrong


def test_a_text_that_cannot_be_a_token_counts_against_nobody(client: FlaskClient, case: dict[str, Any]) -> None:
    for _ in range(60):
        body = {"lookup_token": "http://192.0.2.7:8080/r#short", "phone_tail": "0000", "reason": "x"}
        sent = client.post("/api/v1/cases/withdraw", json=body, headers={"Idempotency-Key": "a-key-000001"})
        assert sent.status_code == 404
    assert lookup(client, lookup_token=case["lookup_token"]) == 200


def test_the_pages_of_changed_links_open(client: FlaskClient) -> None:
    for path in ("/r%23" + forms.TOKEN, "/r/" + forms.TOKEN, f"/r?{forms.TOKEN}", "/r?from=singlemessage"):
        assert 'id="status-form"' in client.get(path).text, path
    for path in ("/u%23" + forms.TOKEN, "/u/" + forms.TOKEN):
        assert 'id="upload"' in client.get(path).text, path
    assert client.get("/random").status_code == 404
