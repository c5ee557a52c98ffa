"""An application on a real port and an open page, for each test in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browsers import new_context
from tests.e2e.helpers.keyboard import SIZES, open_hall
from tests.factories import fresh_app
from tests.serving import blameless, served


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


@pytest.fixture
def base_url(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def page(browser: Browser, base_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in the hall; with the kept shell where the test is marked `kept_shell`."""
    workers = "allow" if request.node.get_closest_marker("kept_shell") else "block"
    with blameless(new_context(browser, base_url, service_workers=workers)) as opened:
        yield opened


# What keys do depends on no screen; how they look is measured on both. All on both in `make test-all`.
@pytest.fixture(params=[pytest.param(size, marks=pytest.mark.long if size == "wide" else ()) for size in SIZES])
def hall(browser: Browser, base_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A touch screen, upright and wide, whose scripts say no error."""
    opened = open_hall(browser, base_url, request.param)
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield opened
    opened.context.close()
    assert not problems
