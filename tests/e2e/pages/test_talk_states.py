"""Every question the assistant can ask, in every view, on every screen: nothing overlaps or breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browsers import new_context
from tests.e2e.helpers.layout import faults
from tests.e2e.helpers.pages import LANGUAGES, SCREENS
from tests.e2e.helpers.questions import EXPECTS, question
from tests.factories import register
from tests.serving import error_free


def test_the_list_of_questions_is_what_the_bot_can_ask() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("bot/dialogue").rglob("*.py"))
    asked = {part.split('"')[1] for part in source.split("expects=")[1:] if part.startswith('"')}
    assert asked <= set(EXPECTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_no_question_breaks_the_page(browser: Browser, app: Flask, base_url: str, screen: str, language: str) -> None:
    """One conversation, checked in each view after every question."""
    case = register(app)
    assistant = app.extensions["kiosk"].assistant
    context = new_context(browser, base_url, viewport=SCREENS[screen], reduced_motion="reduce")
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
