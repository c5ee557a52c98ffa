"""A camera films only while somebody looks at its picture."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect

from tests.e2e.helpers.ending import end_unsaved
from tests.e2e.helpers.photos import to_pictures
from tests.e2e.helpers.visits import until
from tests.factories import petition, register

_WATCHED = """slow => { const media = navigator.mediaDevices; const ask = media.getUserMedia.bind(media);
  window.seen = [];
  media.getUserMedia = async (wish) => {
    const came = await ask(wish);
    if (slow) await new Promise((go) => { window.letGo = go; });
    seen.push(came);
    return came;
  }; }"""
_OFF = "seen.length > 0 && seen.every((one) => one.getTracks().every((track) => track.readyState === 'ended'))"


def photograph(page: Page, *, slow: bool = False) -> None:
    to_pictures(page)
    page.evaluate(_WATCHED, slow)
    page.get_by_role("button", name="拍照", exact=True).click()


def test_a_camera_that_starts_only_after_the_screen_was_cleared_is_switched_off(kiosk: Page) -> None:
    kiosk.route("**/healthz", lambda route: route.abort())  # the cleared screen stays
    photograph(kiosk, slow=True)
    until(lambda: bool(kiosk.evaluate("Boolean(window.letGo)")), kiosk)
    end_unsaved(kiosk)
    expect(kiosk.locator("#wiped")).to_be_visible()
    kiosk.evaluate("letGo()")
    until(lambda: bool(kiosk.evaluate(_OFF)), kiosk)
    expect(kiosk.locator("video")).to_have_count(0)


def test_going_on_while_the_camera_is_still_starting_leaves_it_off(kiosk: Page) -> None:
    photograph(kiosk, slow=True)
    until(lambda: bool(kiosk.evaluate("Boolean(window.letGo)")), kiosk)
    kiosk.click("#back")
    kiosk.evaluate("letGo()")
    until(lambda: bool(kiosk.evaluate(_OFF)), kiosk)


def test_the_next_and_the_last_question_switch_the_camera_off(kiosk: Page) -> None:
    photograph(kiosk)
    for move in ("#next", "#back"):
        expect(kiosk.get_by_role("button", name="拍下这张")).to_be_enabled()
        kiosk.click(move)
        until(lambda: bool(kiosk.evaluate(_OFF)), kiosk)
        kiosk.click("#back" if move == "#next" else "#next")
        kiosk.get_by_role("button", name="拍照", exact=True).click()


def test_a_case_looked_up_by_its_number_switches_the_scanning_camera_off(kiosk: Page, app: Flask) -> None:
    case = register(app)
    kiosk.goto("/status")
    kiosk.evaluate(_WATCHED, False)
    kiosk.click("#camera")
    until(lambda: bool(kiosk.evaluate("document.querySelector('video')?.videoWidth")), kiosk)
    kiosk.fill("#f-case_number", case["case_number"])
    kiosk.fill("#f-phone_tail", petition()["petitioner"]["phone"][-4:])
    kiosk.click("#look")
    expect(kiosk.locator("#case-number")).to_have_text(case["case_number"])
    until(lambda: bool(kiosk.evaluate(_OFF)), kiosk)
    expect(kiosk.locator("video")).to_have_count(0)
