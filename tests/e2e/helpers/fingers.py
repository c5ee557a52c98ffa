"""A simulated finger that taps at random: the targets on a page, and the actions there.

All its actions are drawn from one `random.Random` and logged, so that a run can be repeated.
"""

from __future__ import annotations

import random
from typing import Any

from playwright.sync_api import Error, FileChooser, Page

from tests.attachments.helpers import paper

# Which part of a page the next tap goes to, when it has that part.
PARTS = {"dialog": 12.0, "main": 12.0, "keys": 4.0, "foot": 2.0, "head": 2.0, "end": 0.25}
WITHIN_MS = 10_000  # a page without anything to tap for so long is a dead end
TAP_MS = 2_000
_AGAIN_MS = 60
_TRIES = 12  # elements that something covers, before the finger gives up for now

# The possible targets now, and the one that `dice` selects. A way home must exist.
_LOOK = """({ weights, dice, only }) => {
  const wanted = `a[href]:not([href^="tel:"], [download], [href$=".pdf"]), button:not(:disabled), summary,
    input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled), label, canvas.pad`;
  const part = (one) => (["end", "end-all"].includes(one.id) ? "end" : one.closest(".keys, .keys-open") ? "keys"
    : one.closest("dialog") ? "dialog" : one.closest("footer") ? "foot" : one.closest("header") ? "head" : "main");
  const hit = (one) => {
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const box = one.getClientRects()[0];
    if (!box || !box.width || !box.height) return false;
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top && (one.contains(top) || top.closest("label")?.control === one);
  };
  const modal = document.querySelector("dialog:modal");
  let left = [...(modal ?? document).querySelectorAll(wanted)]
    .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
  const ways = modal ? left : [...document.querySelectorAll('#end, a[href="/"], a[href="/end"]')];
  const found = {
    path: location.pathname, step: document.querySelector(".question:not([hidden])")?.dataset.step ?? "",
    open: modal?.id ?? "", count: left.length, way: ways.some((one) => hit(one)), part: "", name: "", field: "",
  };
  const asked = left.filter((one) => part(one) === only);
  if (only && (!modal || asked.length)) left = asked; // any other dialog is closed first
  for (const [first, second] of dice) {
    if (!left.length) break;
    const parts = [...new Set(left.map(part))].sort();
    let rest = first * parts.reduce((sum, name) => sum + weights[name], 0);
    const chosen = parts.find((name) => (rest -= weights[name]) < 0) ?? parts[0];
    const among = left.filter((one) => part(one) === chosen);
    const one = among[Math.floor(second * among.length)];
    const met = hit(one);
    left = left.filter((other) => other !== one);
    if (!met) continue;
    const control = one.control ?? one;
    const typed = control.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=file])");
    globalThis.aimed = one;
    return Object.assign(found, { part: chosen, field: typed ? control.tagName : "",
      name: `${one.tagName.toLowerCase()}#${one.id || one.name || ""} ${
        (one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 16)}` });
  }
  return found;
}"""
_TICKLE = "document.getElementById('idle')?.open === false && document.getElementById('idle').showModal()"


class DeadEnd(AssertionError):
    """Nothing to tap, or no way home."""


