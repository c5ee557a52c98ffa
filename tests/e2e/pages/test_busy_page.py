"""The page of a refused request, in the browser: it sends what was typed by itself, and a finger can do the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk_api.server import busy_page
from tests.attacks.server import Served, serving

FORM = (
    b'<!doctype html><meta charset=utf-8><form method=post action="/desk/register?from=list">'
    b'<textarea name=f_facts></textarea><input type=hidden name=key value="the-key"><button>Send</button></form>'
)


@pytest.fixture
def received() -> list[dict[str, list[str]]]:
    return []


@pytest.fixture
def served(received: list[dict[str, list[str]]]) -> Iterator[Served]:
    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        if environ["REQUEST_METHOD"] == "GET":
            return [FORM]
        assert environ["QUERY_STRING"] == "from=list"
        received.append(parse_qs(environ["wsgi.input"].read().decode()))
        return ["<!doctype html><meta charset=utf-8><h1>好了</h1>".encode()]

    with serving(app) as running:
        yield running


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(base_url=served.url)
    yield context.new_page()
    context.close()


def close_lane(served: Served, most: int) -> None:
    served.listener.lanes._lanes["staff"]._most = most


@pytest.mark.parametrize("by_itself", [True, False])
def test_what_was_typed_is_sent_again(
    page: Page, served: Served, received: list[dict[str, list[str]]], monkeypatch: pytest.MonkeyPatch, by_itself: bool
) -> None:
    monkeypatch.setattr(busy_page, "PAUSE_S", 0.3 if by_itself else 600.0)
    monkeypatch.setattr(busy_page, "SPREAD_S", 0.0)
    page.goto("/")
    page.locator("textarea").fill('青石巷的路灯 "坏了" <b>')
    close_lane(served, 0)
    page.get_by_role("button").click()
    expect(page.get_by_role("heading")).to_have_text("系统正忙")
    assert received == []
    if by_itself:
        threading.Timer(0.5, close_lane, (served, 128)).start()
    else:
        close_lane(served, 128)
        page.get_by_role("button").click()
    expect(page.get_by_role("heading")).to_have_text("好了")
    assert received == [{"f_facts": ['青石巷的路灯 "坏了" <b>'], "key": ["the-key"]}]


def test_a_page_comes_by_itself_with_what_stands_behind_its_number_sign(
    page: Page, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(busy_page, "PAUSE_S", 0.3)
    monkeypatch.setattr(busy_page, "SPREAD_S", 0.0)
    close_lane(served, 0)
    page.goto("/desk/cases#the-token")
    expect(page.get_by_role("heading")).to_have_text("系统正忙")
    close_lane(served, 128)
    expect(page.locator("textarea")).to_be_visible()
    assert page.url.endswith("/desk/cases#the-token")
