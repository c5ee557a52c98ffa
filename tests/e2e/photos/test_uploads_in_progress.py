"""When somebody continues while a photo is still being sent, the page waits and does not drop it silently."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from tests.attachments.helpers import paper
from tests.e2e.helpers.photos import choose, open_case, stored, to_pictures
from tests.e2e.helpers.visits import two_frames, until
from tests.e2e.helpers.walk import fill_form, step_of


@pytest.fixture
def held(kiosk: Page) -> list[Route]:
    """Uploads that are held back until the test continues their route."""
    routes: list[Route] = []
    kiosk.route(
        "**/api/v1/attachments", lambda one: routes.append(one) if one.request.method == "POST" else one.continue_()
    )
    return routes


def send_one(kiosk: Page, held: list[Route]) -> None:
    choose(kiosk, ("a.jpg", "image/jpeg", paper()))
    until(lambda: bool(held), kiosk)


def submit(kiosk: Page) -> None:
    fill_form(kiosk)
    kiosk.check("#f-consent")
    kiosk.click("#submit")


def test_the_next_step_waits_for_the_photo_and_includes_it(kiosk: Page, app: Flask, held: list[Route]) -> None:
    to_pictures(kiosk)
    send_one(kiosk, held)
    kiosk.click("#next")
    expect(kiosk.locator("#waiting")).to_contain_text("照片还在放，请等一下。")
    assert step_of(kiosk) == "attachments"
    held[0].continue_()
    expect(kiosk.locator("[data-step=who]")).to_be_visible()
    submit(kiosk)
    expect(kiosk.locator("#case-number")).to_be_visible()
    assert stored(app) == [(True, None)]


def test_a_failed_photo_is_reported_before_the_next_step(kiosk: Page, held: list[Route]) -> None:
    to_pictures(kiosk)
    send_one(kiosk, held)
    kiosk.click("#next")
    expect(kiosk.locator("#waiting")).not_to_be_empty()
    held[0].fulfill(status=422, json={"code": "not_a_picture", "detail": "这张照片打不开。"})
    expect(kiosk.locator("#attachments [role=alert]")).to_contain_text("打不开")
    expect(kiosk.locator("#waiting")).to_be_empty()
    assert step_of(kiosk) == "attachments"
    kiosk.click("#next")
    expect(kiosk.locator("[data-step=who]")).to_be_visible()


def test_a_person_may_continue_without_waiting_for_the_photo(kiosk: Page, app: Flask, held: list[Route]) -> None:
    to_pictures(kiosk)
    send_one(kiosk, held)
    kiosk.click("#next")
    kiosk.click("#wait-no-more")
    expect(kiosk.locator("[data-step=who]")).to_be_visible()
    assert kiosk.locator("#attachments [role=alert]").text_content() == ""  # no error is shown
    submit(kiosk)
    expect(kiosk.locator("#case-number")).to_be_visible()
    assert stored(app) == []


def test_two_photos_chosen_at_once_are_both_kept(kiosk: Page, app: Flask) -> None:
    opened: list[Route] = []
    kiosk.route("**/api/v1/attachments/bundles", lambda one: opened.append(one))
    to_pictures(kiosk)
    for name in ("a.jpg", "b.jpg"):
        choose(kiosk, (name, "image/jpeg", paper()))
    until(lambda: bool(opened), kiosk)
    two_frames(kiosk)  # a second bundle would have been asked for by now
    for one in opened:
        one.continue_()
    expect(kiosk.locator("#attachments .attach-list li")).to_have_count(2)
    submit(kiosk)
    expect(kiosk.locator("#case-number")).to_be_visible()
    assert stored(app) == [(True, None)] * 2


def test_submitting_waits_for_a_photo_too(kiosk: Page, app: Flask, held: list[Route]) -> None:
    to_pictures(kiosk)
    fill_form(kiosk)
    kiosk.click("[data-change=attachments]")
    expect(kiosk.locator("#attachments")).to_be_visible()
    send_one(kiosk, held)
    kiosk.evaluate("history.back()")
    submit(kiosk)
    expect(kiosk.locator("#waiting")).to_contain_text("照片还在放，请等一下。")
    expect(kiosk.locator("#case-number")).to_have_count(0)
    held[0].continue_()
    expect(kiosk.locator("#case-number")).to_be_visible()
    assert stored(app) == [(True, None)]


def test_the_status_page_waits_for_a_photo_too(kiosk: Page, app: Flask, held: list[Route]) -> None:
    open_case(kiosk, app)
    kiosk.locator("summary", has_text="补交材料照片").click()
    send_one(kiosk, held)
    kiosk.fill("#f-pictures_tail", "5678")
    kiosk.click("#pictures")
    expect(kiosk.locator("#pictures-form .waiting")).to_contain_text("照片还在放，请等一下。")
    held[0].continue_()
    expect(kiosk.locator("#notice")).to_contain_text("1张照片")
    assert stored(app) == [(True, None)]
