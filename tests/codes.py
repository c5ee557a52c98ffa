"""Read a QR code from paper or a screen, as a phone does."""

from __future__ import annotations

import cv2
import numpy as np
from playwright.sync_api import Locator


def read_code(picture: bytes | np.ndarray) -> str:
    """The text of the QR code in a picture (PNG bytes, or pixels); "" when none is found.

    The detector is OpenCV's newer one: the older one misses about one code in two hundred of
    ours, which are different at each run.
    """
    if isinstance(picture, bytes):
        decoded = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
        assert decoded is not None
        picture = decoded
    return cv2.QRCodeDetectorAruco().detectAndDecode(picture)[0]


def code_on(shown: Locator, tries: int = 20) -> str:
    """The text of the QR code on the screen, waiting up to some seconds until it is drawn."""
    shown.scroll_into_view_if_needed()
    for _ in range(tries):
        text = read_code(shown.screenshot())
        if text:
            return text
        shown.page.wait_for_timeout(100)
    raise AssertionError("no code can be read on the screen")
