"""Random taps: no script fails, no page is a dead end, and no data remains after a visit.

KIOSK_RANDOM_JOURNEYS is how many journeys are made (`make random-taps` makes 500), over the six
ways a terminal may show its pages, and KIOSK_RANDOM_ACTS how long the longest is. A fault names its
journey; with KIOSK_RANDOM_FIRST set to that number, KIOSK_RANDOM_JOURNEYS to 1 and the same
KIOSK_RANDOM_ACTS it is walked again. KIOSK_RANDOM_REPORT begins the names of files for figures.
"""

from __future__ import annotations

import json
import logging
import os
import random
import sqlite3
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect

from tests.browsers import new_context
from tests.e2e.helpers import pages
from tests.e2e.helpers.fingers import Finger
from tests.e2e.helpers.visits import (
    found_in,
    traces_in_cookies,
    traces_in_files,
    traces_in_log,
    traces_in_page,
    until,
)
from tests.factories import FakeAssistant, fresh_app, petition, register

JOURNEYS = int(os.environ.get("KIOSK_RANDOM_JOURNEYS", "6"))
MOST_ACTS = int(os.environ.get("KIOSK_RANDOM_ACTS", "12"))
LEAST_ACTS = MOST_ACTS * 3 // 5
FIRST = int(os.environ.get("KIOSK_RANDOM_FIRST", "1"))
REPORT = os.environ.get("KIOSK_RANDOM_REPORT", "")
WAYS = [(screen, mode) for screen in ("hall", "wide") for mode in pages.MODES]
# Where a journey starts besides the home page: states that random taps rarely reach.
STATES = ("form, check", "form, receipt", "form, errors", "form, pictures", "form, for another",
          "form, a person called", "status, a case", "talk, options shown", "talk, assistant away",
          "handbook, answer", "windows, proposal", "section", "verify")  # fmt: skip
ALL_THE_WAY_BACK = 8  # every eighth journey; the others check one page back
BACK_AT_MOST = 12  # pages; the history of one tab goes through all visits
LOOSE = "attachments where bundle_mark is not null"  # pictures without a case
KEPT_ON_PURPOSE = "/api/v1/handover"  # 交接码: left for an officer, for half an hour


class Listener(FakeAssistant):
    """A fake assistant that stores a draft at each turn as the bot does."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.app = app

    def say(self, session_id: str, text: str) -> list[dict[str, Any]]:
        answer = super().say(session_id, text)
        self.app.test_client().post(
            "/internal/v1/drafts/save",
            json={"session_id": session_id, "draft": {"facts": text}, "asked_for": False},
            headers={"X-Bot-Key": self.app.extensions["kiosk"].bot_key},
        )
        return answer


class Watch:
    """Collects errors from the browser and the server, and every address requested."""

    def __init__(self, app: Flask, base: str) -> None:
        self.base = base
        self.faults: list[str] = []
        self.addresses: list[str] = []
        self.kept = 0
        app.before_request(self.asked)
        app.after_request(self.answered)

    def over(self, context: BrowserContext) -> None:
        context.on("weberror", lambda one: self.faults.append(f"script: {one.error.stack or one.error}"))
        context.on("console", self.console)
        context.on("page", lambda one: one.on("framenavigated", lambda frame: self.went(frame.url)))

    def console(self, line: ConsoleMessage) -> None:
        """Requests to other hosts appear here, because the security policy blocks them."""
        if line.type == "error" and not line.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {line.text}")

    def went(self, url: str) -> None:
        if url != "about:blank" and not url.startswith(f"{self.base}/"):
            self.faults.append(f"left the kiosk for {url}")

    def asked(self) -> None:
        self.addresses.append(unquote(request.url))

    def answered(self, answer: Response) -> Response:
        path, status = request.path, answer.status_code
        self.kept += path == KEPT_ON_PURPOSE and status < 300
        if status >= 500 or (status in (404, 405) and not path.startswith("/api/")):
            self.faults.append(f"{status} {request.method} {path}")
        return answer


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = fresh_app(tmp_path, KIOSK_RATE_LIMITS="off")
    made.extensions["kiosk"] = replace(made.extensions["kiosk"], assistant=Listener(made))
    return made


def answers(case: dict[str, Any]) -> list[list[dict[str, Any]] | None]:
    """The assistant's possible answers during a journey; None: it is away."""
    shown = {name: case[name] for name in ("case_number", "lookup_token")}
    return [
        [{"custom": {"text": "请留个电话。", "expects": "phone"}}],
        [{"custom": {"text": "这事该去哪儿，您选一个。", "options": [
            {"label": "法院窗口", "value": "法院"}, {"label": "信访窗口", "value": "信访"}],
            "citations": [{"title": "信访工作条例", "article": "第二十二条",
                           "url": "/handbook/regulation-registered-when"}]}}],
        [{"custom": {"text": "已经登记好了。", "case": shown}}],
        None,
    ]  # fmt: skip


