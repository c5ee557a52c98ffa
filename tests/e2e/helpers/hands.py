"""Two ways to use a terminal, behind one interface: a finger on the screen, or keys alone.

A journey is written once against `Hand`. A `Finger` touches only what it can see, swipes for the
rest and writes on the keyboard of the screen; `Keys` never points at anything. Both insist on what
a person needs: what a press shows is in view, and the focus is never lost.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod

from playwright.sync_api import Error, Locator, Page, expect

from kiosk_api.web.view import english
from tests.browsers import HALL
from tests.e2e.helpers.keyboard import SPELT, keys, pinyin, tab
from tests.e2e.helpers.visits import two_frames, until

MOST_STOPS = 40  # most presses of Tab from one control to the next target
MOST_SWIPES = 25
PARTS, HELD_MS = 4, 120  # of one swipe
SEEN_WITHIN_S = 60  # of a busy machine
SLOWLY_MS = 70  # per key; faster typing is taken for a scanner (scan_keys.js)

# Where an element can be tapped: the middle of its first line, and whether something covers it.
PLACE = """(one) => {
  const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  const there = document.elementFromPoint(x, y);
  return { x, y, met: Boolean(there) && (one.contains(there)
    || there.closest("label")?.control === one), over: there?.outerHTML.slice(0, 90) ?? "nothing" };
}"""

# Whether the upper edge of what a press showed is uncovered and within the screen.
IN_SIGHT = """(one) => {
  const box = one.getBoundingClientRect();
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2);
  return one.contains(there);
}"""

# What is wrong with the focus for somebody who uses keys; "" when nothing is.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "the focus is nowhere";
  const name = one.outerHTML.slice(0, 90);
  const drawn = one.matches(".plan a") ? one.querySelector("rect") : one;
  const style = getComputedStyle(drawn);
  const shown = one.matches(".plan a") ? parseFloat(style.strokeWidth) >= 1.6
    : style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
  if (!shown) return `the focus does not show on ${name}`;
  const box = one.getClientRects()[0];
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const met = there && (one.contains(there) || there.closest("label")?.control === one
    || there.closest(".masked")?.contains(one));
  return met ? "" : `the focus is out of sight on ${name}, under ${there?.outerHTML.slice(0, 90)}`;
}"""

# The page has begun to scroll, or is at its end.
MOVED = """(began) => scrollY !== began
  || scrollY + innerHeight >= document.documentElement.scrollHeight - 1"""

# The page has not scrolled for some frames.
STILL = """async () => {
  const began = scrollY;
  for (let frame = 0; frame < 6; frame += 1) await new Promise(requestAnimationFrame);
  return scrollY === began;
}"""


class Hand(ABC):
    """Somebody at the terminal. Targets are selectors or locators."""

    touch: bool
    kept: str  # what must hold after each press, as JavaScript

    def __init__(self, page: Page, language: str = "zh") -> None:
        self.page = page
        self.language = language

    def words(self, text: str) -> str:
        """A fixed text in the language of this page."""
        return text if self.language == "zh" else english()[text]

    def find(self, target: str | Locator) -> Locator:
        return self.page.locator(target) if isinstance(target, str) else target

    def press(self, target: str | Locator, shows: str | Locator | None = None) -> None:
        """Press a button, link or summary; `shows` must then be in view without scrolling."""
        one = self.find(target)
        expect(one).to_be_visible()
        expect(one).to_be_enabled()
        self.act(one)
        if shows is not None:
            brought = self.find(shows)
            expect(brought).to_be_visible()
            self.page.wait_for_load_state()  # the scripts of a new page are ready from here on
            until(lambda: bool(brought.evaluate(IN_SIGHT)), self.page, SEEN_WITHIN_S)
        self.settle()

    def sees(self, target: str | Locator) -> Locator:
        """Scroll an existing element into view."""
        one = self.find(target)
        expect(one).to_be_visible()
        for _ in range(MOST_SWIPES):
            if one.evaluate(PLACE)["met"]:
                return one
            self.move_on()
        raise AssertionError(f"{target} never comes into sight")

    @abstractmethod
    def act(self, one: Locator) -> None:
        """Reach a control and press it."""

    @abstractmethod
    def tick(self, box: str) -> None:
        """Choose a radio button or tick a box."""

    @abstractmethod
    def write(self, field: str, text: str) -> None:
        """Put `text` into an empty field."""

    @abstractmethod
    def move_on(self) -> None:
        """Scroll the page by part of a screen."""

    @abstractmethod
    def cannot_leave(self, dialog: str) -> None:
        """Nothing behind an open dialog can be reached."""

    def settle(self) -> None:
        def holds() -> bool:
            try:
                return bool(self.page.evaluate(self.kept))
            except Error:  # a new page loaded during the check
                return False

        until(holds, self.page, SEEN_WITHIN_S)


