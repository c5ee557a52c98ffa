"""Citizens' reading pages and the receipt, without a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories import petition

PAGES = ("/", "/talk", "/m", "/form", "/status", "/r", "/handbook", "/handbook/urge", "/windows", "/verify")
MODULES = Path(__file__).resolve().parents[2] / "kiosk_api" / "web" / "static" / "js"


def register(client: FlaskClient, **changes: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/petitions", json=petition(**changes), headers={"Idempotency-Key": "page-test-1"})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return answer.get_json()


@pytest.mark.parametrize("path", PAGES)
def test_pages_carry_no_inline_code_and_the_button_that_clears_all(client: FlaskClient, path: str) -> None:
    page = client.get(path).get_data(as_text=True)
    inline = r'<style|\sstyle=|\son\w+=|<script(?![^>]*(?:\bsrc=|type="application/json"))'
    assert not re.search(inline, page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert 'id="end"' in page and 'data-idle-seconds="90"' in page and 'lang="zh-CN"' in page


def test_the_paper_receipt_shows_number_dates_code_and_no_contact_data(
    client: FlaskClient,
) -> None:
    case = register(client)
    page = client.post("/receipt", data={"lookup_token": case["lookup_token"]})
    text = page.get_data(as_text=True)
    assert case["case_number"] in text and case["receipt"]["verify_code"] in text
    assert "<svg" in text and "2026年3月17日" in text and "style=" not in text
    assert petition()["petitioner"]["phone"] not in text
    assert petition()["petitioner"]["name"] not in text
    assert "【请" not in text


def test_the_petition_is_escaped_and_shortened_on_paper(client: FlaskClient) -> None:
    case = register(client, facts="<b>夜里</b>" + "打桩" * 5_000)
    page = client.post("/receipt", data={"lookup_token": case["lookup_token"]})
    text = page.get_data(as_text=True)
    assert "&lt;b&gt;夜里" in text and "<b>夜里" not in text
    assert "全文已登记" in text and len(text) < 40_000


def test_a_receipt_for_an_unknown_token_is_a_friendly_page(client: FlaskClient) -> None:
    answer = client.post("/receipt", data={"lookup_token": "x" * 32})
    assert answer.status_code == 404
    assert "没有查到" in answer.get_data(as_text=True)


def test_the_verify_page_tells_a_genuine_code_from_a_forged_one(client: FlaskClient) -> None:
    case = register(client)
    code = case["receipt"]["verify_code"]
    assert "这张回执是真的" in client.get("/verify", query_string={"code": code}).text
    forged = client.get("/verify", query_string={"code": code[:-2] + "!!"}).text
    assert "没有核对上" in forged


def test_an_unknown_section_leads_back(client: FlaskClient) -> None:
    answer = client.get("/handbook/nothing-like-it")
    assert answer.status_code == 404
    assert "请回到目录" in answer.get_data(as_text=True)


def test_modules_never_turn_text_into_markup_or_keep_it_for_good() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in MODULES.rglob("*.js"))
    for forbidden in ("innerHTML", "insertAdjacentHTML", "document.write", ".setItem(", "indexedDB.open", "eval("):
        assert forbidden not in source
