"""States of a page that hears, without a voice process: the server's answers and the microphone are replaced."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, Route, expect

from tests.e2e.helpers.walk import walk_to

HEARS = {"available": True, "cards": False, "longest_s": 120, "piece_s": 28}
SAID = "楼上装修，每天夜里十一点还在打钻，老人睡不着，物业说管不了。"
HEARD = {"text": SAID, "spelt": []}
PHONE_HEARD = {"text": "13912345678", "spelt": ["139", "1234", "5678"]}
SOME_SECONDS = re.compile(r"\b11[0-8]\b|11[0-8]秒")  # of the 120 are left: something was heard

# A tone that goes on as long as the page is open.
TONE = """() => { navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext();
  const [tone, out] = [sound.createOscillator(), sound.createMediaStreamDestination()];
  tone.connect(out);
  tone.start();
  return out.stream; }; }"""
REFUSED = """() => { navigator.mediaDevices.getUserMedia =
  () => Promise.reject(new DOMException("", "NotAllowedError")); }"""


def hears(page: Page, heard: dict[str, object] | None = None) -> None:
    """Pages opened from now on are offered speech; `heard` is the answer to it, None: none comes."""

    def answer(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(json=HEARS)
        elif heard is not None:
            route.fulfill(json=heard)

    page.route("**/api/v1/hearing*", answer)


def _offered(page: Page, path: str, heard: dict[str, object] | None = None) -> None:
    hears(page, heard)
    page.goto(path)
    expect(page.locator(".hear-button:visible")).to_be_visible()


def _listening(page: Page, path: str, heard: dict[str, object] | None = None) -> None:
    _offered(page, path, heard)
    page.evaluate(TONE)
    page.click(".hear-button:visible")
    expect(page.locator(".hear-level")).to_be_visible()


def _finished(page: Page) -> None:
    expect(page.locator("#hear .hint")).to_have_text(SOME_SECONDS)
    page.locator("#hear button").first.click()


def offered(path: str) -> Callable[[Page, Flask], None]:
    """A page with the button."""
    return lambda page, app: _offered(page, path)


def listening(path: str) -> Callable[[Page, Flask], None]:
    return lambda page, app: _listening(page, path)


def becoming_words(page: Page, app: Flask) -> None:
    _listening(page, "/talk")
    _finished(page)
    expect(page.locator("#hear .hear-level")).to_have_count(0)


def to_check(path: str) -> Callable[[Page, Flask], None]:
    def go(page: Page, app: Flask) -> None:
        _listening(page, path, HEARD)
        _finished(page)
        expect(page.locator("#hear-said")).to_be_visible()

    return go


def not_allowed(page: Page, app: Flask) -> None:
    _offered(page, "/talk")
    page.evaluate(REFUSED)
    page.click(".hear-button:visible")
    expect(page.locator("#hear [role=alert]")).to_be_visible()


def field_offered(page: Page, app: Flask) -> None:
    """A question of the form with its button."""
    hears(page, PHONE_HEARD)
    page.goto("/form")
    walk_to(page, "phone")
    expect(page.locator(".hear-button:visible")).to_be_visible()


def field_to_check(page: Page, app: Flask) -> None:
    """A number with its groups."""
    field_offered(page, app)
    page.evaluate(TONE)
    page.click(".hear-button:visible")
    expect(page.locator(".hear-level")).to_be_visible()
    _finished(page)
    expect(page.locator(".hear-spelt")).to_be_visible()
