"""`python -m tests.bench.wipe`: milliseconds from the end of a visit to an empty painted screen.

Three ways to end: the countdown running out, the button, and the button while nobody answers.
The page measures by its own clock, from the moment due to the first frame after the DOM is empty.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browsers import BROWSER_ARGS, chromium_path
from tests.factories import fresh_app, petition
from tests.serving import served

ROUNDS = 3
QUIET_S, COUNTDOWN_S = 1, 10
_WATCH = """() => {
  const tell = (name) => { if (!(name in window)) window[name] = performance.now(); };
  const dialog = document.getElementById("idle");
  new MutationObserver(() => tell("warned")).observe(dialog, { attributes: true });
  document.getElementById("end").addEventListener("click", () => tell("ended"), true);
  new MutationObserver(() => {
    if (!document.getElementById("wiped")) return;
    requestAnimationFrame(() => requestAnimationFrame(() => tell("empty")));
  }).observe(document.body, { childList: true });
}"""


def one(browser: Browser, url: str, *, by_button: bool, answering: bool) -> float:
    """Milliseconds of one visit to the form."""
    context = browser.new_context(service_workers="block", base_url=url, viewport={"width": 1080, "height": 1920})
    page = context.new_page()
    page.goto("/form")
    page.evaluate(
        "text => { document.getElementById('f-facts').value = text; }", petition()["facts"] * 50
    )  # its question is not the one shown
    page.evaluate(_WATCH)
    # The page stays until it was read; without an answer it stays anyway.
    page.route("**/end", lambda route: route.fulfill(status=204))
    if not answering:
        page.route("**/healthz", lambda route: route.abort())
    if by_button:
        page.click("#end")
        page.click("#end-all")
    while not page.evaluate("'empty' in window"):
        page.wait_for_timeout(100)
    due = "ended" if by_button else f"warned + {COUNTDOWN_S * 1000}"
    took = float(page.evaluate(f"empty - ({due})"))
    context.close()
    return took


def main() -> None:
    """Print the figures."""
    idle = {"KIOSK_IDLE_SECONDS": str(QUIET_S), "KIOSK_IDLE_COUNTDOWN": str(COUNTDOWN_S)}
    with (
        tempfile.TemporaryDirectory() as folder,
        served(fresh_app(Path(folder), **idle)) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), headless=True, args=BROWSER_ARGS)
        for name, by_button, answering in (
            ("countdown", False, True), ("button", True, True), ("button, server away", True, False),
        ):  # fmt: skip
            took = [one(browser, url, by_button=by_button, answering=answering)
                    for _ in range(ROUNDS)]  # fmt: skip
            print(f"{name:22} median {statistics.median(took):6.0f} ms  most {max(took):6.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
