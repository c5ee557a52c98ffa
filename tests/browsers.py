"""The browsers that tests start: Debian's, by their paths."""

from __future__ import annotations

import os
import shutil
from typing import Any

from playwright.sync_api import Browser, BrowserContext

BROWSER_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # No process per site: a quarter less work.
    "--renderer-process-limit=1", "--in-process-gpu", "--enable-features=NetworkServiceInProcess2",
]  # fmt: skip
HALL = {"width": 1080, "height": 1920}
WIDE = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}


def chromium_path() -> str:
    """The small headless browser that .ci/ensure_chromium.sh found, or one on the PATH."""
    return _found("CHROMIUM", "chromium-headless-shell", "chromium", "chromium-browser")


def whole_chromium_path() -> str:
    """The browser of a terminal, with windows, profiles and policies."""
    return _found("CHROMIUM_WHOLE", "chromium", "chromium-browser")


def new_context(browser: Browser, base_url: str, **more: Any) -> BrowserContext:
    """A fresh browser context, as for one visit. The service worker, which fetches a hundred files at each
    first visit, is off unless a test is about it."""
    wanted = {"viewport": HALL, "locale": "zh-CN", "service_workers": "block", **more}
    return browser.new_context(base_url=base_url, **wanted)


def _found(variable: str, *names: str) -> str:
    for name in (os.environ.get(variable), *names):
        path = shutil.which(name) if name else None
        if path:
            return path
    raise RuntimeError(f"No {names[0]}: run .ci/ensure_chromium.sh as root, or install {names[0]}.")
