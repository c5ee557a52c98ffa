"""With a keyboard on the screen the question, its field and 下一步 are in sight at once: on the kiosk with its own keys,
on a phone whose keyboard leaves 460 or 330 pixels."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.helpers.hearing import hears
from tests.e2e.helpers.pages import HALL, LANGUAGES, MODES
from tests.e2e.helpers.visits import two_frames
from tests.e2e.helpers.walk import go_on, step_of, values_of, walk_to

LONG = pytest.mark.long
TYPED = ("facts", "request", "reasons", "place", "about_unit", "proxy", "name", "phone", "id_number", "address")
PHONES = ((390, 844, 460), (360, 640, 330))  # width, height, and what the keyboard leaves of it

# What is wrong with the place of each; the bar counts where it stays, the keys where they are open.
OUT_OF_SIGHT = """(step) => {
  const box = (one) => one.getBoundingClientRect();
  const bar = document.querySelector(".top");
  const head = getComputedStyle(bar).position === "sticky" ? box(bar).bottom : 0;
  const keys = document.querySelector(".keys:not([hidden])");
  const floor = keys ? box(keys).top : innerHeight;
  const field = document.activeElement;
  const section = document.querySelector(`[data-step=${step}]`);
  if (!section.contains(field) || !field.matches("input, textarea")) return ["the field has not the focus"];
  const label = document.querySelector(`label[for="${field.id}"]`);
  const next = box(document.getElementById("next"));
  const [asked, own] = [box(label), box(field)];
  const line = parseFloat(getComputedStyle(field).fontSize) * 1.5;
  return [
    ...(asked.height && asked.top >= head - 1 ? [] : [`the question begins at ${asked.top}, above ${head}`]),
    ...(asked.bottom <= own.top + 1 ? [] : ["the question is over the field"]),
    ...(own.bottom <= next.top ? [] : [`the field ends at ${own.bottom}, below the top of 下一步 at ${next.top}`]),
    ...(next.bottom <= floor + 1 ? [] : [`下一步 ends at ${next.bottom}, below ${floor}`]),
    ...(own.height >= line ? [] : [`the field is ${own.height} high`])];
}"""


def to_step(page: Page, step: str) -> None:
    """Go on to `step`, for another person, so that every question is asked."""
    if step in ("proxy", "name") and step_of(page) not in ("proxy", "name"):
        walk_to(page, "who")
        page.check("[name=who][value=other]")
        go_on(page)
    if step == "name":
        ask_from_proxy(page)
    walk_to(page, step, **values_of())


def ask_from_proxy(page: Page) -> None:
    page.fill("#f-proxy-name", "孙小禾")
    page.fill("#f-proxy-phone", "13812340099")
    go_on(page)
    page.check("[name='proxy.relation'][value=child]")
    go_on(page)
    page.check("[name='proxy.consent_how'][value=by_phone]")
    page.check("#f-proxy-consent_confirmed")
    go_on(page)


def first_field(page: Page) -> str:
    return "#" + str(page.locator(".question:visible :is(input, textarea)").first.get_attribute("id"))


def in_mode(page: Page, mode: str) -> None:
    page.evaluate("(mode) => { document.documentElement.dataset.mode = mode; scrollTo(0, 0); }", mode)


def on_a_phone(page: Page, step: str, size: tuple[int, int, int], mode: str) -> list[str]:
    """What is out of sight once the phone's keyboard has opened."""
    width, height, left = size
    page.set_viewport_size({"width": width, "height": height})
    in_mode(page, mode)
    two_frames(page)  # else the page sees one change of size where a phone makes two: keyboard gone, keyboard open
    page.focus(first_field(page))
    page.set_viewport_size({"width": width, "height": left})
    two_frames(page)
    return [f"{step}, {mode}, {width} x {left}: {one}" for one in page.evaluate(OUT_OF_SIGHT, step)]


def with_keys(page: Page, step: str, mode: str) -> list[str]:
    """What is out of sight while the kiosk's own keys are open."""
    in_mode(page, mode)
    page.locator(first_field(page)).tap()
    expect(page.locator(".keys")).to_be_visible()
    two_frames(page)
    return [f"{step}, {mode}: {one}" for one in page.evaluate(OUT_OF_SIGHT, step)]