class Journey:
    """One person's random taps from the home page to 结束并清除, and the data that remains."""

    def __init__(self, number: int, page: Page, app: Flask, watch: Watch) -> None:
        self.number, self.page, self.app, self.watch = number, page, app, watch
        self.finger = Finger(page, random.Random(number), number)
        self.assistant = app.extensions["kiosk"].assistant

    def walk(self, mode: str, before: list[str]) -> list[str]:
        """The faults of the journey, as sentences; `before` is what earlier people typed."""
        try:
            canaries = [*before, *self.start(mode)]
            for _ in range(self.finger.rng.randint(LEAST_ACTS, MOST_ACTS)):
                self.finger.act()
            self.finger.end()
            expect(self.page).to_have_url(f"{self.watch.base}/")
            expect(self.page.locator("body.home .tile").first).to_be_visible()
            found = self.residue(canaries)
        except (AssertionError, Error) as error:
            found = [f"{type(error).__name__}: {error}"]
        found += self.watch.faults
        self.watch.faults.clear()
        return found

    def start(self, mode: str) -> list[str]:
        """Open the home page; two journeys of five continue to another state. Returns words to search for later."""
        rng, page = self.finger.rng, self.page
        page.goto("/")
        if mode != "standard":
            page.tap(f"#{mode}")
            until(lambda: bool(page.context.cookies()), page)
        if rng.random() < 0.25:
            page.tap("button[name=language]")
            expect(page.locator("html")).to_have_attribute("lang", "en")
        state = rng.choice(STATES) if rng.random() < 0.4 else "home"
        if state != "home":
            pages.PAGES[state](page, self.app)
        self.finger.log.append(state)
        self.watch.addresses.clear()
        body, case = petition(), register(self.app)
        self.assistant.messages = rng.choice(answers(case))
        shown = page.locator("#case-number").all_text_contents()
        return [*self.finger.canaries, body["facts"], body["petitioner"]["address"],
                case["case_number"], case["lookup_token"], *shown]  # fmt: skip

    def residue(self, canaries: list[str]) -> list[str]:
        """Data left in the browser and at the server, where deleting may take a moment."""
        page = self.page
        back = 1 if self.number % ALL_THE_WAY_BACK else min(page.evaluate("history.length") - 1, BACK_AT_MOST)
        traces = [f"in an address: {one}" for one in found_in("\n".join(self.watch.addresses), canaries)]
        traces += [f"in the browser: {one}" for one in traces_in_page(page, canaries, back)]
        traces += [f"in a cookie: {one}" for one in traces_in_cookies(page.context, canaries)]
        sessions = {session for session, _ in self.assistant.received}
        until(lambda: sessions <= set(self.assistant.forgotten), page, what="for the bot to forget")
        until(lambda: self.rows("drafts") == 0, page, what="for the drafts to go")
        traces += [] if self.rows("handovers") == self.watch.kept else ["a draft left for an officer was lost"]
        until(lambda: self.rows(LOOSE) == 0, page, what="for the pictures to go")
        return traces + [one for one in self.app.extensions.get("chat_sources", ()) if one in sessions]

    def rows(self, table: str) -> int:
        return int(self.store(f"select count(*) from {table}")[0])

    def store(self, statement: str) -> Any:
        url = self.app.extensions["kiosk"].store._engine.url
        with sqlite3.connect(url.database) as store:
            return store.execute(statement).fetchone()

    def tidy(self) -> None:
        """After a fault: delete what this person left, so that it is not reported for the next."""
        self.assistant.received.clear()
        self.store(f"delete from {LOOSE}")
        self.store("delete from drafts")
        self.watch.kept = self.rows("handovers")


@pytest.mark.parametrize("way", range(len(WAYS)), ids=[" ".join(one) for one in WAYS])
def test_random_taps_cause_no_error_no_dead_end_and_leave_nothing(
    browser: Browser, app: Flask, base_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, way: int
) -> None:
    caplog.set_level(logging.INFO)
    screen, mode = WAYS[way]
    watch = Watch(app, base_url)
    faults: list[str] = []
    seen: Counter[str] = Counter()
    typed: list[str] = []
    taps, begun = 0, time.monotonic()
    numbers = [one for one in range(FIRST, FIRST + JOURNEYS) if one % len(WAYS) == way]
    # The shell kept by a service worker makes a hundred requests a visit: in one way of six.
    context = new_context(
        browser, base_url, viewport=pages.SCREENS[screen], has_touch=True, service_workers="block" if way else "allow"
    )
    watch.over(context)
    page = context.new_page()  # one tab for all visits, as at a terminal
    for number in numbers:
        one = Journey(number, page, app, watch)
        wrong = one.walk(mode, typed)
        one.finger.leave()
        seen.update(one.finger.seen)
        typed += one.finger.canaries
        taps += len(one.finger.log) - 1
        if wrong:
            one.tidy()
            faults.append(
                "\n  ".join(
                    [
                        f"journey {number} of at most {MOST_ACTS} acts, {screen}, {mode}:",
                        *wrong,
                        "after:",
                        *one.finger.log,
                    ]
                )
            )
    context.close()
    faults += traces_in_files(tmp_path, typed) + traces_in_log(caplog.records, typed)
    if REPORT:
        figures = {"journeys": len(numbers), "first": FIRST, "acts": taps, "seconds": round(time.monotonic() - begun),
                   "faults": len(faults), "seen": dict(seen)}  # fmt: skip
        Path(f"{REPORT}-{screen}-{mode}.json").write_text(
            json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8"
        )
    assert not faults, "\n".join(faults)
    assert taps >= LEAST_ACTS * len(numbers)
