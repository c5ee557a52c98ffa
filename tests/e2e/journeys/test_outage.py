"""Outages of network and server: no typed text is lost, and nothing is reported as done that is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from playwright.sync_api import Error as PlaywrightError
from werkzeug.serving import make_server

from kiosk_api.services.base.records import CaseFilter
from tests.browsers import new_context
from tests.e2e.helpers.ending import end_unsaved
from tests.e2e.helpers.visits import STORY, Visit, stop_the_clock, two_frames, until
from tests.e2e.helpers.walk import change, fill_form
from tests.factories import petition
from tests.serving import static

BACK_WITHIN_MS = 40_000


class Door:
    """A server that can stop and start again under the same address."""

    def __init__(self, served: Flask) -> None:
        self.served = served
        self.port = 0
        self._server: Any = None
        self.open()

    def open(self) -> None:
        self._server = make_server("127.0.0.1", self.port, self.served, threaded=True)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def shut(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


@pytest.fixture
def door(app: Flask) -> Iterator[Door]:
    one = Door(app)
    yield one
    one.shut()


@pytest.fixture
def page(browser: Browser, door: Door, request: pytest.FixtureRequest) -> Iterator[Page]:
    workers = "allow" if request.node.get_closest_marker("kept_shell") else "block"
    context = new_context(browser, f"http://127.0.0.1:{door.port}", service_workers=workers)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    context.close()
    assert not problems


def with_shell(page: Page) -> None:
    """Open the home page and let the service worker cache the shell."""
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def cases(app: Flask) -> int:
    with app.extensions["kiosk"].store.read() as records:
        return int(records.cases.count(CaseFilter()))


def ready_to_submit(page: Page) -> None:
    page.goto("/form")
    fill_form(page)
    page.check("#f-consent")


@pytest.mark.kept_shell
def test_a_submission_survives_an_outage_and_is_registered_once(page: Page, app: Flask, door: Door) -> None:
    with_shell(page)
    ready_to_submit(page)
    door.shut()
    page.click("#submit")
    banner = page.locator("#resend")
    expect(banner.get_by_role("alert")).to_contain_text("还没收到回音，不知道交上没有")
    expect(banner.get_by_role("status")).to_contain_text("自动再问")
    expect(page.locator("#case-number")).to_have_count(0)
    expect(page.locator("#answers")).to_contain_text(petition()["facts"])
    assert cases(app) == 0
    door.open()
    expect(page.locator("#case-number")).to_be_visible(timeout=BACK_WITHIN_MS)
    assert cases(app) == 1
    expect(banner).to_have_count(0)


def test_a_server_that_dies_after_registering_still_gives_one_number(page: Page, app: Flask, door: Door) -> None:
    ready_to_submit(page)
    lost: list[int] = []

    def register_and_drop_the_answer(route: Any) -> None:
        lost.append(route.fetch().status)
        door.shut()
        route.abort()

    page.route("**/api/v1/petitions", register_and_drop_the_answer, times=1)
    page.click("#submit")
    expect(page.locator("#resend")).to_contain_text("不知道交上没有")
    expect(page.locator("#resend")).not_to_contain_text("还没有提交")
    assert lost == [201] and cases(app) == 1
    expect(page.locator("#case-number")).to_have_count(0)
    door.open()
    expect(page.locator("#case-number")).to_be_visible(timeout=BACK_WITHIN_MS)
    assert cases(app) == 1


def test_a_person_who_stops_waiting_keeps_the_text(page: Page, app: Flask, door: Door) -> None:
    ready_to_submit(page)
    door.shut()
    page.click("#submit")
    page.click("#resend-stop")
    expect(page.locator("#summary")).to_contain_text("不知道交上没有")
    assert page.input_value("#f-facts") == petition()["facts"]
    expect(page.locator("#resend")).to_have_count(0)
    door.open()
    page.click("#submit")
    expect(page.locator("#case-number")).to_be_visible(timeout=BACK_WITHIN_MS)
    assert cases(app) == 1


def test_stopping_during_a_try_works_and_a_registered_petition_still_gives_its_number(page: Page, app: Flask) -> None:
    page.clock.install()
    ready_to_submit(page)
    held: list[Route] = []

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/v1/petitions", lambda route: held.append(route))
    page.route("**/api/v1/petitions", lose, times=1)
    page.click("#submit")
    page.click("#resend-now")
    until(lambda: bool(held), page)
    page.click("#resend-stop")
    expect(page.locator("#resend").get_by_role("status")).to_contain_text("听到这一次的回音就停")
    held[0].abort()
    expect(page.locator("#summary")).to_contain_text("不知道交上没有")
    expect(page.locator("#resend")).to_have_count(0)
    page.clock.run_for(60_000)
    assert len(held) == 1  # no further try
    page.click("#submit")
    until(lambda: len(held) == 2, page)
    held[1].continue_()
    expect(page.locator("#case-number")).to_be_visible()
    assert cases(app) == 1


def test_a_refusal_after_a_lost_answer_leaves_the_first_try_unknown(page: Page, app: Flask) -> None:
    page.clock.install()
    ready_to_submit(page)
    keys: list[str] = []
    refusal = {"code": "too_many_tries", "detail": "现在人多，请等一会儿再交。"}

    def answer(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        elif len(keys) == 2:
            route.fulfill(status=429, json=refusal)
        else:
            route.continue_()

    page.route("**/api/v1/petitions", answer)
    stop_the_clock(page)  # the page must not retry by itself before the person does
    page.click("#submit")
    page.click("#resend-now")
    expect(page.locator("#summary")).to_contain_text("刚才那一次交上没有，还不知道")
    change(page, "request", request="请再想想办法")
    page.click("#submit")
    expect(page.locator("#done")).to_contain_text("您上一次提交其实已经登记好了")
    assert cases(app) == 1 and len(set(keys)) == 1


@pytest.mark.kept_shell
def test_the_page_after_something_was_sent_does_not_claim_that_nothing_was_submitted(page: Page, door: Door) -> None:
    with_shell(page)
    page.goto("/talk")
    door.shut()
    page.evaluate("""() => { const form = document.createElement("form");
      form.method = "post"; form.action = "/form"; document.body.append(form); form.submit(); }""")
    expect(page.locator("h1")).to_have_text("现在连不上系统")
    expect(page.locator("main")).to_contain_text("不知道刚才那一下收到没有")
    expect(page.locator("main")).not_to_contain_text("什么都没有提交")


@pytest.mark.kept_shell
def test_the_service_worker_ignores_the_officers_pages(page: Page, door: Door) -> None:
    with_shell(page)
    door.shut()
    with pytest.raises(PlaywrightError, match="ERR_CONNECTION_REFUSED"):
        page.goto("/desk/sign-in")


@pytest.mark.kept_shell
def test_a_page_that_cannot_be_loaded_says_so_and_loads_by_itself_later(page: Page, door: Door) -> None:
    with_shell(page)
    door.shut()
    page.goto("/form")
    expect(page.locator("h1")).to_have_text("现在连不上系统")
    expect(page.locator("main")).to_contain_text("什么都没有提交")
    shown = page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
    assert shown != "rgba(0, 0, 0, 0)"  # style sheets come from the shell too
    door.open()
    expect(page.locator("#petition-form")).to_be_visible(timeout=BACK_WITHIN_MS)


@pytest.mark.kept_shell
def test_the_shell_holds_no_page_and_no_answer(page: Page, app: Flask) -> None:
    with_shell(page)
    visit = Visit(app, page)
    for step in (visit.talk, visit.status, visit.receipt):
        step()
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"""
    )
    assert {"/offline", "/offline/posted"} <= set(kept)
    assert {static("js/form/form.js"), static("css/parts.css")} <= set(kept)
    assert [one for one in kept if not one.startswith(("/static/", "/offline"))] == []
    assert not any("desk" in one for one in kept)


