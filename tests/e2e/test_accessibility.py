"""Every page in every mode and both languages: readable, reachable, large enough to touch.

Rules that a program can judge are judged by axe-core; sizes, reach, keyboard and zoom are measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.e2e.pages import HALL, LANGUAGES, MODES, PAGES, PHONE, SCREENS
from tests.e2e.walk import walk_to
from tests.factories import fresh_app
from tests.serving import served

DIALOGS = {"status, are you there", "form, a person called"}  # the rest of the page is out of reach
LEAST_TEXT = {"standard": 20, "elder": 24, "contrast": 20}  # CSS pixels
LEAST_TOUCH = {"standard": 44, "elder": 60, "contrast": 44}  # CSS pixels, both ways

Open = Callable[..., Page]

# What a finger can meet. A box inside its label is met by the label; the link past the header shows
# for keys only.
CONTROLS = """[...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, label.tick, [tabindex='0']")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.matches(".skip, .tick input, [aria-hidden=true]")
    && (!document.querySelector("dialog[open]") || one.closest("dialog[open]")))"""


SMALL_TEXT = """(least) => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest("svg, .skip"))
  .filter((one) => one.matches("input:not([type=checkbox], [type=radio]), textarea, select")
    || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < least)
  .map((one) => one.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One for all pages: nothing here depends on what another page has left behind."""
    return fresh_app(tmp_path_factory.mktemp("pages"), officers=True, KIOSK_RATE_LIMITS="off")


@pytest.fixture(scope="module")
def base_url(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, app: Flask, base_url: str) -> Iterator[Open]:
    """Open a page in its state: `opened(name, mode, language, screen)`."""
    contexts = []

    def open_page(name: str, mode: str = "standard", language: str = "zh",
                  screen: dict[str, int] = HALL) -> Page:
        context = browser.new_context(viewport=screen, base_url=base_url, locale="zh-CN",
                                      reduced_motion="reduce")  # type: ignore[arg-type]
        contexts.append(context)
        context.add_cookies([{"name": "view", "value": f"{mode}.{language}", "url": base_url}])
        page = context.new_page()
        PAGES[name](page, app)
        return page

    yield open_page
    for one in contexts:
        one.close()


def in_each_mode(page: Page) -> Iterator[str]:
    """The page in one mode after the other, as its own buttons switch it: nothing is loaded anew."""
    for mode in MODES:
        page.evaluate("mode => { document.documentElement.dataset.mode = mode; scrollTo(0, 0); }", mode)
        yield mode


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_against_any_page(opened: Open, name: str, language: str) -> None:
    page = opened(name, "standard", language)
    for mode in in_each_mode(page):
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(mode, one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_finger_meets_every_control_and_an_old_eye_every_word(opened: Open, name: str) -> None:
    page = opened(name)
    for mode in in_each_mode(page):
        for screen, size in SCREENS.items():
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (mode, screen)
            measured = page.evaluate(f"""() => {CONTROLS}.map((one) => {{
              const box = one.getBoundingClientRect();
              return [Math.round(box.width), Math.round(box.height), one.outerHTML.slice(0, 90)]; }})""")
            assert measured
            small = [one for one in measured if min(one[0], one[1]) < LEAST_TOUCH[mode]]
            assert small == [], (mode, screen)
            assert page.evaluate(SMALL_TEXT, LEAST_TEXT[mode]) == [], (mode, screen)


@pytest.mark.parametrize("name", PAGES)
def test_controls_lie_in_the_lower_two_thirds_of_a_tall_screen(opened: Open, name: str) -> None:
    """A seated person's reach: none is above, and none is nailed above when the page is scrolled."""
    page = opened(name)
    for mode in in_each_mode(page):
        high = page.evaluate(f"""() => {CONTROLS}
          .filter((one) => !one.closest(".brand") && one.getBoundingClientRect().top < innerHeight / 3)
          .map((one) => one.outerHTML.slice(0, 90))""")
        assert high == [], mode
    # the name leads home too; who cannot reach it has another way there
    assert page.evaluate("""document.body.classList.contains("home")
      || [...document.querySelectorAll('main a[href="/"], footer a[href="/"], #end')].length > 0""")


@pytest.mark.parametrize("name", [one for one in PAGES if one not in DIALOGS])
def test_keys_reach_every_control_in_order_and_show_where_they_are(opened: Open, name: str) -> None:
    page = opened(name)
    page.evaluate("""() => { document.activeElement?.blur(); scrollTo(0, 0);
      getSelection().removeAllRanges(); const first = document.createElement("span");
      first.tabIndex = -1; document.body.prepend(first); first.focus(); first.remove(); }""")
    wanted = page.evaluate("""() => { const all = [...document.querySelectorAll(
        "a[href], button:not(:disabled), input:not([type=hidden], :disabled, [tabindex='-1']), select, textarea, summary, [tabindex='0']")]
      .filter((one) => one.checkVisibility({visibilityProperty: true}));
      all.forEach((one, place) => { one.dataset.place = place; });
      return all.filter((one) => one.type !== "radio").map((one) => Number(one.dataset.place)); }""")
    walked: list[int] = []
    for _ in range(len(wanted) + 12):
        page.keyboard.press("Tab")
        here = page.evaluate("""() => { const one = document.activeElement;
          if (!one || one === document.body) return null;
          const style = getComputedStyle(one.matches(".plan a") ? one.querySelector("rect") : one);
          const shown = one.matches(".plan a") || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3);
          const box = one.getBoundingClientRect();
          return {place: Number(one.dataset.place), shown, seen: box.bottom > 0 && box.top < innerHeight,
            html: one.outerHTML.slice(0, 90)}; }""")
        if here is None or here["place"] in walked:
            break
        assert here["shown"], here["html"]
        assert here["seen"], here["html"]
        walked.append(here["place"])
    assert set(wanted) <= set(walked)
    assert walked == sorted(walked)


@pytest.mark.parametrize("name", PAGES)
def test_twice_as_large_and_still_nothing_is_lost(opened: Open, name: str) -> None:
    """Zooming to 200 % halves the screen that the page sees; 320 is the narrowest (WCAG 1.4.10)."""
    page = opened(name, screen={"width": HALL["width"] // 2, "height": HALL["height"] // 2})
    for mode in in_each_mode(page):
        for width, height in ((540, 960), (960, 540), (320, 640)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (mode, width)
            lost = page.evaluate(f"""() => {CONTROLS}.filter((one) => {{
              const box = one.getBoundingClientRect();
              return box.left < -1 || box.right > innerWidth + 1; }}).map((one) => one.outerHTML.slice(0, 90))""")
            assert lost == [], (mode, width)


def test_a_mode_is_switched_without_losing_a_word_and_kept_on_the_next_page(opened: Open) -> None:
    page = opened("form", screen=PHONE)
    walk_to(page, "facts")
    page.fill("#f-facts", "写了一半的话")
    with page.expect_response("**/view"):
        page.click("#elder")
    assert page.evaluate("document.documentElement.dataset.mode") == "elder"
    assert page.input_value("#f-facts") == "写了一半的话"
    page.goto("/status")
    assert page.evaluate("document.documentElement.dataset.mode") == "elder"


def test_a_code_for_machines_is_black_on_white_in_high_contrast(opened: Open) -> None:
    page = opened("section", "contrast")
    page.click("details:has(#share) summary")
    style = page.evaluate("""() => { const box = getComputedStyle(document.getElementById("share"));
      return [box.color, box.backgroundColor]; }""")
    assert style == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
