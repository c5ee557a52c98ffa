"""A hand-held scanner that types a key every ten milliseconds, then Enter."""

from __future__ import annotations

import time

from playwright.sync_api import CDPSession, Page

KEY_S = 0.010


def scan(page: Page, text: str) -> None:
    """The key events carry the scanner's timestamps, so that a busy machine does not slow the typing."""
    keyboard = page.context.new_cdp_session(page)
    at = time.time()
    for sign in text:
        at += KEY_S
        _press(keyboard, at, {"key": sign, "text": sign})
    _press(keyboard, at + KEY_S, {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"})
    keyboard.detach()


def _press(keyboard: CDPSession, at: float, key: dict[str, object]) -> None:
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "timestamp": at, **key})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "timestamp": at + KEY_S / 2, "key": key["key"]})
