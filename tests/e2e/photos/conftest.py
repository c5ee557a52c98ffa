"""A kiosk with a camera, and an address that a phone of the test can open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browsers import BROWSER_ARGS, chromium_path, new_context
from tests.factories import fresh_app, reading
from tests.ports import reserved
from tests.serving import error_free, served

CAMERA = ["--use-fake-device-for-media-stream=fps=5", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def port() -> Iterator[int]:
    with reserved("public") as ports:
        yield ports["public"]


@pytest.fixture
def app(tmp_path: Path, port: int) -> Flask:
    made = fresh_app(tmp_path, officers=True, KIOSK_PUBLIC_URL=f"http://127.0.0.1:{port}")
    made.extensions["kiosk"].understanding.reading = reading()
    return made


@pytest.fixture
def base_url(app: Flask, port: int) -> Iterator[str]:
    with served(app, port) as address:
        yield address


@pytest.fixture(scope="session")
def seeing(browser: Browser) -> Iterator[Browser]:
    """A browser with a camera, which shows a moving test picture."""
    running = browser.browser_type.launch(executable_path=chromium_path(), headless=True, args=[*BROWSER_ARGS, *CAMERA])
    yield running
    running.close()


@pytest.fixture
def kiosk(seeing: Browser, base_url: str) -> Iterator[Page]:
    with error_free(new_context(seeing, base_url, permissions=["camera"])) as opened:
        yield opened
