"""The summary of a talk is a card: each row is changed with a tap, and what is registered is what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.bot.helpers import ANSWERS
from tests.browsers import PHONE
from tests.e2e.helpers.keyboard import keys
from tests.e2e.helpers.talking import Talking

NEW_PHONE = "13900002222"


@pytest.fixture(autouse=True)
def talking(app: Flask) -> None:
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], assistant=Talking(app, at="address"))


def to_the_card(page: Page) -> None:
    page.goto("/talk")
    page.fill("#say", ANSWERS["address"])
    page.press("#say", "Enter")
    expect(page.locator(".record-card dt")).to_have_count(8)


def test_a_row_is_changed_by_touch_and_registered_as_changed(hall: Page, app: Flask) -> None:
    to_the_card(hall)
    expect(hall.locator(".keys")).to_be_hidden()  # nothing is to be typed now
    hall.get_by_role("button", name="更改电话").tap()
    question = hall.locator("#log").get_by_text("电话改成什么？")
    expect(hall.locator(".keys[data-layout=digits]")).to_be_visible()
    expect(question).to_be_in_viewport()
    keys(hall, NEW_PHONE)
    hall.locator(".keys-rows").get_by_role("button", name="发送").tap()
    row = hall.locator("[data-field=phone]")
    expect(row).to_contain_text("刚改的")
    expect(row.locator(".value")).to_have_text("*******2222")
    expect(hall.locator(".record-card dt")).to_have_count(8)  # of the newer card: the older one is folded
    expect(hall.locator(".record-card .new")).to_have_count(1)
    expect(hall.locator(".keys")).to_be_hidden()
    submit = hall.get_by_role("button", name="确认提交")
    expect(submit).to_be_in_viewport(ratio=1)
    submit.tap()
    expect(hall.locator("#case-number")).to_be_visible()
    expect(hall.locator(".record-card button")).to_have_count(0)
    expect(hall.locator("#qr")).to_be_visible()
    own = {"case_number": hall.locator("#case-number").inner_text()}
    assert app.test_client().post("/api/v1/cases/lookup", json={**own, "phone_tail": NEW_PHONE[-4:]}).status_code == 200
    assert app.test_client().post("/api/v1/cases/lookup", json={**own, "phone_tail": "5678"}).status_code == 404


def test_a_change_that_is_given_up_marks_nothing(hall: Page) -> None:
    to_the_card(hall)
    hall.get_by_role("button", name="更改涉及单位").tap()
    hall.get_by_role("button", name="不改了").tap()
    expect(hall.locator("[data-field=about_unit] .value")).to_have_text(ANSWERS["about_unit"])
    expect(hall.locator(".record-card .new")).to_have_count(0)
    expect(hall.get_by_role("button", name="确认提交")).to_be_in_viewport(ratio=1)


def test_on_a_phone_an_account_has_the_whole_width_and_nothing_covers_the_card(touched: Page) -> None:
    touched.set_viewport_size(PHONE)  # type: ignore[arg-type]
    to_the_card(touched)
    wide = touched.locator(".record-card").bounding_box()
    account = touched.locator("[data-field=facts] .value").bounding_box()
    assert wide and account and account["width"] >= wide["width"] - 2
    for row in touched.locator(".record-card .change button").all():
        row.scroll_into_view_if_needed()
        row.tap(trial=True)  # fails where something lies over it
    touched.get_by_role("button", name="确认提交").tap()
    expect(touched.locator("#case-number")).to_be_visible()