class Finger(Hand):
    """Taps what is in view and swipes; text is typed on the screen's keyboard."""

    touch = True
    # A person does not tap while the keys are closing and the page moves (keyboard.js).
    kept = """document.documentElement.scrollWidth <= innerWidth
      && (!document.querySelector(".keys:not([hidden])")
        || document.activeElement.matches("input, textarea, .keys *, .keys-open"))"""

    def __init__(self, page: Page, language: str = "zh") -> None:
        super().__init__(page, language)
        self.glass = page.context.new_cdp_session(page)

    def reach(self, one: Locator) -> None:
        size = self.page.viewport_size
        assert size is not None
        idle = 0  # swipes without effect: a busy browser may miss one, not two
        for _ in range(MOST_SWIPES):
            place = one.evaluate(PLACE)
            if place["met"]:
                return
            before = self.page.evaluate("scrollY")
            self.swipe(size["height"] * 0.4 - place["y"])
            idle = idle + 1 if self.page.evaluate("scrollY") == before else 0
            if idle == 2:
                break
        place = one.evaluate(PLACE)
        assert place["met"], f"{one} lies under {place['over']}"

    def swipe(self, down: float) -> None:
        """Scroll by so many pixels by swiping; negative is up."""
        size = self.page.viewport_size
        assert size is not None
        begin, most = 0.45, 0.4
        if abs(down) > most * size["height"] and not self.page.locator(".keys:visible").count():
            begin, most = (0.85 if down < 0 else 0.15), 0.7  # a long way, with no keys under the hand
        far = max(-most * size["height"], min(most * size["height"], down))
        for part in range(PARTS + 1):
            y = size["height"] * begin + far * part / PARTS
            self.glass.send("Input.dispatchTouchEvent", {
                "type": "touchMove" if part else "touchStart", "touchPoints": [{"x": 8, "y": y}],
            })  # fmt: skip
        self.page.wait_for_timeout(HELD_MS)  # held still, so that the page does not keep gliding
        self.glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        two_frames(self.page)  # the page gets the event a frame later

    def act(self, one: Locator) -> None:
        self.reach(one)
        one.tap()

    def tick(self, box: str) -> None:
        self.act(self.page.locator(f".tick:has({box})"))
        expect(self.page.locator(box)).to_be_checked()

    def write(self, field: str, text: str) -> None:
        """Numbers and the words of SPELT key by key. Longer text comes at once, as from an input
        method of the system: its keys would take minutes and are tested in test_keyboard.py."""
        self.act(self.page.locator(field))
        expect(self.page.locator(".keys")).to_be_visible()
        if text in SPELT:
            if self.page.locator(".keys").get_attribute("data-layout") != "pinyin":  # an English page
                tab(self.page, self.words("拼音"))
            for word in SPELT[text]:
                pinyin(self.page, *word.split())
        elif text.isascii():
            keys(self.page, text)
        else:
            self.page.keyboard.insert_text(text)
        expect(self.page.locator(field)).to_have_value(text)
        until(lambda: bool(self.page.locator(field).evaluate(PLACE)["met"]), self.page, SEEN_WITHIN_S)

    def move_on(self) -> None:
        self.swipe(-(self.page.viewport_size or HALL)["height"] * 0.3)

    def cannot_leave(self, dialog: str) -> None:
        size = self.page.viewport_size or HALL
        self.page.touchscreen.tap(20, 20)
        self.page.touchscreen.tap(size["width"] - 20, size["height"] - 50)  # 结束并清除, upright
        self.page.wait_for_timeout(HELD_MS)
        expect(self.page.locator(dialog)).to_be_visible()


