"""Every question the assistant can ask, in every view, on every screen: nothing overlaps or breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browsers import new_context
from tests.e2e.helpers.layout import faults
from tests.e2e.helpers.pages import LANGUAGES, MODES, SCREENS, SWITCH
from tests.e2e.helpers.questions import EXPECTS, question
from tests.factories import register
from tests.serving import error_free

TALK_SCREENS = {**SCREENS, "desk": {"width": 1280, "height": 800}}
# A number, a choice, a card, a long account: the others in `make test-all`.
FEW = ("facts", "phone", "clarify", "confirm")

# The box above the keys, right under its label; what was said last in sight; on a tall screen in the top third too.
WITH_KEYS = """() => {
  const box = (one) => document.querySelector(one).getBoundingClientRect();
  const [label, field, send, keys, talk] = ["#say-label", "#say", "#send", ".keys", "#conversation"].map(box);
  const last = [...document.querySelectorAll(".theirs.first")].pop();
  const newest = last.getBoundingClientRect(), words = document.querySelector("#last-words .large");
  const between = [...document.querySelectorAll("#composer > p")].reduce((sum, one) => sum + one.offsetHeight, 0);
  const seen = Math.min(newest.bottom, talk.bottom) - Math.max(newest.top, talk.top);
  const wrong = [];
  if (!keys.height) wrong.push("no keys");
  if (field.bottom > keys.top + 1 || send.bottom > keys.top + 1) wrong.push("the box is under the keys");
  if (Math.abs(label.left - field.left) > 2 || label.bottom > field.top + 1) wrong.push("the label is not above its field");
  if (field.top - label.bottom > between + 30) wrong.push(`the field is ${field.top - label.bottom} px off its label`);
  if (send.left < field.right || Math.abs(send.top + send.bottom - field.top - field.bottom) > 8) wrong.push("the button is not beside the field");
  if (seen < Math.min(40, newest.height)) wrong.push(`${seen} px are seen of what was said last`);
  if (innerHeight > innerWidth) {
    if (!words || words.getBoundingClientRect().bottom > innerHeight / 3) wrong.push("the last words are not in the top third");
    else if (!last.textContent.includes(words.dataset.words) && !document.querySelector(".confirm")) wrong.push("other words than the last");
    if (talk.top < innerHeight / 3) wrong.push("the talk reaches into the top third");
  }
  return wrong;
}"""


def test_the_list_of_questions_is_what_the_bot_can_ask() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("bot/dialogue").rglob("*.py"))
    asked = {part.split('"')[1] for part in source.split("expects=")[1:] if part.startswith('"')}
    assert asked <= set(EXPECTS)


@pytest.mark.parametrize(
    ("screen", "language"),
    [
        pytest.param(screen, language, marks=pytest.mark.long if (screen, language) == ("desk", "en") else ())
        for screen in TALK_SCREENS
        for language in LANGUAGES
    ],
)
def test_no_question_breaks_the_page(browser: Browser, app: Flask, base_url: str, screen: str, language: str) -> None:
    """One conversation, checked in each view after every question."""
    case = register(app)
    assistant = app.extensions["kiosk"].assistant
    context = new_context(browser, base_url, viewport=TALK_SCREENS[screen], reduced_motion="reduce")
    context.add_cookies([{"name": "view", "value": f"standard.{language}", "url": base_url}])
    wrong: list[str] = []
    with error_free(context) as page:
        page.goto("/talk")
        wrong += [f"at first: {one}" for one in faults(page)]
        for count, name in enumerate(EXPECTS, 1):
            assistant.messages = [{"custom": question(name, case)}]
            page.fill("#say", "工地半夜打桩，老人孩子睡不着")
            page.click("#send")
            expect(page.locator(".reply.theirs")).to_have_count(count)
            expect(page.locator("#send")).to_be_enabled()
            if name is None:
                expect(page.locator("#case-link" if screen == "phone" else "#qr")).to_be_visible()
            wrong += [f"at {name}: {one}" for one in faults(page)]
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.parametrize("asked", [FEW, pytest.param(EXPECTS[:-1], marks=pytest.mark.long)], ids=["few", "all"])
@pytest.mark.parametrize("screen", ["hall", "wide"])
def test_with_the_keys_open_the_box_stands_on_them_and_under_its_label(
    browser: Browser, app: Flask, base_url: str, screen: str, asked: tuple[str, ...]
) -> None:
    assistant = app.extensions["kiosk"].assistant
    wrong: list[str] = []
    with error_free(
        new_context(browser, base_url, viewport=SCREENS[screen], has_touch=True, reduced_motion="reduce")
    ) as page:
        page.goto("/talk")
        for count, name in enumerate(asked, 1):
            assistant.messages = [{"custom": question(name, {})}]
            page.fill("#say", "工地半夜打桩，老人孩子睡不着")
            page.click("#send")
            expect(page.locator(".reply.theirs")).to_have_count(count)
            expect(page.locator("#send")).to_be_enabled()
            page.tap("#say")
            expect(page.locator(".keys")).to_be_visible()
            for mode in MODES:
                page.evaluate(SWITCH, mode)
                wrong += [f"at {name}, {mode}: {one}" for one in page.evaluate(WITH_KEYS)]
            page.evaluate(SWITCH, "standard")
    assert not wrong, "\n".join(wrong)
