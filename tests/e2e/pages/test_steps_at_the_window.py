"""An officer enters what a petitioner without a phone asks for at the window."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from tests.desk import concluded, with_officers
from tests.factories import PASSWORD, register


def test_a_review_is_asked_for_at_the_window_after_the_papers_are_checked(page: Page, app: Flask) -> None:
    with_officers(app)
    number = register(app)["case_number"]
    concluded(app, number)
    page.goto("/desk/sign-in")
    page.fill("#username", "office")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"/desk/cases/{number}")
    page.click("#at-window")
    page.locator("summary", has_text="申请复查").click()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.fill("#request_review-reason", "没有查清")
    page.click("button:has-text('确认申请复查')")
    expect(page.get_by_role("alert")).to_contain_text("核对身份证件")
    expect(page.locator("#request_review-reason")).to_have_value("没有查清")
    page.check("#request_review-identity_checked")
    page.click("button:has-text('确认申请复查')")
    expect(page.locator("h1")).to_contain_text("正在复查")
    expect(page.locator(".timeline:not(#notices)")).to_contain_text("由工作人员核对身份后代录")
