"""The weight of each page, and the time to its first paint.

    python -m tests.bench.pages

Prints a table in Markdown: KiB over the line of a cold page with all it loads (bodies as sent,
packed), and the first contentful paint in ms (median of RUNS cold loads, processor slowed SLOW times
through the browser's own instrument). The line itself is this machine's loopback. Baseline: an empty
page of one word from the same server, which is what browser and server cost alone.
"""

from __future__ import annotations

import logging
import os
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browsers import BROWSER_ARGS
from tests.factories import fresh_app
from tests.serving import served

RUNS, SLOW = 5, 4
LIMIT_KIB = 110
VIEWPORT = {"width": 1080, "height": 1920}
EMPTY = "/bench-empty"
PATHS = [EMPTY, "/", "/talk", "/m", "/form", "/status", "/handbook", "/handbook/time-limit", "/en/handbook",
         "/windows", "/verify"]  # fmt: skip
_PAINT = """() => new Promise((done) => { const look = () => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  if (paint) done(paint.startTime); else setTimeout(look, 20); }; look(); })"""


def cold(browser: Browser, url: str, language: str = "zh", slow: int = SLOW) -> tuple[int, float]:
    """(bytes of bodies as sent, first contentful paint in ms) of one load with an empty cache."""
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    context.add_cookies([{"name": "view", "value": f"standard.{language}", "url": url}])
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    sent = []
    page.on("requestfinished", lambda request: sent.append(request.sizes()["responseBodySize"]))
    page.goto(url, wait_until="networkidle")
    paint = float(page.evaluate(_PAINT))
    context.close()
    return sum(sent), paint


def main() -> None:
    """Print the table."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver, ExitStack() as stack:
        app = fresh_app(Path(folder))
        app.add_url_rule(EMPTY, "empty", lambda: "<!doctype html><title>empty</title><p>empty")
        base = stack.enter_context(served(app))
        browser = driver.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=BROWSER_ARGS
        )
        cold(browser, base + EMPTY)  # exclude the browser's own first start
        print(f"Limit {LIMIT_KIB} KiB. Processor slowed {SLOW} times, median of {RUNS} cold loads.\n")
        print("| page | language | KiB sent | first contentful paint, ms | over the empty page, ms |")
        print("|---|---|---:|---:|---:|")
        floor = 0.0
        for path in PATHS:
            for language in ("zh",) if path == EMPTY or path.startswith("/en/") else ("zh", "en"):
                runs = [cold(browser, base + path, language) for _ in range(RUNS)]
                size, paint = runs[0][0], statistics.median(one[1] for one in runs)
                floor = paint if path == EMPTY else floor
                name = "empty page (baseline)" if path == EMPTY else path
                print(f"| {name} | {language} | {size / 1024:.1f} | {paint:.0f} | {paint - floor:.0f} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