class Keys(Hand):
    """Tab, Shift+Tab, Enter, Space, arrows and letters; no pointer at all."""

    touch = False
    # On the same page the focus is kept; a new page starts at its beginning.
    kept = "window.pressed !== true || document.activeElement !== document.body"

    def reach(self, one: Locator) -> None:
        assert self.page.evaluate(self.kept), f"the focus was lost before {one}"
        forward = one.evaluate("""(one) => { const here = document.activeElement;
          return here === document.body
            || Boolean(here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING); }""")
        for _ in range(MOST_STOPS):
            if one.evaluate("(one) => document.activeElement === one"):
                return
            self.step("Tab" if forward else "Shift+Tab")
        raise AssertionError(f"{one} is more than {MOST_STOPS} stops away")

    def step(self, key: str) -> None:
        self.page.keyboard.press(key)
        end = time.monotonic() + SEEN_WITHIN_S  # a page that scrolls shows the focus a moment later
        while wrong := self.page.evaluate(FOCUS):
            assert time.monotonic() < end, wrong
            self.page.wait_for_timeout(50)

    def act(self, one: Locator) -> None:
        self.reach(one)
        self.page.evaluate("window.pressed = true")
        self.page.keyboard.press("Enter")

    def tick(self, box: str) -> None:
        one = self.page.locator(box)
        if one.get_attribute("type") == "checkbox":
            self.reach(one)
            self.page.keyboard.press("Space")
        else:  # a radio group is one Tab stop: its chosen button, or the first while none is chosen
            name = one.get_attribute("name")
            chosen = self.page.locator(f"[name='{name}']:checked")
            self.reach(chosen if chosen.count() else self.page.locator(f"[name='{name}']").first)
            self.page.keyboard.press("Space")
            for _ in range(self.page.locator(f"[name='{name}']").count()):
                if one.is_checked():
                    break
                self.step("ArrowDown")
        expect(one).to_be_checked()

    def write(self, field: str, text: str) -> None:
        self.reach(self.page.locator(field))
        self.page.keyboard.type(text, delay=SLOWLY_MS if text.isascii() else 0)
        expect(self.page.locator(field)).to_have_value(text)

    def move_on(self) -> None:
        """Scroll by one screen, and wait until the page has stopped: the browser glides there, and a Tab
        pressed on the way would be carried out of sight."""
        began = self.page.evaluate("scrollY")
        self.page.keyboard.press("PageDown")
        until(lambda: self.page.evaluate(MOVED, began), self.page, SEEN_WITHIN_S)
        self.page.wait_for_function(STILL)

    def cannot_leave(self, dialog: str) -> None:
        inside = f"document.querySelector('{dialog}').contains(document.activeElement)"
        controls = self.page.locator(f"{dialog} :is(button, a, input):visible").count()
        for key in ["Tab"] * (controls + 1) + ["Shift+Tab"] * (controls + 1):
            self.page.keyboard.press(key)
            assert self.page.evaluate(f"{inside} || document.activeElement === document.body")
        if not self.page.evaluate(inside):  # Tab also passes through the browser's own controls
            self.page.keyboard.press("Tab")
        assert self.page.evaluate(inside)
        expect(self.page.locator(dialog)).to_be_visible()
