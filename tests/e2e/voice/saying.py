"""What the tests of speaking share: the button, the watched microphone, and the words."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

WATCHED = """() => { const media = navigator.mediaDevices; const ask = media.getUserMedia.bind(media); window.seen = [];
  media.getUserMedia = async (wish) => { const came = await ask(wish); seen.push(came); return came; }; }"""
OFF = "seen.length > 0 && seen.every((one) => one.getTracks().every((track) => track.readyState === 'ended'))"
REFUSES = """(name) => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", name)); }"""
SAID = "工地半夜打桩"


def named(page: Page, words: str) -> Locator:
    """The button with these words that shows."""
    return page.get_by_role("button", name=words, exact=True).and_(page.locator(":visible"))


def speak(page: Page, path: str = "/talk") -> None:
    """Open a page and press its microphone."""
    page.goto(path)
    page.evaluate(WATCHED)
    named(page, "点一下开始说").click()
