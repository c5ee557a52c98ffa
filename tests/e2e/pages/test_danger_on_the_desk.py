"""A danger told in the hall shows on an open page of the desk, and an officer answers with one tap."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect

from tests.desk import with_officers
from tests.factories import PASSWORD


def test_an_open_desk_shows_a_danger_until_an_officer_has_dealt_with_it(page: Page, app: Flask) -> None:
    with_officers(app)
    page.goto("/desk/sign-in")
    page.clock.install()
    page.fill("[name=username]", "office")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    alarm = page.locator("#waiting .danger")
    expect(page.locator("h1")).to_have_text("我的待办")
    expect(alarm).to_be_hidden()
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "请马上打120。", "danger": "medical"}}]
    app.test_client().post("/api/v1/chat", json={"text": "有人晕倒了"})
    page.clock.fast_forward(16_000)  # the page asks every quarter of a minute
    expect(alarm).to_contain_text("险情 1")
    expect(page).to_have_title("有险情 · 我的待办 · 信访工作台")
    page.click("#waiting")
    row = page.locator("#dangers tbody tr")
    expect(row).to_contain_text("有人身体危急")
    row.get_by_text("我去").click()
    expect(row).to_contain_text("已有同事过去")
    expect(alarm).to_be_hidden()
    row.get_by_text("处理好了").click()
    expect(page.locator("#dangers")).to_have_count(0)