@pytest.mark.kept_shell
def test_the_screen_is_cleared_during_an_outage_and_the_home_page_returns_by_itself(
    page: Page, app: Flask, door: Door
) -> None:
    with_shell(page)
    visit = Visit(app, page)
    visit.form()
    door.shut()
    end_unsaved(page)
    expect(page.locator("#wiped")).to_contain_text("已经清除，请重新开始")
    left = page.evaluate("document.documentElement.outerHTML")
    assert [one for one in visit.canaries if one in left] == []
    door.open()
    page.wait_for_url(f"http://127.0.0.1:{door.port}/", timeout=BACK_WITHIN_MS)
    expect(page.locator(".doors")).to_be_visible()


def test_a_message_to_the_assistant_stays_in_the_page_until_the_server_answers(
    page: Page, app: Flask, door: Door
) -> None:
    page.goto("/talk")
    door.shut()
    page.fill("#say", STORY)
    page.click("#send")
    expect(page.locator("#trouble")).to_be_visible()
    with page.expect_event("requestfailed"):
        page.click("#to-form")
    two_frames(page)
    assert page.input_value("#say") == STORY
    door.open()
    page.click("#to-form")
    expect(page.locator("#f-facts")).to_have_value(STORY)
    until(lambda: bool(app.extensions["kiosk"].assistant.forgotten), page)
