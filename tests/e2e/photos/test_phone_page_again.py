"""The phone's page for pictures, loaded anew: Android does so when its camera closes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route, expect

from tests.attachments.helpers import open_bundle, paper, phone
from tests.browsers import PHONE, new_context
from tests.e2e.helpers.visits import until

OPEN = "#upload"
STATUS = "#upload-status"


@pytest.fixture
def client(app: Flask, base_url: str) -> FlaskClient:
    """The kiosk, as far as the phone can tell."""
    return app.test_client()


@pytest.fixture
def own(seeing: Browser, base_url: str) -> Iterator[Page]:
    context = new_context(seeing, base_url, viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def link(client: FlaskClient) -> str:
    return phone(client, open_bundle(client))[0]


def files(count: int) -> list[Any]:
    return [{"name": f"{one}.jpg", "mimeType": "image/jpeg", "buffer": paper(500, 700)} for one in range(count)]


def kept(page: Page) -> list[Any]:
    return [one for one in page.context.cookies(page.url) if one["name"] == "upload_visit"]


def test_a_page_loaded_anew_goes_on_and_shows_what_was_sent(own: Page, link: str) -> None:
    own.goto(f"/u#{link}")
    expect(own.locator(OPEN)).to_be_visible()
    own.set_input_files("#upload-album", files(2))
    expect(own.locator(STATUS)).to_contain_text("2张照片")
    for _ in range(2):
        own.reload()
        expect(own.locator(OPEN)).to_be_visible()
        expect(own.locator(STATUS)).to_contain_text("2张照片")
        expect(own.locator("#upload-resumed")).to_be_visible()
    own.set_input_files("#upload-camera", files(1))
    expect(own.locator(STATUS)).to_contain_text("3张照片")
    expect(own.locator("#upload-resumed")).to_be_hidden()


def test_the_same_code_scanned_again_goes_on_in_this_browser_and_nowhere_else(
    own: Page, link: str, seeing: Browser, base_url: str
) -> None:
    own.goto(f"/u#{link}")
    expect(own.locator(OPEN)).to_be_visible()
    own.reload()
    expect(own.locator(OPEN)).to_be_visible()
    own.goto(f"/u#{link}")  # in the same tab nothing but the code in the address changes
    expect(own.locator("#upload-resumed")).to_be_visible()
    tab = own.context.new_page()
    tab.goto(f"/u#{link}")
    expect(tab.locator(OPEN)).to_be_visible()
    other = new_context(seeing, base_url, viewport=PHONE)
    stranger = other.new_page()
    stranger.goto(f"/u#{link}")
    expect(stranger.locator("#upload-trouble")).to_contain_text("已经用过")
    assert kept(stranger) == []
    other.close()


def test_a_page_that_is_left_and_come_back_to_goes_on(own: Page, link: str) -> None:
    own.goto(f"/u#{link}")
    expect(own.locator(OPEN)).to_be_visible()
    own.goto("/handbook")
    own.go_back()
    expect(own.locator(OPEN)).to_be_visible()


def test_a_new_code_is_used_though_an_older_visit_is_kept(own: Page, link: str, client: FlaskClient) -> None:
    own.goto(f"/u#{link}")
    expect(own.locator(OPEN)).to_be_visible()
    own.set_input_files("#upload-album", files(1))
    expect(own.locator(STATUS)).to_contain_text("1张照片")
    second, _ = phone(client, open_bundle(client))
    tab = own.context.new_page()
    tab.goto(f"/u#{second}")
    expect(tab.locator(OPEN)).to_be_visible()
    expect(tab.locator(STATUS)).to_be_empty()  # nothing of the other kiosk's pictures
    expect(tab.locator("#upload-resumed")).to_be_hidden()


def test_a_network_cut_at_opening_says_so_and_a_reload_still_uses_the_code(own: Page, link: str) -> None:
    own.route("**/phone-visits", lambda route: route.abort())
    own.goto(f"/u#{link}")
    expect(own.locator("#upload-trouble")).to_contain_text("有没有网")
    expect(own.locator("#upload-again")).to_be_visible()
    own.unroute("**/phone-visits")
    own.reload()
    expect(own.locator(OPEN)).to_be_visible()
    assert "#" not in own.url


def test_an_answer_that_was_lost_before_the_page_was_loaded_anew_costs_nothing(own: Page, link: str) -> None:
    asked: list[int] = []

    def lose(route: Route) -> None:
        asked.append(route.fetch().status)
        route.abort()

    own.route("**/phone-visits", lose)
    own.goto(f"/u#{link}")
    until(lambda: bool(asked), own)
    expect(own.locator("#upload-again")).to_be_visible()
    own.unroute("**/phone-visits")
    own.reload()
    expect(own.locator(OPEN)).to_be_visible()


def test_a_network_cut_while_sending_says_what_was_not_sent_and_a_second_try_works(own: Page, link: str) -> None:
    own.goto(f"/u#{link}")
    expect(own.locator(OPEN)).to_be_visible()
    own.route("**/api/v1/attachments", lambda route: route.abort())
    own.set_input_files("#upload-album", files(3))
    expect(own.locator("#upload-trouble")).to_contain_text("没有传上")
    expect(own.locator("#upload-trouble")).to_contain_text("后面的2张也没有传")
    expect(own.locator(OPEN)).to_be_visible()
    own.unroute("**/api/v1/attachments")
    own.set_input_files("#upload-album", files(3))
    expect(own.locator(STATUS)).to_contain_text("3张照片")


@pytest.mark.parametrize("ending", ["the button", "the kiosk"])
def test_nothing_is_kept_after_the_end(own: Page, client: FlaskClient, ending: str) -> None:
    token = open_bundle(client)
    link, _ = phone(client, token)
    own.goto(f"/u#{link}")
    expect(own.locator(OPEN)).to_be_visible()
    [cookie] = kept(own)
    assert cookie["path"] == "/u" and cookie["sameSite"] == "Strict"
    assert link not in cookie["value"]
    if ending == "the button":
        own.click("#bar-more")
        own.click("#end")
        expect(own.locator("#starters")).to_be_visible()
    else:
        client.delete("/api/v1/attachments/phone-link", headers={"X-Bundle": token})
        own.reload()
        expect(own.locator("#upload-trouble")).to_be_visible()
    assert own.context.cookies() == []
    own.goto("/u")
    expect(own.locator("#upload-trouble")).to_be_visible()


def test_without_cookies_the_page_works_until_it_is_loaded_anew(own: Page, link: str) -> None:
    own.add_init_script(
        "Object.defineProperty(document, 'cookie', {get: () => '', set: () => {}, configurable: true});"
    )
    own.goto(f"/u#{link}")
    expect(own.locator(OPEN)).to_be_visible()
    own.set_input_files("#upload-album", files(1))
    expect(own.locator(STATUS)).to_contain_text("1张照片")
