"""The form asks where its text may accuse an official, and an officer decides with one tap."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.desk import seen_by_staff, with_officers
from tests.e2e.helpers.walk import fill_form, walk_to
from tests.factories import PASSWORD, reading


@pytest.fixture
def doubting(app: Flask) -> Flask:
    kinds = {"accusation": 0.3, "appeal": 0.7}
    app.extensions["kiosk"].understanding.reading = replace(reading(), kind=kinds)
    with_officers(app)
    return app


def test_not_sure_stays_confidential_until_an_officer_decides(page: Page, doubting: Flask) -> None:
    page.goto("/form")
    fill_form(page)
    walk_to(page, "check")
    question = page.locator("#accuses")
    expect(question).to_contain_text("您是要举报工作人员违纪违法吗？")
    expect(question).to_contain_text("不会让被反映的人或单位看到")
    question.get_by_text("说不准").click()
    page.check("#f-consent")
    page.click("#submit")
    number = page.locator(".number").first.inner_text()
    client = doubting.test_client()
    assert seen_by_staff(client, number)["accusation"] == "doubtful"

    page.goto("/desk/sign-in")
    page.fill("[name=username]", "office")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator("tbody tr", has_text=number)).to_contain_text("是否检举待定")
    page.click(f"text={number}")
    expect(page.locator("#doubtful")).to_contain_text("一律按检举控告保密")
    page.click("#doubtful >> text=不是，按一般诉求办")
    expect(page.locator("[role=status]")).to_contain_text("已完成")
    expect(page.locator("#doubtful")).to_have_count(0)
    expect(page.locator(".timeline:not(#notices) li").last).to_contain_text("定性质")
    seen = seen_by_staff(client, number)
    assert (seen["accusation"], seen["kind"], seen["confidential"]) == ("no", "appeal", False)


def test_an_ordinary_matter_is_not_asked_about(page: Page, doubting: Flask) -> None:
    doubting.extensions["kiosk"].understanding.reading = reading()
    page.goto("/form")
    fill_form(page)
    walk_to(page, "check")
    expect(page.locator("#proposal")).to_contain_text("建议去")
    expect(page.locator("#accuses")).to_be_hidden()
