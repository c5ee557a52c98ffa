"""After a visit no data of it is left on the screen, in the browser, or at the server."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browsers import BROWSER_ARGS, whole_chromium_path
from tests.e2e.helpers.ending import end_unsaved
from tests.e2e.helpers.visits import (
    PERSON,
    STORY,
    Visit,
    nobody_comes,
    stop_the_clock,
    traces_in_cookies,
    traces_in_files,
    traces_in_log,
    traces_in_page,
    until,
)
from tests.e2e.helpers.walk import step_of, walk_to

ORDERS = {
    "form": ("talk", "status", "form"),
    "talk": ("form", "status", "talk"),
    "status": ("form", "talk", "status"),
    "token": ("form", "talk", "token_page"),
    "receipt": ("talk", "form", "receipt"),
}
# `make test-all` runs every way to end after every last step; here each way twice and each step once.
WAYS_TO_END = {"button": ("receipt", "talk"), "nobody": ("form", "token"), "reload": ("status", "receipt")}
UNSAVED = ("form", "talk")  # what was typed there is in the page only
QUIET_MS, ELDER_MS, COUNTDOWN_MS = 90_000, 180_000, 30_000


def last_steps(way: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("last", [
        pytest.param(one, marks=() if one in WAYS_TO_END[way] else pytest.mark.long) for one in sorted(ORDERS)
    ])  # fmt: skip


def visit_all(visit: Visit, last: str) -> None:
    for name in ORDERS[last]:
        getattr(visit, name)()


def assert_nothing_left(visit: Visit, log: list[logging.LogRecord], folder: Path) -> None:
    page, canaries = visit.page, visit.canaries
    until(lambda: visit.drafts_left() == 0, page)
    until(lambda: visit.session in visit.ctx.assistant.forgotten, page)
    assert visit.session not in visit.app.extensions["chat_sources"]
    assert traces_in_page(page, canaries) == []
    assert traces_in_cookies(page.context, canaries) == []
    assert traces_in_log(log, canaries) == []
    assert traces_in_files(folder, [*PERSON.values(), STORY]) == []


@pytest.mark.kept_shell
@last_steps("button")
def test_the_end_button_leaves_nothing_anywhere(
    page: Page, app: Flask, base_url: str, last: str, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO)
    visit = Visit(app, page)
    page.goto("/")
    page.click("#elder")
    until(lambda: bool(page.context.cookies()), page)
    visit_all(visit, last)
    if last in UNSAVED:
        end_unsaved(page)
    else:
        page.click("#end")
    page.wait_for_url(f"{base_url}/")
    assert page.context.cookies() == []
    assert_nothing_left(visit, caplog.records, tmp_path)


@last_steps("nobody")
def test_an_idle_screen_leaves_nothing_anywhere(
    page: Page, app: Flask, base_url: str, last: str, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO)
    page.clock.install()
    visit = Visit(app, page)
    visit_all(visit, last)
    nobody_comes(page, QUIET_MS)
    page.clock.run_for(COUNTDOWN_MS)
    page.wait_for_url(f"{base_url}/")
    assert_nothing_left(visit, caplog.records, tmp_path)


@last_steps("reload")
def test_reloading_the_page_leaves_nothing_anywhere(
    page: Page, app: Flask, last: str, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO)
    visit = Visit(app, page)
    visit_all(visit, last)
    page.reload()
    assert_nothing_left(visit, caplog.records, tmp_path)


def test_a_receipt_that_was_left_by_a_link_is_not_requested_again(page: Page, app: Flask, base_url: str) -> None:
    visit = Visit(app, page)
    visit.receipt()
    page.goto("/windows")
    page.click("#end")
    page.wait_for_url(f"{base_url}/")
    assert traces_in_page(page, visit.canaries) == []


def test_what_was_stored_on_purpose_outlives_the_end(page: Page, app: Flask, base_url: str) -> None:
    visit = Visit(app, page)
    visit.talk()
    code = visit.keep_draft(asked_for=True)
    end_unsaved(page)
    page.wait_for_url(f"{base_url}/")
    until(lambda: visit.session in visit.ctx.assistant.forgotten, page)
    found = app.test_client().post(
        "/internal/v1/drafts/load", json={"resume_code": code},
        headers={"X-Bot-Key": visit.ctx.bot_key},
    ).get_json()  # fmt: skip
    assert found["draft"] == {"facts": STORY}


@pytest.mark.parametrize("elder", [False, True])
def test_the_screen_is_empty_at_the_end_of_the_countdown_without_any_answer(
    page: Page, app: Flask, elder: bool
) -> None:
    page.clock.install()
    visit = Visit(app, page)
    visit.form()
    if elder:
        page.click("#elder")
    stop_the_clock(page)
    page.press("#f-facts", "End")
    page.route("**/healthz", lambda route: route.abort())
    quiet = ELDER_MS if elder else QUIET_MS
    page.clock.run_for(quiet - 1_000)
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.run_for(1_000)
    expect(page.locator("#idle")).to_be_visible()
    expect(page.locator("#idle-spoken")).to_contain_text("30秒")
    page.clock.run_for(COUNTDOWN_MS - 1)
    assert page.input_value("#f-facts") == STORY
    page.clock.run_for(1)
    left = page.evaluate("document.documentElement.outerHTML")
    assert [one for one in visit.canaries if one in left] == []
    assert page.evaluate("document.body.innerText").split() == ["已经清除，请重新开始", "回首页"]


def test_one_tap_continues_the_visit_and_restores_the_focus(page: Page, app: Flask) -> None:
    page.clock.install()
    Visit(app, page).form()
    stop_the_clock(page)
    page.press("#f-petitioner-address", "End")
    page.clock.run_for(QUIET_MS + 12_000)
    expect(page.locator("#idle-spoken")).to_contain_text("20秒")
    page.click("#idle-stay")
    expect(page.locator("#f-petitioner-address")).to_be_focused()
    page.clock.run_for(COUNTDOWN_MS)
    assert page.input_value("#f-facts") == STORY


def test_the_camera_and_the_voice_stop_with_the_visit(page: Page, app: Flask) -> None:
    Visit(app, page).form()
    page.route("**/healthz", lambda route: route.abort())
    page.evaluate(
        """() => {
        const canvas = document.createElement("canvas");
        canvas.getContext("2d");
        const video = document.createElement("video");
        video.srcObject = window.camera = canvas.captureStream();
        document.querySelector("main").append(video);
        window.cancelled = 0;
        speechSynthesis.cancel = () => { window.cancelled += 1; };
        }"""
    )
    end_unsaved(page)
    expect(page.locator("#wiped")).to_be_visible()
    assert page.evaluate("camera.getTracks().map((one) => one.readyState)") == ["ended"]
    assert page.evaluate("cancelled") == 1


def test_numbers_are_masked_once_entered_and_sent_in_full(page: Page, app: Flask) -> None:
    page.goto("/form")
    walk_to(page, "check", **PERSON)
    phone, number = PERSON["petitioner-phone"], PERSON["petitioner-id_number"]
    over = page.locator(".masked.on .stars-over")
    expect(over.first).to_have_text("*" * 7 + phone[-4:])
    expect(over.last).to_have_text("*" * 14 + number[-4:])
    colour = "getComputedStyle(document.getElementById('f-petitioner-phone')).color"
    assert page.evaluate(colour) == "rgba(0, 0, 0, 0)"
    assert page.input_value("#f-petitioner-phone") == phone
    while (step := step_of(page)) != "phone":
        page.click("#back")
        expect(page.locator(f"[data-step={step}]")).to_be_hidden()
    page.focus("#f-petitioner-phone")
    assert page.evaluate(colour) != "rgba(0, 0, 0, 0)"
    expect(page.locator(".question:visible .watch")).to_contain_text("身后")


def open_profile(browser: Browser, folder: Path, base_url: str) -> BrowserContext:
    return browser.browser_type.launch_persistent_context(
        folder, executable_path=whole_chromium_path(), headless=True, base_url=base_url,
        args=[*BROWSER_ARGS, "--restore-last-session"], locale="zh-CN",
    )  # fmt: skip


def kill_browser(folder: Path) -> None:
    """Kill every process of the browser with this profile at once, as a power cut does."""
    for entry in Path("/proc").iterdir():
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in command:
            with suppress(ProcessLookupError):
                os.kill(int(entry.name), signal.SIGKILL)


@pytest.mark.long
@pytest.mark.parametrize("last", ["form", "talk", "status"])
def test_a_crashed_browser_restarts_without_the_visitors_data(
    browser: Browser, app: Flask, base_url: str, last: str, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    context = open_profile(browser, profile, base_url)
    visit = Visit(app, context.pages[0])
    visit_all(visit, last)
    sessions = profile / "Default" / "Sessions"  # the session that the browser would restore
    until(lambda: any(base_url.encode() in one.read_bytes() for one in sessions.glob("Session_*")), context.pages[0])
    gone: list[bool] = []
    context.on("close", lambda _: gone.append(True))
    kill_browser(profile)
    with suppress(Error):  # the page is closed during the wait
        until(lambda: bool(gone), context.pages[0])
    (profile / "SingletonLock").unlink(missing_ok=True)
    again = open_profile(browser, profile, base_url)
    try:
        again.new_page().goto("/")
        for one in again.pages:
            if one.url.startswith(base_url):
                assert traces_in_page(one, visit.canaries) == []
        assert traces_in_cookies(again, visit.canaries) == []
    finally:
        again.close()
    assert traces_in_files(profile, visit.canaries) == []