class Finger:
    """Taps on `page`; `canaries` is what it typed, `log` what it did, `seen` where it was."""

    def __init__(self, page: Page, rng: random.Random, number: int) -> None:
        self.page = page
        self.rng = rng
        self.canaries = [f"霁蓼{number:05d}巷", f"1395{number:05d}97", f"🦭{number:05d}🪁"]
        self.log: list[str] = []
        self.seen: set[str] = set()
        page.on("filechooser", self._choose)

    def leave(self) -> None:
        """Start over for the next person on the same page."""
        self.page.remove_listener("filechooser", self._choose)

    def look(self, only: str = "") -> dict[str, Any]:
        """The address of the page and the target to tap; DeadEnd when there is nothing to tap or no way out."""
        dice = [[self.rng.random(), self.rng.random()] for _ in range(_TRIES)]
        found: dict[str, Any] = {}
        for _ in range(WITHIN_MS // _AGAIN_MS):
            try:
                found = self.page.evaluate(_LOOK, {"weights": PARTS, "dice": dice, "only": only})
            except Error as error:  # on its way to another page
                if "closed" in str(error):
                    raise
                found = {}
            if found.get("count") and found["way"]:
                self.seen.add(" ".join(filter(None, (found["path"], found["step"], found["open"]))))
                return found
            if self.page.url == "about:blank":  # before the first page; a terminal has no such place
                self._moving(lambda: self.page.go_forward(wait_until="commit", timeout=WITHIN_MS))
            self.page.wait_for_timeout(_AGAIN_MS)
        raise DeadEnd(f"{self.page.url}: nothing to tap or no way home: {found}")

    def touch(self, times: int = 1) -> bool:
        """The target that was tapped; False when a page that was just unloading ignored the tap. (The bare
        touchscreen would wait for such a page for ever.)"""
        return all([self._moving(self._tap) for _ in range(times)])

    def _tap(self) -> None:
        one = self.page.evaluate_handle("globalThis.aimed").as_element()
        if not one:
            raise Error("the page has changed")
        one.tap(force=True, no_wait_after=True, timeout=TAP_MS)

    def end(self) -> None:
        """Tap 结束并清除, and again where it asks; a dialog that covers it is closed first."""
        found: dict[str, Any] = {}
        for _ in range(WITHIN_MS // _AGAIN_MS):
            found = self.look("end")
            landed = False
            if found["name"]:
                self.log.append(f"{found['path']}: {found['name']}, to the end")
                landed = self.touch()
            if landed and found["part"] == "end" and not self.asked():
                return
            self.page.wait_for_timeout(_AGAIN_MS)
        raise DeadEnd(f"{self.page.url}: 结束并清除 cannot be reached: {found}")

    def asked(self) -> bool:
        """Whether the end asks about what is unsaved."""
        try:
            return self.page.locator("#end-asked").count() > 0
        except Error:  # the page has gone: it did not
            return False

    def act(self) -> None:
        """One thing a person might do; mostly a tap."""
        roll = self.rng.random()
        if roll < 0.05:
            self._note("back")
            self._moving(lambda: self.page.go_back(wait_until="commit", timeout=WITHIN_MS))
        elif roll < 0.07:
            self._note("reload")
            self._moving(lambda: self.page.reload(wait_until="commit", timeout=WITHIN_MS))
        elif roll < 0.11:
            size = self.page.viewport_size or {"width": 1, "height": 1}
            spot = {"x": self.rng.random() * size["width"], "y": self.rng.random() * size["height"]}
            self._note(f"anywhere, {spot['x']:.0f} {spot['y']:.0f}")
            self._moving(
                lambda: self.page.locator("html").tap(position=spot, force=True, no_wait_after=True, timeout=TAP_MS)
            )  # type: ignore[arg-type]
        elif roll < 0.13:
            self._note("nobody there")
            self._moving(lambda: self.page.evaluate(_TICKLE))
        else:
            self._tap_something()
        if self.rng.random() < 0.5:  # otherwise without waiting for the effect of the tap
            self.page.wait_for_timeout(_AGAIN_MS)

    def _tap_something(self) -> None:
        found = self.look()
        if not found["name"]:
            return
        times = 2 if self.rng.random() < 0.08 else 1
        self._note(f"{found['name']}{' twice' if times == 2 else ''}")
        self.touch(times)
        if found["field"] and self.rng.random() < 0.85:
            self._type(found["field"])

    def _type(self, field: str) -> None:
        """Into the field that was tapped; a SELECT gets its next choice."""
        if field == "SELECT":
            self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")
        else:
            text = self.rng.choice(self.canaries)
            if self.rng.random() < 0.15:
                text += "夜里打桩，老人睡不着。" * 180
            self._note(f"types {text[:12]}, {len(text)} characters")
            # not keyboard.insert_text: that waits for ever when a page goes away under it
            self._moving(
                lambda: self.page.evaluate("text => { document.execCommand('insertText', false, text) }", text)
            )
            if self.rng.random() < 0.2:
                self._note("Enter")
                self.page.keyboard.press("Enter")

    def _moving(self, move: Any) -> bool:
        """Run a navigation; False when an earlier one interrupted it."""
        try:
            move()
        except Error as error:
            if "closed" in str(error) or "crashed" in str(error):
                raise
            return False
        return True

    def _choose(self, chooser: FileChooser) -> None:
        chooser.set_files({"name": f"{self.canaries[0]}.jpg", "mimeType": "image/jpeg", "buffer": paper(400, 300)})

    def _note(self, words: str) -> None:
        self.log.append(f"{self.page.url.split('/', 3)[-1]}: {words}")
