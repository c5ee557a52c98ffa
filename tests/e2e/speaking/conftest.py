"""A real voice process, a browser that hears a fed microphone, and the dialogue itself behind the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from kiosk_api.gateways.voice import VoiceProcess
from tests.bot.helpers import reader
from tests.browsers import BROWSER_ARGS, chromium_path, new_context
from tests.e2e.helpers.talking import Talking, Trained
from tests.e2e.speaking.microphone import FedMicrophone
from tests.serving import error_free
from tests.voice.running import voice_process


@pytest.fixture(scope="session")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a running voice process with all its parts."""
    with voice_process(tmp_path_factory.mktemp("voice") / "log") as client:
        yield client


@pytest.fixture(scope="session")
def microphone(voice: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> FedMicrophone:
    """It speaks with a man's voice, which is not the product's."""
    return FedMicrophone(tmp_path_factory.mktemp("microphone") / "said.wav", voice, "zm_yunxi")


@pytest.fixture(scope="session")
def hearing_browser(browser: Browser, microphone: FedMicrophone) -> Iterator[Browser]:
    """A browser with that microphone."""
    running = browser.browser_type.launch(
        executable_path=chromium_path(), headless=True, args=[*BROWSER_ARGS, *microphone.arguments]
    )
    yield running
    running.close()


@pytest.fixture
def hears(app: Flask, voice: httpx.Client) -> Flask:
    """The application hears, and the dialogue itself answers, with the trained models behind it."""
    reader().found("您好")
    ctx = app.extensions["kiosk"]
    process = VoiceProcess(str(voice.base_url))
    app.extensions["kiosk"] = replace(ctx, hearing=process, assistant=Talking(app), understanding=Trained())
    return app


@pytest.fixture
def kiosk(hearing_browser: Browser, base_url: str, hears: Flask, microphone: FedMicrophone) -> Iterator[Page]:
    """A page in the hall whose microphone is fed."""
    microphone.is_silent()
    with error_free(new_context(hearing_browser, base_url, permissions=["microphone"], has_touch=True)) as opened:
        yield opened
