"""The copy of one's own case is offered where a file may stay: on somebody's own phone, never on a terminal."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browsers import HALL, PHONE
from tests.factories import register


def test_a_phone_gets_the_copy_as_a_file_and_a_terminal_is_not_offered_it(page: Page, app: Flask) -> None:
    case = register(app)
    page.set_viewport_size(PHONE)
    page.goto(f"/r#{case['lookup_token']}")
    page.locator("summary", has_text="下载我的材料").click()
    page.fill("#f-materials", "5678")
    with page.context.expect_event("response", lambda one: one.url.endswith("/materials")) as answered:
        page.get_by_role("button", name="下载", exact=True).click()
    assert answered.value.header_value("content-type") == "application/zip"
    assert answered.value.header_value("content-disposition") == 'attachment; filename="materials.zip"'
    assert case["lookup_token"] not in answered.value.url

    page.goto("/status")
    page.set_viewport_size(HALL)
    page.goto(f"/r#{case['lookup_token']}")
    expect(page.locator("#next")).to_be_visible()
    assert "下载我的材料" not in page.content()
