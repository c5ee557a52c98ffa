"""An application on a real port and an open page, for each test in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsers import new_context
from tests.e2e.helpers.keyboard import SIZES
from tests.factories import fresh_app
from tests.serving import Front, error_free, served, visit

Kept = Callable[[bool], BrowserContext]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


@pytest.fixture(scope="session")
def front() -> Front:
    return Front()


@pytest.fixture(scope="session")
def front_address(front: Front) -> Iterator[str]:
    with served(front) as address:
        yield address


@pytest.fixture
def base_url(app: Flask, front: Front, front_address: str) -> Iterator[str]:
    with front.before(app):
        yield front_address


@pytest.fixture
def own_page(browser: Browser, base_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in a fresh browser; with the service worker's shell where the test is marked `kept_shell`."""
    workers = "allow" if request.node.get_closest_marker("kept_shell") else "block"
    with error_free(new_context(browser, base_url, service_workers=workers)) as opened:
        yield opened


@pytest.fixture
def page(own_page: Page) -> Page:
    """A page in the hall; in the folders `pages` and `keyboard` it is `kept_page`."""
    return own_page


@pytest.fixture(scope="session")
def kept(browser: Browser, front_address: str) -> Kept:
    """`kept(touch)`: a browser that stays open, with one empty page, so that its process does too."""

    @cache
    def opened(touch: bool) -> BrowserContext:
        context = new_context(browser, front_address, has_touch=touch)
        context.new_page()
        return context

    return opened


@pytest.fixture
def kept_page(kept: Kept, base_url: str) -> Iterator[Page]:
    """A page whose browser has met the site before: half the work. It holds no cookie, and the site
    keeps nothing else. A test that stops the clock changes its browser for good and takes `own_page`."""
    with visit(kept(False)) as opened:
        yield opened


@pytest.fixture
def touched(kept: Kept, base_url: str) -> Iterator[Page]:
    """The same on a touch screen."""
    with visit(kept(True)) as opened:
        yield opened


# Keys work the same on every screen; only their layout is measured on both. `make test-all` runs all on both.
@pytest.fixture(params=[pytest.param(size, marks=pytest.mark.long if size == "wide" else ()) for size in SIZES])
def hall(touched: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A touch screen, portrait and landscape, whose scripts log no error."""
    touched.set_viewport_size(SIZES[request.param])
    problems: list[str] = []
    touched.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield touched
    assert not problems
