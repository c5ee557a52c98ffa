"""A hand-held scanner that types a key every ten milliseconds, then Enter."""

from __future__ import annotations

import time

from playwright.sync_api import CDPSession, Page

KEY_S = 0.010
FORGETS_S = 0.7  # the page takes a code that pauses for so long for one that has ended (case/scan_keys.js)
TRIES = 10


def scan(page: Page, text: str) -> None:
    """The key events carry the scanner's timestamps, so that a busy machine does not slow the typing.

    Where the machine held a key back for longer than any scanner does, the receipt is held to the scanner once more.
    """
    keyboard = page.context.new_cdp_session(page)
    before = page.evaluate("document.activeElement.value ?? null")
    for _ in range(TRIES):
        if _typed(keyboard, text):
            break
        page.wait_for_timeout(1000 * FORGETS_S + 100)
        if before is not None:
            page.evaluate("(text) => { document.activeElement.value = text; }", before)
    keyboard.detach()


def _typed(keyboard: CDPSession, text: str) -> bool:
    """Whether all of it came without a pause; Enter is pressed only then."""
    at = time.time()
    for sign in text:
        at += KEY_S
        began = time.monotonic()
        _press(keyboard, at, {"key": sign, "text": sign})
        if time.monotonic() - began > FORGETS_S / 2:
            return False
    _press(keyboard, at + KEY_S, {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"})
    return True


def _press(keyboard: CDPSession, at: float, key: dict[str, object]) -> None:
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "timestamp": at, **key})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", "timestamp": at + KEY_S / 2, "key": key["key"]})
