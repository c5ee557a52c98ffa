"""One person's visit with marker words, and where to search for them afterwards."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.helpers.walk import walk_to
from tests.factories import petition
from tests.waiting import GIVE_UP_AFTER_S

PERSON = {
    "petitioner-name": "温若澄",
    "petitioner-phone": "13955501357",
    "petitioner-id_number": "11010119900307723X",
    "petitioner-address": "栖霞镇听雨巷9号",
}
STORY = "化粪池三年没有清掏，臭水流进了厨房"
CASE_PHONE_TAIL = "5678"

_HELD = """async () => {
  if (location.protocol === "about:") return document.documentElement.outerHTML; // before the visit
  const held = [document.documentElement.outerHTML,
    ...[...document.querySelectorAll("input, textarea, select")].map((one) => one.value),
    JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}),
    JSON.stringify(await indexedDB.databases()),
    JSON.stringify(history.state), ...navigation.entries().map((one) => decodeURI(one.url))];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      held.push(request.url, await (await cache.match(request)).text());
    }
  }
  return held.join("\\n");
}"""


class Visit:
    """Fills in the form, chats and looks a case up; knows every word that must not remain."""

    def __init__(self, app: Flask, page: Page) -> None:
        self.app = app
        self.page = page
        self.ctx = app.extensions["kiosk"]
        made = app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "visit-test"})
        self.number: str = made.get_json()["case_number"]
        self.token: str = made.get_json()["lookup_token"]
        self.session = ""

    @property
    def canaries(self) -> list[str]:
        return [*PERSON.values(), STORY, self.number, self.token, self.session or self.token]

    def form(self) -> None:
        self.page.goto("/form")
        walk_to(self.page, "check", **PERSON, facts=STORY)
        self.page.click("#back")

    def talk(self) -> None:
        """Two turns of conversation; the bot stores the draft at each turn."""
        self.ctx.assistant.messages = [{"custom": {"text": "请留个电话。", "expects": "phone"}}]
        self.page.goto("/talk")
        for count, text in enumerate((STORY, PERSON["petitioner-phone"]), 1):
            self.page.fill("#say", text)
            self.page.click("#send")
            expect(self.page.locator(".reply.theirs")).to_have_count(count)
        self.session = self.ctx.assistant.received[-1][0]
        self.keep_draft(asked_for=False)
        self.page.fill("#say", STORY)

    def keep_draft(self, *, asked_for: bool) -> str:
        answer = self.app.test_client().post(
            "/internal/v1/drafts/save",
            json={"session_id": self.session, "draft": {"facts": STORY}, "asked_for": asked_for},
            headers={"X-Bot-Key": self.ctx.bot_key},
        )
        return str(answer.get_json().get("resume_code"))

    def status(self) -> None:
        self.page.goto("/status")
        self.page.fill("#f-case_number", self.number)
        self.page.fill("#f-phone_tail", CASE_PHONE_TAIL)
        self.page.click("#look")
        expect(self.page.locator("#case-number")).to_have_text(self.number)

    def token_page(self) -> None:
        self.page.goto(f"/r#{self.token}")
        expect(self.page.locator("#case-number")).to_have_text(self.number)

    def receipt(self) -> None:
        self.token_page()
        self.page.click("#print")
        self.page.wait_for_url("**/receipt")
        expect(self.page.locator("#case-number")).to_have_text(self.number)

    def drafts_left(self) -> int:
        with sqlite3.connect(self.ctx.store._engine.url.database) as store:
            return int(store.execute("select count(*) from drafts").fetchone()[0])


def found_in(text: str, canaries: list[str]) -> list[str]:
    return [one for one in canaries if one in text or quote(one) in text]


def traces_in_page(page: Page, canaries: list[str], back: int | None = None) -> list[str]:
    """Markers found in the page, its storage, and the pages (all or `back` of them) in its history."""
    page.wait_for_load_state()
    traces = found_in(page.evaluate(_HELD), canaries)
    for _ in range(page.evaluate("history.length") if back is None else back):
        page.go_back(wait_until="load")
        traces += found_in(page.evaluate(_HELD), canaries)
    return traces


def traces_in_cookies(context: BrowserContext, canaries: list[str]) -> list[str]:
    return found_in(str(context.cookies()), canaries)


def traces_in_files(folder: Path, canaries: list[str]) -> list[str]:
    """Bytes on disk, in the two ways a browser writes text."""
    traces: list[str] = []
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        data = path.read_bytes()
        traces += [
            f"{one} in {path.name}"
            for one in canaries
            if one.encode() in data or one.encode("utf-16-le") in data or quote(one).encode() in data
        ]
    return traces


def traces_in_log(records: list[logging.LogRecord], canaries: list[str]) -> list[str]:
    return found_in("\n".join(one.getMessage() for one in records), canaries)


ASKED_MS = 10_000  # the question stands longer than that


def stop_the_clock(page: Page) -> None:
    """From here on time passes only in run_for, however slow the machine is; after clock.install."""
    page.clock.pause_at(datetime.fromtimestamp(page.evaluate("Date.now()") / 1000 + 5, UTC))


def nobody_comes(page: Page, quiet_ms: int) -> None:
    """Let time pass until the page asks whether somebody is there; after clock.install.

    A scroll of the visit before, which a busy machine reports late, counts as somebody: twice. Time passes in steps
    shorter than the question stands, so that it is seen also where that scroll has put it off.
    """
    step = min(quiet_ms, ASKED_MS)
    for _ in range(3 * quiet_ms // step + 1):
        page.clock.run_for(step)
        two_frames(page)
        if page.locator("#idle").is_visible():
            return
    raise AssertionError("the page does not ask")


def two_frames(page: Page) -> None:
    """Wait until the page has handled pending events, received answers and drawing."""
    page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


def until(true: Callable[[], bool], page: Page, within_s: float = GIVE_UP_AFTER_S, what: str = "") -> None:
    """Wait while the browser keeps running; `what` names the condition in the failure."""
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, f"waited in vain {what}".strip()
        page.wait_for_timeout(50)
