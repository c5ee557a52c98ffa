"""Every page in every mode and both languages: readable, reachable, large enough to touch.

axe-core checks the rules that a program can check; sizes, reach, keyboard and zoom are measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, Response
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from tests.browsers import HALL, PHONE, new_context
from tests.e2e.helpers.layout import faults
from tests.e2e.helpers.pages import LANGUAGES, MODES, PAGES, SCREENS, SWITCH, in_each_mode
from tests.e2e.helpers.walk import walk_to
from tests.factories import fresh_app
from tests.serving import served

DIALOGS = {
    "home, invitation",
    "status, are you there",
    "form, a person called",
    "home, leaving a number",
    "parts, a dialog",
    "talk, listening",
    "talk, becoming words",
    "talk, words to check",
    "talk, microphone not allowed",
    "form, words to check",
}  # the rest of the page is out of reach
LEAST_TEXT = {"standard": 20, "elder": 24, "contrast": 20}  # CSS pixels, on a terminal
LEAST_AT_A_DESK = {"standard": 18, "elder": 24, "contrast": 18}  # an arm's length away, with a mouse
LEAST_ON_PHONE = {"standard": 16, "elder": 20, "contrast": 16}  # held in the hand, not looked at from a wheelchair
LEAST_TOUCH = {"standard": 44, "elder": 60, "contrast": 44}  # CSS pixels, both ways

Open = Callable[..., Page]

# Touch targets. A checkbox inside its label is tapped by the label; the skip link shows for keys
# only.
CONTROLS = """[...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, label.tick, [tabindex='0']")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.matches(".skip, .tick input, [aria-hidden=true]")
    && (!document.querySelector("dialog[open]") || one.closest("dialog[open]")))"""


# Rules that look at style; the others read markup and which of it is visible.
STYLE_RULES = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]

VIOLATIONS = """async (rules) => (await axe.run(rules
    ? { resultTypes: ["violations"], runOnly: rules, preload: false } : { resultTypes: ["violations"] })).violations
  .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120))}`)"""

VISIBLE = """[...document.querySelectorAll("*")]
  .map((one) => Number(one.checkVisibility({ visibilityProperty: true }))).join("")"""

MEASURED = f"""() => ({{
  wide: document.documentElement.scrollWidth > innerWidth,
  touch: {CONTROLS}.map((one) => {{ const box = one.getBoundingClientRect();
    return [Math.round(box.width), Math.round(box.height), one.outerHTML.slice(0, 90)]; }}),
  text: [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility({{visibilityProperty: true}}) && !one.closest("svg, .skip"))
    .filter((one) => one.matches("input:not([type=checkbox], [type=radio]), textarea, select")
      || [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.outerHTML.slice(0, 90)]) }})"""

TOO_HIGH = f"""() => {CONTROLS}
  .filter((one) => !one.closest(".brand") && one.getBoundingClientRect().top < innerHeight / 3)
  .map((one) => one.outerHTML.slice(0, 90))"""

# A page with the shell of a phone: the talk at home always, others on a narrow screen.
OF_A_PHONE = """document.body.matches(".at-home")
  || (document.body.matches(".phone-shell") && matchMedia("(max-width: 699px)").matches)"""

OUTSIDE = f"""() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ["wider than the screen"] : []),
  ...{CONTROLS}.filter((one) => {{ const box = one.getBoundingClientRect();
    return box.left < -1 || box.right > innerWidth + 1; }}).map((one) => one.outerHTML.slice(0, 90))]"""

# Focus before the first control, every control numbered (the numbers without radio buttons, of which
# Tab reaches one a group, are the answer), and each release of a key noted with where the focus is.
BEFORE_THE_KEYS = """() => {
  document.documentElement.dataset.mode = "standard";
  document.activeElement?.blur();
  scrollTo(0, 0);
  getSelection().removeAllRanges();
  const first = document.createElement("span");
  first.tabIndex = -1;
  document.body.prepend(first);
  first.focus();
  first.remove();
  const all = [...document.querySelectorAll(
      "a[href], button:not(:disabled), input:not([type=hidden], :disabled, [tabindex='-1']), select, textarea, summary, [tabindex='0']")]
    .filter((one) => one.checkVisibility({visibilityProperty: true}));
  all.forEach((one, place) => { one.dataset.place = place; });
  window.walked = [];
  addEventListener("keyup", () => {
    const one = document.activeElement;
    if (!one || one === document.body) return walked.push(null);
    const style = getComputedStyle(one);
    const shown = one.matches(".plan a") || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3);
    const box = one.getBoundingClientRect();
    walked.push({place: Number(one.dataset.place), shown, seen: box.bottom > 0 && box.top < innerHeight,
      html: one.outerHTML.slice(0, 90)});
  }, true);
  return all.filter((one) => one.type !== "radio").map((one) => Number(one.dataset.place)); }"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all pages: no test here depends on what another has left behind. It gives axe as
    well, which the browser then keeps: sent with each page it is half a megabyte."""
    app = fresh_app(tmp_path_factory.mktemp("pages"), officers=True, KIOSK_RATE_LIMITS="off")
    axe = Response(Axe().axe_script, mimetype="text/javascript", headers={"Cache-Control": "max-age=3600"})
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/axe.js": axe})  # type: ignore[method-assign]
    return app


@pytest.fixture(scope="module")
def base_url(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """One context for all pages too: its style sheets and modules are fetched once."""
    context = new_context(browser, base_url, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def opened(context: BrowserContext, app: Flask, base_url: str) -> Iterator[Open]:
    """Open a page in its state: `opened(name, mode, language, screen)`."""

    def open_page(name: str, mode: str = "standard", language: str = "zh", screen: dict[str, int] = HALL) -> Page:
        context.clear_cookies()
        context.add_cookies([{"name": "view", "value": f"{mode}.{language}", "url": base_url}])
        page = context.new_page()
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        PAGES[name](page, app)
        return page

    yield open_page
    for one in context.pages:
        one.close()


# Each check examines an open page and returns its faults as sentences.


def judged_by_axe(page: Page) -> list[str]:
    """All axe rules; those on markup once for all modes with the same visible elements."""
    page.add_script_tag(url="/axe.js")
    wrong, known = [], set()
    for mode in MODES:
        page.evaluate(SWITCH, mode)
        visible = page.evaluate(VISIBLE)
        wrong += [f"{mode}, {one}" for one in page.evaluate(VIOLATIONS, STYLE_RULES if visible in known else None)]
        known.add(visible)
    return wrong


def too_small(page: Page) -> list[str]:
    """Controls too small to tap and texts too small to read, on every screen."""
    wrong = []
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        least = LEAST_ON_PHONE if page.evaluate(OF_A_PHONE) else LEAST_AT_A_DESK if screen == "wide" else LEAST_TEXT
        for mode, measured in in_each_mode(page, MEASURED).items():
            where = f"{mode}, {screen}"
            if measured["wide"]:
                wrong.append(f"{where}: wider than the screen")
            assert measured["touch"]
            wrong += [f"{where}: {one}" for one in measured["touch"] if min(one[:2]) < LEAST_TOUCH[mode]]
            wrong += [f"{where}: {one}" for one in measured["text"] if one[0] < least[mode]]
    page.set_viewport_size(HALL)  # type: ignore[arg-type]
    return wrong


def out_of_reach(page: Page) -> list[str]:
    """A seated person's reach, the lower two thirds of a tall screen: no control is above, and none
    stays above when the page is scrolled. A phone is held where its owner reaches it."""
    if page.evaluate(OF_A_PHONE):
        return []
    wrong = [f"{mode}: {one}" for mode, high in in_each_mode(page, TOO_HIGH).items() for one in high]
    # the name links to home too; there is another link within reach
    if not page.evaluate("""document.body.classList.contains("home")
      || [...document.querySelectorAll('main a[href="/"], footer a[href="/"], #end')].length > 0"""):
        wrong.append("no way home within reach")
    return wrong


def lost_when_twice_as_large(page: Page) -> list[str]:
    """Zooming to 200 % halves the screen that the page sees; 320 is the narrowest (WCAG 1.4.10)."""
    wrong = []
    for width, height in ((540, 960), (960, 540), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        wrong += [f"{mode}, {width}: {one}" for mode, lost in in_each_mode(page, OUTSIDE).items() for one in lost]
    page.set_viewport_size(HALL)  # type: ignore[arg-type]
    return wrong


def out_of_place(page: Page) -> list[str]:
    """What overlaps, overflows or is squeezed in any view, on every screen."""
    wrong = []
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wrong += [f"{screen}: {one}" for one in faults(page)]
    page.set_viewport_size(HALL)  # type: ignore[arg-type]
    return wrong


def missed_by_keys(page: Page) -> list[str]:
    """Tab reaches every control in order and shows where it is."""
    wanted = page.evaluate(BEFORE_THE_KEYS)
    wrong: list[str] = []
    walked: list[int] = []
    for one in stops_of_tab(page, len(wanted) + 1):
        if one is None or one["place"] in walked:
            break
        if not one["shown"] or not one["seen"]:
            wrong.append(f"the focus does not show: {one['html']}")
        walked.append(one["place"])
    if missed := set(wanted) - set(walked):
        wrong.append(f"never reached: {sorted(missed)} of {len(wanted)}")
    if walked != sorted(walked):
        wrong.append(f"out of order: {walked}")
    return wrong


def stops_of_tab(page: Page, expected: int) -> Iterator[dict[str, Any] | None]:
    """Where the focus is after each Tab, None outside of the page; the page notes it, and is asked seldom."""
    for presses in (expected, *[4] * 3):
        for _ in range(presses):
            page.keyboard.press("Tab")
        yield from page.evaluate("() => walked.splice(0)")


VISITS = [  # in the short suite every page in Chinese, every second one in English too
    pytest.param(name, language, marks=pytest.mark.long if language != "zh" and place % 2 else ())
    for place, name in enumerate(PAGES)
    for language in LANGUAGES
]


@pytest.mark.parametrize(("name", "language"), VISITS)
def test_every_page_is_readable_reachable_and_operable(opened: Open, name: str, language: str) -> None:
    page = opened(name, "standard", language)
    checks = [judged_by_axe, too_small, out_of_reach, lost_when_twice_as_large]
    if name == "parts":
        checks.append(out_of_place)
    if name not in DIALOGS:
        checks.append(missed_by_keys)
    wrong = [f"{check.__name__}: {one}" for check in checks for one in check(page)]
    assert not wrong, "\n".join(wrong)


def test_a_mode_is_switched_without_losing_a_word_and_kept_on_the_next_page(opened: Open) -> None:
    page = opened("form", screen=PHONE)
    walk_to(page, "facts")
    page.fill("#f-facts", "写了一半的话")
    page.click("#bar-more")
    with page.expect_response("**/view"):
        page.click("#elder")
    assert page.evaluate("document.documentElement.dataset.mode") == "elder"
    assert page.input_value("#f-facts") == "写了一半的话"
    page.goto("/status")
    assert page.evaluate("document.documentElement.dataset.mode") == "elder"


def test_a_qr_code_is_black_on_white_in_high_contrast(opened: Open) -> None:
    page = opened("section", "contrast")
    page.click("details:has(#share) summary")
    style = page.evaluate("""() => { const box = getComputedStyle(document.getElementById("share"));
      return [box.color, box.backgroundColor]; }""")
    assert style == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
