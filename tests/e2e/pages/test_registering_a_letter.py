"""An officer registers a letter at the desk, hands on its receipt, and finds that it repeats an earlier matter."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from tests.desk import with_officers
from tests.factories import PASSWORD, petition

ID_NUMBER = "11010519491231002X"
ACCOUNT = "我家旁边的工地从二月起每天半夜还在打桩，老人孩子睡不着，没人管。"


def broken(page: Page) -> list[str]:
    """The rules of accessibility that the page breaks."""
    return [one["id"] for one in Axe().run(page).response["violations"]]


def test_a_letter_without_a_phone_from_the_page_to_its_receipt_and_the_earlier_case(page: Page, app: Flask) -> None:
    with_officers(app)
    person = {**petition()["petitioner"], "id_number": ID_NUMBER}
    client = app.test_client()
    first = client.post("/api/v1/petitions", json=petition(petitioner=person), headers={"Idempotency-Key": "letter-0"})
    page.goto("/desk/sign-in")
    page.fill("[name=username]", "office")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.click("text=登记来信来访")
    page.click("#register")
    assert broken(page) == []
    expect(page.get_by_role("alert")).to_contain_text("没有登记上")
    page.get_by_label("来信", exact=True).check()
    page.fill("#received_on", "2026-02-27")
    page.fill("#facts", ACCOUNT)
    page.fill("#name", person["name"])
    page.fill("#address", person["address"])
    page.fill("#id_number", ID_NUMBER)
    page.get_by_label("寄信").check()
    page.fill("#speaker_0_name", "李大川")
    page.click("#register")
    expect(page.locator("#qr svg")).to_be_visible()
    expect(page.locator("main")).to_contain_text("最晚2026年3月14日")
    expect(page.locator("main")).to_contain_text("电话、请求")
    with page.expect_popup() as opened:
        page.click("#print-receipt")
    expect(opened.value.locator("#case-number")).to_be_visible()
    opened.value.close()
    page.click("#open-case")
    expect(page.locator("#arrival")).to_contain_text("来信")
    expect(page.locator("#earlier")).to_contain_text(first.get_json()["case_number"])
    assert broken(page) == []
    page.click("#earlier >> text=不是同一件事")
    expect(page.locator("[role=status]")).to_contain_text("已完成")
    expect(page.locator("#earlier")).to_have_count(0)
