"""An officer goes on with what a citizen handed over: nothing is lost by talking or by clearing."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from playwright.sync_api import Page, expect

from tests.desk import with_officers
from tests.e2e.helpers.ending import end_unsaved
from tests.e2e.helpers.walk import fill_form, walk_to
from tests.factories import PASSWORD, petition


def handed_over(app: Flask, **more: Any) -> str:
    with_officers(app)
    draft = {**petition(), **more}
    return str(app.test_client().post("/api/v1/handover", json={"draft": draft}).get_json()["code"])


def take(desk: Page, code: str) -> None:
    desk.fill("#code", code)
    desk.click("#take")
    expect(desk.locator("main")).to_contain_text(petition()["facts"])
    desk.click("#go-on")
    expect(desk.locator(".question:visible")).to_have_count(1)


def sign_in(desk: Page) -> None:
    desk.goto("/desk/sign-in")
    desk.fill("[name=username]", "office")
    desk.fill("[name=password]", PASSWORD)
    desk.click("main button[type=submit]")
    desk.goto("/desk/handover")


def back_at_the_desk(desk: Page) -> None:
    desk.wait_for_url(re.compile(r"/desk/handover\??$"))
    expect(desk.locator("#code")).to_be_visible()


def test_clearing_a_handed_over_form_leaves_the_officer_signed_in_and_the_code_good(page: Page, app: Flask) -> None:
    code = handed_over(app)
    sign_in(page)
    for _ in range(2):
        take(page, code)
        assert page.evaluate("document.body.dataset.idleSeconds") == "900"
        end_unsaved(page)
        back_at_the_desk(page)
    assert petition()["facts"] not in page.content()


def test_an_officer_who_clears_before_the_scripts_have_loaded_stays_signed_in(page: Page, app: Flask) -> None:
    code = handed_over(app)
    sign_in(page)
    page.route("**/js/visit/idle.js", lambda one: one.abort())
    for _ in range(2):
        take(page, code)
        page.click("#end")
        back_at_the_desk(page)


def test_the_window_that_was_chosen_is_handed_over_too(page: Page, app: Flask) -> None:
    windows = app.test_client().get("/api/v1/windows").get_json()["windows"]
    chosen = next(one["key"] for one in windows if one["kind"] == "window")
    code = handed_over(app, window_choice=chosen)
    sign_in(page)
    take(page, code)
    fill_form(page)
    expect(page.locator("#f-window_choice")).to_have_value(chosen)


def test_the_page_says_that_photos_are_not_handed_over(page: Page) -> None:
    page.goto("/form")
    walk_to(page, "facts")
    page.click("#staff")
    expect(page.locator("#staff-dialog")).to_contain_text("照片不会一起交过去")


def test_after_registration_there_is_nothing_to_hand_over(page: Page) -> None:
    failed: list[str] = []
    page.on("pageerror", lambda one: failed.append(str(one)))
    page.goto("/form")
    fill_form(page)
    page.check("#f-consent")
    page.click("#submit")
    expect(page.locator("#case-number")).to_be_visible()
    page.click("#staff")
    expect(page.locator("#staff-dialog")).to_contain_text("找工作人员帮忙")
    expect(page.locator("#staff-give")).to_have_count(0)
    assert failed == []
