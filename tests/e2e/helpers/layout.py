"""Visible layout faults: elements that overlap, overflow, or are squeezed."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.e2e.helpers.pages import in_each_mode

# Boxes of texts and controls, outermost ones only. Fixed and sticky boxes may cover what scrolls
# under them.
_OVERLAPS = """() => {
  // what has scrolled out of sight in a box of its own lies over nothing
  const seen = (one) => { let { left, top, right, bottom } = one.getBoundingClientRect();
    for (let at = one.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowY === "visible") continue;
      const edge = at.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, edge.left), Math.max(top, edge.top), Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
    }
    return { left, top, right, bottom, width: right - left, height: bottom - top }; };
  const floats = (one) => { for (let at = one; at; at = at.parentElement) {
    if (["fixed", "sticky"].includes(getComputedStyle(at).position)) return at; } return null; };
  const all = [...document.querySelectorAll("body :is(h1, h2, p, label, a, button, input, textarea, select, li, legend)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest(".skip, svg"))
    .map((one) => ({ one, box: seen(one), over: floats(one) }))
    .filter(({ box }) => box.width > 1 && box.height > 1);
  const wrong = [];
  for (let first = 0; first < all.length; first += 1) {
    for (let second = first + 1; second < all.length; second += 1) {
      const [a, b] = [all[first], all[second]];
      if (a.over !== b.over || a.one.contains(b.one) || b.one.contains(a.one)) continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (wide > 2 && high > 2) wrong.push(`${a.one.outerHTML.slice(0, 60)} over ${b.one.outerHTML.slice(0, 60)}`);
    }
  }
  return wrong;
}"""

_CUT = """() => [...document.querySelectorAll("body :is(h1, h2, p, label, a, button, input, textarea, select, li)")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".skip, svg"))
  .filter((one) => { const box = one.getBoundingClientRect();
    return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1
      || (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible"
          && !one.matches("input, textarea"))); })
  .map((one) => one.outerHTML.slice(0, 90))"""

# A field and the buttons beside it must fill the row of their label.
_NARROW = """() => [...document.querySelectorAll(".say-row")]
  .filter((row) => row.checkVisibility())
  .flatMap((row) => {
    const field = row.querySelector("input, textarea").getBoundingClientRect();
    const label = row.closest("form").querySelector("label");
    const across = row.getBoundingClientRect();
    const beside = [...row.querySelectorAll("button")].map((one) => one.getBoundingClientRect())
      .filter((one) => one.width && one.top < field.bottom && one.bottom > field.top);
    const wanted = beside.reduce((left, one) => left - one.width - 40, across.width - 2);
    const wrong = [];
    if (field.width < wanted) wrong.push(`a field of ${field.width} in a row of ${across.width}`);
    if (Math.abs(field.left - label.getBoundingClientRect().left) > 2) wrong.push("the field begins beside its label");
    if (field.height < parseFloat(getComputedStyle(row).fontSize) * 1.5) wrong.push("the field is lower than a line");
    return wrong; })"""


_ALL = f"""() => [
  ...({_OVERLAPS})().map((one) => `overlap: ${{one}}`),
  ...({_CUT})().map((one) => `cut or outside: ${{one}}`),
  ...({_NARROW})().map((one) => `squeezed: ${{one}}`),
  ...(document.documentElement.scrollWidth <= innerWidth ? [] : ["the page is wider than the screen"])]"""


def faults(page: Page) -> list[str]:
    """What overlaps, overflows or is squeezed in any view, in sentences."""
    return [f"{mode}, {one}" for mode, found in in_each_mode(page, _ALL).items() for one in found]
