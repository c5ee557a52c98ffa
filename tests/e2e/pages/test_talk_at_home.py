"""The talk on a phone: at every question, with and without the keyboard, the box is in sight and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browsers import new_context
from tests.e2e.helpers.pages import LANGUAGES
from tests.e2e.helpers.phone import KEYBOARD, SAFARI, SMALL, TALL, faults, newest_is_seen
from tests.e2e.helpers.questions import EXPECTS, question
from tests.factories import register
from tests.serving import error_free

SIZES = {"tall": TALL, "small": SMALL}
LONG_WORDS = "工地半夜打桩，老人孩子睡不着，打过电话没人管。" * 12


@pytest.fixture
def phone(browser: Browser, base_url: str) -> Iterator[Page]:
    with error_free(new_context(browser, base_url, viewport=TALL, has_touch=True)) as page:
        yield page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_no_question_breaks_the_page(browser: Browser, app: Flask, base_url: str, size: str, language: str) -> None:
    """One conversation; after every question with and without the keyboard of Android, in each view."""
    case = register(app)
    assistant = app.extensions["kiosk"].assistant
    screen = SIZES[size]
    low = {**screen, "height": screen["height"] - KEYBOARD}
    context = new_context(browser, base_url, viewport=screen, has_touch=True, reduced_motion="reduce")
    context.add_cookies([{"name": "view", "value": f"standard.{language}", "url": base_url}])
    wrong: list[str] = []
    with error_free(context) as page:
        page.goto("/m")
        wrong += [f"at first: {one}" for one in faults(page)]
        for count, name in enumerate(EXPECTS, 1):
            assistant.messages = [{"custom": question(name, case)}]
            page.fill("#say", LONG_WORDS)
            page.click("#send")
            expect(page.locator(".reply.theirs")).to_have_count(count)
            expect(page.locator("#send")).to_be_enabled()
            if name is None:
                expect(page.locator("#case-link")).to_be_visible()
            for keyboard, visible in (("closed", screen), ("open", low)):
                page.set_viewport_size(visible)  # type: ignore[arg-type]
                expect(page.locator("#composer")).to_be_in_viewport(ratio=1)
                if (name, keyboard) == (
                    "confirm",
                    "closed",
                ):  # at the card's beginning, without a movement of the finger
                    expect(page.locator(".record-title")).to_be_in_viewport()
                    expect(page.get_by_role("button", name="确认提交")).to_be_in_viewport(ratio=1)
                where = f"at {name}, keyboard {keyboard}"
                if name is not None and not newest_is_seen(page):
                    wrong.append(f"{where}: the question is not seen")
                wrong += [f"{where}: {one}" for one in faults(page)]
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.parametrize("size", SIZES)
def test_the_keyboard_of_safari_covers_neither_the_box_nor_the_question(
    browser: Browser, app: Flask, base_url: str, size: str
) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": question("phone", {})}]
    context = new_context(browser, base_url, viewport=SIZES[size], has_touch=True)
    context.add_init_script(SAFARI)
    with error_free(context) as page:
        page.goto("/m")
        page.fill("#say", LONG_WORDS)
        page.click("#send")
        expect(page.locator(".reply.theirs")).to_have_count(1)
        for height, top in ((KEYBOARD, 0), (KEYBOARD, 90), (0, 0)):
            page.evaluate("([height, top]) => window.keyboard(height, top)", [height, top])
            assert faults(page) == []
            assert newest_is_seen(page)


def test_the_box_is_one_line_grows_to_four_and_shrinks_again(phone: Page, app: Flask) -> None:
    phone.goto("/m")
    box = phone.locator("#say")
    height = "(one) => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
    assert box.evaluate(height) < 2.4
    phone.fill("#say", "一行\n两行\n三行")
    assert 3 < box.evaluate(height) < 4.4
    phone.fill("#say", LONG_WORDS)
    assert 4 < box.evaluate(height) < 5.4
    phone.click("#send")
    expect(phone.locator(".reply.theirs")).to_have_count(1)
    assert box.evaluate(height) < 2.4


def test_bubbles_of_one_side_stand_together_with_a_face_and_the_time(phone: Page, app: Flask) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "记下了。"}}, {"custom": {"text": "请问贵姓？"}}]
    phone.goto("/m")
    phone.fill("#say", "半夜打桩")
    phone.click("#send")
    expect(phone.locator(".reply.theirs")).to_have_count(2)
    expect(phone.locator(".reply.theirs.first")).to_have_count(1)
    face = phone.locator(".reply.theirs.first").evaluate("(one) => getComputedStyle(one, '::before').width")
    assert face == "38px"
    expect(phone.locator(".when")).to_have_count(1)  # no pause, no second time
    expect(phone.locator(".when")).to_be_visible()


def test_three_dots_show_while_the_answer_is_on_its_way(phone: Page, app: Flask) -> None:
    phone.goto("/m")
    waiting: list = []
    phone.route("**/api/v1/chat", lambda route: waiting.append(route))
    phone.fill("#say", "半夜打桩")
    phone.click("#send")
    expect(phone.locator(".typing")).to_be_visible()
    waiting[0].continue_()
    expect(phone.locator(".reply.theirs")).to_have_count(1)
    expect(phone.locator(".typing")).to_have_count(0)


def test_what_the_menu_offers_works(phone: Page) -> None:
    phone.goto("/m")
    phone.click("#bar-more")
    expect(phone.locator("#tools")).to_be_visible()
    phone.click("#elder")
    expect(phone.locator("html")).to_have_attribute("data-mode", "elder")
    expect(phone.locator("#tools")).to_be_visible()  # one may want to switch back
    phone.keyboard.press("Escape")
    expect(phone.locator("#tools")).to_be_hidden()
    expect(phone.locator("#bar-more")).to_be_focused()
    phone.click("#bar-more")
    phone.click("#staff")
    expect(phone.locator("#staff-dialog")).to_be_visible()
    expect(phone.locator("#staff-dialog")).not_to_contain_text("举手")
