"""One stray tap loses nothing: the page asks before leaving, but only where something would be lost."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from tests.attachments.helpers import open_bundle, phone
from tests.e2e.helpers.visits import STORY
from tests.e2e.helpers.walk import fill_form, walk_to

LINKS = (".brand a", ".foot nav a >> nth=1")


@pytest.mark.parametrize("link", LINKS)
def test_leaving_a_form_with_something_in_it_is_asked_about(page: Page, link: str) -> None:
    page.goto("/form")
    walk_to(page, "phone")
    page.click(link)
    dialog = page.locator("#leave")
    expect(dialog).to_contain_text("离开会清掉已经填的。要离开吗？")
    assert page.evaluate("[...document.querySelectorAll('#leave button')].every((one) => one.offsetHeight >= 44)")
    page.click("#leave-not")
    expect(dialog).to_have_count(0)
    assert page.url.endswith("/form") and page.input_value("#f-petitioner-name")
    page.click(link)
    page.click("#leave-all")
    page.wait_for_url(re.compile(r"/(status)?$"))


def test_nothing_is_asked_where_nothing_is_lost(page: Page) -> None:
    page.goto("/form")
    page.click(".brand a")
    page.wait_for_url(re.compile(r"\d/$"))
    page.goto("/talk")
    page.click(".brand a")
    page.wait_for_url(re.compile(r"\d/$"))
    page.goto("/form")
    fill_form(page)
    page.check("#f-consent")
    page.click("#submit")
    expect(page.locator("#case-number")).to_be_visible()
    page.click(".brand a")
    page.wait_for_url(re.compile(r"\d/$"))


def test_leaving_a_conversation_is_asked_about_but_going_on_with_the_form_is_not(page: Page, app: Flask) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "请接着说。"}}]
    page.goto("/talk")
    expect(page.locator("[name=language]")).to_have_count(0)
    page.fill("#say", "您好")
    page.click("#send")
    expect(page.locator(".reply.theirs")).to_have_count(1)
    page.click(".brand a")
    page.click("#leave-not")
    expect(page.locator(".reply.theirs")).to_have_count(1)
    page.fill("#say", STORY)
    page.get_by_role("link", name="改用填表").click()  # the form takes all of it along: nothing would be lost
    page.wait_for_url("**/form")
    expect(page.locator("#f-facts")).to_have_value(STORY)


@pytest.mark.parametrize("arrives", [False, True], ids=["request lost", "answer lost"])
def test_a_phone_whose_first_request_fails_may_try_again(page: Page, app: Flask, arrives: bool) -> None:
    client = app.test_client()
    link, _ = phone(client, open_bundle(client))

    def lose(route: Route) -> None:
        if arrives:
            assert route.fetch().status == 201
        route.abort()

    page.route("**/phone-visits", lose, times=1)
    page.goto(f"/u#{link}")
    expect(page.locator("#upload-trouble")).to_contain_text("再试一次")
    page.click("#upload-again")
    expect(page.locator("#upload")).to_be_visible()
    assert "#" not in page.url  # a code that may still be needed stays until it is used: pages are loaded anew
    expect(page.locator("#upload-again")).to_be_hidden()
    expect(page.locator("#upload-trouble")).to_be_hidden()