def spoken(page: Page, base_url: str, language: str) -> None:
    page.context.add_cookies([{"name": "view", "value": f"standard.{language}", "url": base_url}])
    page.goto("/form")


@pytest.mark.parametrize(("language", "steps", "modes"), [
    ("zh", ("facts", "phone"), ("standard", "elder")),
    *(pytest.param(language, TYPED, MODES, marks=LONG) for language in LANGUAGES),
])  # fmt: skip
def test_a_phones_keyboard_hides_neither_question_nor_field_nor_next(
    touched: Page, base_url: str, language: str, steps: tuple[str, ...], modes: tuple[str, ...]
) -> None:
    touched.set_viewport_size({"width": 390, "height": 844})
    spoken(touched, base_url, language)
    wrong: list[str] = []
    for step in steps:
        touched.set_viewport_size({"width": 390, "height": 844})
        in_mode(touched, "standard")
        walk_to(touched, step) if steps != TYPED else to_step(touched, step)
        for size in PHONES:
            for mode in modes:
                wrong += on_a_phone(touched, step, size, mode)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("language", "steps", "modes"), [
    ("zh", ("facts", "phone"), ("standard", "elder")),
    *(pytest.param(language, TYPED, MODES, marks=LONG) for language in LANGUAGES),
])  # fmt: skip
def test_the_kiosks_keys_hide_neither_question_nor_field_nor_next(
    touched: Page, base_url: str, language: str, steps: tuple[str, ...], modes: tuple[str, ...]
) -> None:
    spoken(touched, base_url, language)
    wrong: list[str] = []
    for step in steps:
        in_mode(touched, "standard")
        walk_to(touched, step) if steps != TYPED else to_step(touched, step)
        for mode in modes:
            wrong += with_keys(touched, step, mode)
    assert not wrong, "\n".join(wrong)


def test_nor_do_they_where_the_question_may_be_answered_by_speaking(touched: Page, base_url: str) -> None:
    hears(touched)
    spoken(touched, base_url, "zh")
    wrong: list[str] = []
    for step in ("facts", "phone"):
        touched.set_viewport_size(HALL)  # type: ignore[arg-type]
        in_mode(touched, "standard")
        walk_to(touched, step)
        expect(touched.locator(".hear-button:visible")).to_be_visible()
        for mode in ("standard", "elder"):
            wrong += with_keys(touched, step, mode)
        touched.locator(".keys .hide").tap()
        for size in PHONES:
            for mode in ("standard", "elder"):
                wrong += on_a_phone(touched, step, size, mode)
    assert not wrong, "\n".join(wrong)


def test_an_answer_that_is_wrong_is_refused_at_its_own_question_and_kept(page: Page) -> None:
    page.goto("/form")
    walk_to(page, "phone")
    wrong: dict[str, Any] = {"phone": ("139123456", "11位手机号"), "id_number": ("110105194912310021", "核对18位号码")}
    for step, (typed, said) in wrong.items():
        field = f"#f-petitioner-{step}"
        page.fill(field, typed)
        page.click("#next")
        expect(page.locator(f"#error-petitioner-{step}")).to_contain_text(said)
        expect(page.locator(field)).to_be_focused()
        expect(page.locator("#summary")).to_be_hidden()  # one thing is said once, beside its field
        assert (step_of(page), page.input_value(field)) == (step, typed)
        page.fill(field, values_of().get(f"petitioner-{step}", ""))
        go_on(page)


def test_the_question_is_the_heading_and_the_label_of_its_field(page: Page) -> None:
    page.goto("/form")
    for step, asked in (("request", "您希望怎么解决"), ("who", "这件事是谁的"), ("name", "您的姓名")):
        walk_to(page, step)
        expect(page.get_by_role("heading", level=1, name=asked)).to_be_visible()
        named = page.get_by_role("group" if step == "who" else "textbox", name=asked)
        expect(named.first).to_be_visible()
        assert page.locator("main").inner_text().count(asked) == 1
