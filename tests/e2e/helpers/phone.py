"""What a phone shows, measured: the box above the keyboard, nothing beside the screen, nothing over something else."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.e2e.helpers.pages import in_each_mode

TALL, SMALL = {"width": 390, "height": 844}, {"width": 360, "height": 640}
KEYBOARD = 300  # pixels: a Chinese keyboard with its row of words

# Safari tells of its keyboard by the visual viewport only: the page stays as high as it was.
SAFARI = """(() => {
  const seen = new EventTarget();
  Object.assign(seen, { scale: 1, offsetTop: 0, width: innerWidth, height: innerHeight });
  Object.defineProperty(window, "visualViewport", { value: seen });
  window.keyboard = (height, top = 0) => {
    seen.height = innerHeight - height;
    seen.offsetTop = top;
    seen.dispatchEvent(new Event("resize"));
  };
})()"""

_FAULTS = """() => {
  const wrong = [];
  const box = (one) => one.getBoundingClientRect();
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && box(one).width > 1 && box(one).height > 1;
  const main = document.querySelector("#conversation"), row = document.querySelector(".say-row"), bar = document.querySelector(".bar");
  const composer = document.querySelector("#composer"), field = document.querySelector("#say");
  const seen = window.visualViewport ? visualViewport.height + visualViewport.offsetTop : innerHeight;
  if (document.documentElement.scrollWidth > innerWidth || main.scrollWidth > main.clientWidth + 1) wrong.push("wider than the screen");
  if (box(composer).bottom > seen + 1) wrong.push(`the box ends ${box(composer).bottom - seen} px under the keyboard`);
  if (box(main).height < 60) wrong.push(`only ${box(main).height} px are left for the talk`);
  const head = document.querySelector(".read");
  if (Math.abs(box(bar).bottom - box(head).top) > 2 || Math.abs(box(head).bottom - box(main).top) > 2 || Math.abs(box(main).bottom - box(composer).top) > 2) wrong.push("the parts do not meet");
  const parts = [...row.children].filter(shown).map(box);
  parts.slice(1).forEach((one, place) => { if (one.left < parts[place].right - 1) wrong.push("parts of the box overlap"); });
  if (parts.length !== 3 || box(field).width < 130) wrong.push(`a field of ${box(field).width}`);
  const all = [...main.querySelectorAll("p, a, button, summary, li, dt, dd, strong, img"), ...composer.querySelectorAll("button, textarea")].filter(shown);
  for (const one of all) if (box(one).left < -1 || box(one).right > innerWidth + 1) wrong.push(`outside: ${one.outerHTML.slice(0, 70)}`);
  const inside = all.filter((one) => main.contains(one));
  for (const [place, a] of inside.entries()) for (const b of inside.slice(place + 1)) {
    if (a.contains(b) || b.contains(a) || a.closest(".confirm") !== b.closest(".confirm")) continue; // it lies over the card
    const wide = Math.min(box(a).right, box(b).right) - Math.max(box(a).left, box(b).left);
    const high = Math.min(box(a).bottom, box(b).bottom) - Math.max(box(a).top, box(b).top);
    if (wide > 2 && high > 2) wrong.push(`overlap: ${a.outerHTML.slice(0, 50)} over ${b.outerHTML.slice(0, 50)}`);
  }
  return wrong;
}"""

_NEWEST = """() => {
  const last = [...document.querySelectorAll(".theirs.first, .card-holder")].pop().getBoundingClientRect();
  const main = document.querySelector("#conversation").getBoundingClientRect();
  return last.bottom > main.top && last.top < main.bottom - 20;
}"""


def faults(page: Page) -> list[str]:
    """What is wrong in any view, in sentences."""
    return [f"{mode}, {one}" for mode, found in in_each_mode(page, _FAULTS).items() for one in found]


def newest_is_seen(page: Page) -> bool:
    """Whether what the assistant said last is on the screen, at least its beginning or its end."""
    return bool(page.evaluate(_NEWEST))
