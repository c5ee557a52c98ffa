"""The pages in a browser from which everything newer than iOS 13 and Chromium 86 was taken away."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.attachments.helpers import open_bundle, paper, phone
from tests.browsers import PHONE, new_context
from tests.e2e.helpers.phone import faults
from tests.e2e.helpers.walk import fill_form
from tests.factories import fresh_app, register
from tests.js.node import node_path
from tests.serving import Front, error_free

NAMES = Path(__file__).resolve().parents[3] / ".ci/baseline/newer_names.js"

TAKE_AWAY = """(names) => {
  const take = (from, name) => { try { delete from[name]; } catch { /* fixed in this browser */ } };
  const kept = ["BigInt", "BigInt64Array", "BigUint64Array"]; // the tests' own tool needs them
  for (const [owner, member] of names) {
    if (!member || kept.includes(owner)) continue;
    if (owner === "Window") take(window, member);
    const holder = window[owner];
    for (const one of holder ? [holder, holder.prototype] : []) if (one) take(one, member);
  }
  for (const [owner, member] of names) if (!member && !kept.includes(owner)) take(window, owner);
}"""


@cache
def newer_names() -> str:
    return subprocess.run([node_path(), str(NAMES)], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture
def old(browser: Browser, base_url: str) -> Iterator[Page]:
    """A phone of 2019; its scripts may log no error."""
    context = new_context(browser, base_url, viewport=PHONE)
    context.add_init_script(f"({TAKE_AWAY})({newer_names()})")
    with error_free(context) as page:
        yield page


def test_what_is_newer_is_really_gone(old: Page) -> None:
    old.goto("/verify")
    gone = old.evaluate(
        """() => [window.structuredClone, window.ResizeObserver, [].at, "".replaceAll, Object.hasOwn, crypto.randomUUID,
          Promise.any, window.WeakRef, window.HTMLDialogElement].map((one) => typeof one)"""
    )
    assert set(gone) == {"undefined"}
    assert "firstOf" in old.evaluate("() => AbortSignal.any.name")  # filled in by the page


def test_a_case_is_shown_from_its_code(old: Page, app: Flask) -> None:
    old.goto(f"/r#{register(app)['lookup_token']}")
    expect(old.locator("#steps")).to_be_visible()
    expect(old.locator("#not-started")).to_have_count(0)
    expect(old.locator("#idle")).to_be_hidden()


def test_the_conversation_answers(old: Page, app: Flask) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "您慢慢说。"}}]
    old.goto("/talk")
    old.fill("#say", "工地半夜打桩")
    old.press("#say", "Enter")
    expect(old.get_by_text("您慢慢说。")).to_be_visible()


def test_the_talk_at_home_answers_takes_a_photo_and_is_there_after_a_reload(old: Page, app: Flask) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "您慢慢说。", "expects": "facts"}}]
    old.goto("/m")
    old.click("#bar-more")
    expect(old.locator("#tools")).to_be_visible()
    old.click("#bar-more")
    old.fill("#say", "工地半夜打桩")
    old.click("#send")
    expect(old.get_by_text("您慢慢说。")).to_be_visible()
    old.set_input_files("#photo input", [{"name": "1.jpg", "mimeType": "image/jpeg", "buffer": paper(500, 700)}])
    expect(old.locator(".sent-photo")).to_be_visible()
    assert faults(old) == []
    old.reload()
    expect(old.get_by_text("您慢慢说。")).to_be_visible()


def test_the_address_of_a_case_stays_and_is_copied(old: Page, app: Flask) -> None:
    address = f"/r#{register(app)['lookup_token']}"
    old.goto(address)
    expect(old.locator("#keep-title")).to_be_visible()
    assert old.url.endswith(address)
    old.evaluate("() => { document.execCommand = (what) => { return what === 'copy'; }; }")
    old.click("#copy-link")
    expect(old.locator(".keep-page [role=status]")).to_contain_text("复制好了")
    old.reload()
    expect(old.locator("#steps")).to_be_visible()


def test_a_phone_sends_a_picture(old: Page, app: Flask) -> None:
    client = app.test_client()
    old.goto(f"/u#{phone(client, open_bundle(client))[0]}")
    expect(old.locator("#upload")).to_be_visible()  # from here on a picture can be chosen
    old.set_input_files("#upload-album", [{"name": "1.jpg", "mimeType": "image/jpeg", "buffer": paper(500, 700)}])
    expect(old.locator("#upload-status")).to_contain_text("1张照片")


def test_the_form_is_filled_in_and_sent(old: Page) -> None:
    old.goto("/form")
    fill_form(old)
    old.check("#f-consent")
    old.click("#submit")
    expect(old.locator("#case-number")).to_be_visible()


def test_a_dialog_opens_over_the_page_and_gives_it_back(old: Page) -> None:
    old.goto("/verify")
    old.click("#bar-more")
    old.click("#staff")
    dialog = old.locator("#staff-dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_have_attribute("aria-modal", "true")
    old.evaluate("() => document.querySelector('#elder').click()")  # a tap beside it does nothing
    assert old.evaluate("() => document.documentElement.dataset.mode") == "standard"
    old.click("#callback-open")
    expect(old.locator("#f-callback-phone")).to_be_focused()
    old.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(old.locator("#bar-more")).to_be_focused()
    old.click("#bar-more")
    old.click("#elder")
    assert old.evaluate("() => document.documentElement.dataset.mode") == "elder"


def test_the_handbook_answers_and_the_end_clears_the_page(old: Page) -> None:
    old.goto("/handbook")
    old.fill("#question", "可以请人代办吗")
    old.click("#ask")
    expect(old.locator("#answer .notice")).to_be_visible()
    old.click("#bar-more")
    old.click("#end")
    old.wait_for_url("**/m")
    expect(old.locator("#starters")).to_be_visible()


def test_the_home_page_leads_to_a_window_and_a_case_is_found_by_its_number(old: Page, app: Flask) -> None:
    number = register(app)["case_number"]
    old.goto("/")
    old.click(".doors a[href='/windows']")
    old.fill("#matter", "老板拖欠工资")
    old.click("#find")
    expect(old.locator("#proposal .notice")).to_be_visible()
    old.goto("/status")
    old.fill("#f-case_number", number)
    old.fill("#f-phone_tail", "5678")
    old.click("#look")
    expect(old.locator("#steps")).to_be_visible()
    old.click("#history > summary")
    expect(old.locator("#timeline")).to_be_visible()


def test_an_officer_signs_in_and_sees_what_waits(old: Page, app: Flask) -> None:
    old.goto("/desk")
    expect(old.locator("input[name=password]")).to_be_visible()


@pytest.mark.parametrize("missing", ["common.js", "core/dom.js"])
def test_a_page_whose_modules_do_not_start_says_so(browser: Browser, base_url: str, missing: str) -> None:
    context = new_context(browser, base_url, viewport=PHONE)
    page = context.new_page()
    page.route(f"**/{missing}", lambda route: route.abort())
    page.goto("/status")
    expect(page.locator("#not-started")).to_be_visible()
    expect(page.locator("#not-started")).to_contain_text("换一个新一点的浏览器")
    context.close()


def test_a_page_that_works_says_nothing_of_the_sort(page: Page, front: Front) -> None:
    page.goto("/status")
    page.wait_for_load_state("load")
    expect(page.locator("#not-started")).to_have_count(0)
