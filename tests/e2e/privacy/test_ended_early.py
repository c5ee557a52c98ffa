"""Faults that random taps found, as single tests: a visit is ended while it is still starting."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from werkzeug.wsgi import ClosingIterator

from tests.e2e.helpers.visits import Visit, traces_in_page, two_frames, until
from tests.e2e.helpers.walk import walk_to
from tests.factories import register


@pytest.mark.parametrize(("path", "late"), [
    ("/talk", "guide/chat"), ("/windows", "guide/windows"), ("/handbook", "guide/reading"),
    ("/verify", "case/verify"),
])  # fmt: skip
def test_scripts_that_load_after_the_end_find_no_page_and_do_not_fail(page: Page, path: str, late: str) -> None:
    held: list[Route] = []
    over: set[str] = set()  # loaded or given up
    page.on("requestfinished", lambda one: over.add(one.url))
    page.on("requestfailed", lambda one: over.add(one.url))
    page.route(f"**/js/{late}.js", lambda one: held.append(one))
    page.route("**/healthz", lambda one: one.abort())
    page.goto(path, wait_until="commit")
    until(lambda: bool(held) and page.evaluate("!!document.getElementById('idle-spoken')"), page)
    page.click("#end")
    expect(page.locator("#wiped")).to_be_visible()
    for one in held:
        one.continue_()
    until(lambda: {one.request.url for one in held} <= over, page)
    two_frames(page)
    assert page.locator("body > *").count() == 1


def test_the_end_button_works_before_its_script_has_loaded(page: Page, base_url: str) -> None:
    page.route("**/js/visit/idle.js", lambda one: one.abort())
    page.goto("/status")
    page.fill("#f-case_number", "XF20260302-ABCD-EFGH")
    page.click("#end")
    page.wait_for_url(f"{base_url}/")


def test_a_page_that_was_loading_does_not_replace_the_end_of_the_visit(
    page: Page, app: Flask, base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the visit would continue there, with its cookies and server data."""
    visit = Visit(app, page)
    visit.status()
    ended, sent = threading.Event(), threading.Event()
    plain = app.wsgi_app

    def late(environ: Any, start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/handbook":
            ended.wait(20)
            return ClosingIterator(plain(environ, start_response), sent.set)
        if environ["PATH_INFO"] == "/healthz":  # requested by the end before it goes home
            ended.set()
            sent.wait(20)  # the page could load now
        return plain(environ, start_response)

    monkeypatch.setattr(app, "wsgi_app", late)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.evaluate("""() => {
        location.href = "/handbook";
        setTimeout(() => document.getElementById("end").click(), 200);
    }""")
    until(lambda: page.url == f"{base_url}/", page)  # wait_for_url fails on the page that was stopped
    assert f"{base_url}/end" in asked
    assert traces_in_page(page, visit.canaries) == []


def test_a_typed_receipt_code_is_verified_and_is_in_no_address_or_history(page: Page, app: Flask) -> None:
    case = register(app)
    code = case["receipt"]["verify_code"]
    page.goto("/verify")
    before = page.evaluate("history.length")
    page.click("#verify-form [type=submit]")
    expect(page.locator("#verdict")).to_have_text("请先写下回执上的核对码。")
    page.fill("#code", code)
    page.click("#verify-form [type=submit]", click_count=2)
    expect(page.locator("#verdict .good")).to_contain_text(case["case_number"])
    page.fill("#code", f"{code[:-2]}{'22' if code[-2:] != '22' else '33'}")
    page.press("#code", "Enter")
    expect(page.locator("#verdict .warn")).to_contain_text("没有核对上")
    expect(page.locator("#verdict")).to_be_focused()
    assert page.url.endswith("/verify")
    assert page.evaluate("history.length") == before


def test_the_keys_never_cover_the_end_button(hall: Page) -> None:
    hall.goto("/windows")
    hall.tap("#matter")
    expect(hall.locator(".keys")).to_be_visible()
    hall.tap("#end", trial=True)


def test_the_clock_of_the_page_stops_at_the_end_of_the_visit(page: Page) -> None:
    page.clock.install()
    page.route("**/healthz", lambda one: one.abort())  # the cleared screen stays
    page.goto("/status")
    expect(page.locator("#now")).not_to_be_empty()
    page.click("#end")
    expect(page.locator("#wiped")).to_be_visible()
    page.clock.run_for(130_000)


def test_a_key_pressed_just_after_its_field_was_taken_away_writes_nowhere(hall: Page) -> None:
    hall.goto("/form")
    walk_to(hall, "name")
    hall.tap("#f-petitioner-name")
    expect(hall.locator(".keys")).to_be_visible()
    hall.evaluate("""() => {
        document.getElementById("filling").remove();  // as after registering
        for (const one of document.querySelectorAll(".keys button")) one.click();
    }""")
    expect(hall.locator(".keys")).to_be_hidden()


_SAYS_AS_IT_IS_LEFT = """(session) => addEventListener("pagehide", () => navigator.sendBeacon(
  "/api/v1/chat/end",
  new Blob([JSON.stringify({ session_id: session })], { type: "application/json" })))"""


@pytest.mark.kept_shell
def test_a_beacon_sent_on_leaving_a_page_reaches_the_server_despite_the_service_worker(page: Page, app: Flask) -> None:
    """The service worker must not handle beacons: it lost most of them when pages changed fast."""
    page.goto("/status")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    until(lambda: page.evaluate("!!navigator.serviceWorker.controller"), page)
    sessions = {f"conversation-left-early-{number:04d}" for number in range(12)}
    for session in sorted(sessions):
        page.evaluate(_SAYS_AS_IT_IS_LEFT, session)
        page.reload(wait_until="commit")
    until(lambda: sessions <= set(app.extensions["kiosk"].assistant.forgotten), page)
