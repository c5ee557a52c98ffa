"""An application with officers, its client, and a kiosk with a camera, for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from tests.conftest import BROWSER_ARGS, chromium_path, free_port
from tests.e2e.test_citizen_pages import HALL
from tests.factories import fresh_app, reading
from tests.serving import blameless, served

CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def port() -> int:
    return free_port()


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
    running = browser.browser_type.launch(
        executable_path=chromium_path(), headless=True, args=[*BROWSER_ARGS, *CAMERA]
    )
    yield running
    running.close()


@pytest.fixture
def kiosk(seeing: Browser, base_url: str) -> Iterator[Page]:
    context = seeing.new_context(viewport=HALL, locale="zh-CN", base_url=base_url,  # type: ignore[arg-type]
                                 permissions=["camera"])
    with blameless(context) as opened:
        yield opened


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
