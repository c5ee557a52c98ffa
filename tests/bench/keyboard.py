"""`python -m tests.bench.keyboard`: from a key to the words to choose from, in Chromium.

Types every phrase of tests/js/pinyin_phrases.py letter by letter into a fresh page. Measured in
the page: the engine with its fetches (the first key of a letter loads its file), then warm.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.__main__ import percentile
from tests.browsers import BROWSER_ARGS, chromium_path
from tests.factories import fresh_app
from tests.js.pinyin_phrases import HELD_OUT, PHRASES, phrases
from tests.serving import served, static

TYPE = """([all, module]) => import(module).then(async ({ candidates }) => {
  const times = [];
  for (const letters of all) {
    for (let many = 1; many <= letters.length; many += 1) {
      const start = performance.now();
      await candidates(letters.slice(0, many));
      times.push(performance.now() - start);
    }
  }
  return times;
})"""


def main() -> None:
    """One table in Markdown, milliseconds."""
    app = fresh_app(Path(tempfile.mkdtemp()))
    letters = [one for one, _ in phrases(PHRASES + HELD_OUT)]
    print("| keys | n | p50 ms | p95 ms | p99 ms | worst ms |\n|---|---|---|---|---|---|")
    with served(app) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=BROWSER_ARGS)
        page = browser.new_page(base_url=address)
        page.goto("/")
        for name in ("files not yet there", "files there"):
            times: list[float] = page.evaluate(TYPE, [letters, static("js/keyboard/pinyin.js")])
            row = [percentile(times, share) for share in (0.5, 0.95, 0.99, 1)]
            print(f"| {name} | {len(times)} | " + " | ".join(f"{one:.1f}" for one in row) + " |")
        browser.close()


if __name__ == "__main__":
    main()
