"""Somebody taps about without a plan: no script error, no dead end, nothing left behind.

KIOSK_TAP_JOURNEYS says how many journeys (50 in the suite; 500 before a release).
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page

from tests.e2e.test_citizen_pages import HALL, app, base_url  # noqa: F401

JOURNEYS = int(os.environ.get("KIOSK_TAP_JOURNEYS", "50"))
TAPS = 12
CANARY = "桂花巷金丝雀"
DOORS = ("/", "/talk", "/form", "/status", "/handbook", "/windows", "/verify", "/handbook/urge")
# What one can tap now: seen, not disabled, in nobody's shadow; files and print leave the page.
TAPPABLE = """() => [...document.querySelectorAll(
    "a[href^='/'], a[href^='#'], button, summary, input, textarea, select, label")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled
    && one.type !== "file" && one.type !== "hidden" && !/print/.test(one.id + one.getAttribute("href"))
    && (!document.querySelector("dialog[open]") || one.closest("dialog[open]")))
  .map((one) => { one.dataset.tap ||= String(Math.random()); return one.dataset.tap; })"""


def tap_about(page: Page, dice: random.Random) -> None:
    """One journey of random taps and words."""
    page.goto(dice.choice(DOORS))
    for _ in range(TAPS):
        offered = page.evaluate(TAPPABLE)
        assert offered, f"a dead end: nothing to tap on {page.evaluate('location.pathname')}"
        target = page.locator(f"[data-tap='{dice.choice(offered)}']").first
        try:
            target.tap(timeout=700, no_wait_after=True)
            if target.evaluate("one => one.matches('input:not([type=radio],[type=checkbox]), textarea')",
                               timeout=300):
                target.fill(CANARY, timeout=500)
        except Error:
            continue  # covered or gone meanwhile: a finger misses too
        page.wait_for_load_state("domcontentloaded")


@pytest.mark.parametrize("part", range(5))
def test_tapping_about_breaks_nothing_and_leaves_nothing(
    browser: Browser, app: Flask, base_url: str, part: int  # noqa: F811
) -> None:
    context = browser.new_context(viewport=HALL, locale="zh-CN", base_url=base_url, has_touch=True)  # type: ignore[arg-type]
    context.add_init_script("window.print = () => {}")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text)
            if "Security Policy" in line.text else None)
    for journey in range(JOURNEYS // 5):
        dice = random.Random(1000 * part + journey)  # noqa: S311 -- a seeded walk, no secret
        tap_about(page, dice)
        assert not problems, (part, journey, problems)
        if page.locator("#end").is_visible():
            page.evaluate("document.querySelectorAll('dialog[open]').forEach((one) => one.close())")
            page.locator("#end").tap()
            page.wait_for_url("**/")
        kept = page.evaluate("""async () => document.documentElement.outerHTML
            + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})
            + JSON.stringify((await indexedDB.databases?.()) ?? [])""")
        assert CANARY not in kept
        assert CANARY not in page.url
    context.close()
    ctx = app.extensions["kiosk"]
    stored = b"".join(path.read_bytes() for path in Path(ctx.store.folder).glob("*.db*")) \
        if hasattr(ctx.store, "folder") else b""
    assert CANARY.encode() not in stored
