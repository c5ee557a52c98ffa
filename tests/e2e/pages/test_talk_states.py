"""Every question the assistant can ask, in every view, on every screen: nothing overlaps or breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from bot.dialogue import card
from bot.petition_fields import ASKED_IN_TURN
from tests.browsers import new_context
from tests.e2e.helpers.layout import faults
from tests.e2e.helpers.pages import LANGUAGES, SCREENS
from tests.factories import register
from tests.serving import error_free

OPTIONS = [{"label": "法院窗口", "value": "法院"}, {"label": "信访窗口", "value": "信访"},
           {"label": "都不是，我再说一遍", "value": "都不是"}]  # fmt: skip
CITED = [{"title": "信访工作条例", "article": "第二十二条", "url": "/handbook/regulation-registered-when"}]
TOLD = {
    "facts": "小区旁边的工地从二月起每天半夜还在打桩，老人孩子睡不着，打过电话没人管。" * 8, "about_unit": "",
    "petitioner_name": "钱多米", "phone": "13912345678", "address": "江畔区桥东街道望江社区3幢201室", "accusation": True,
}  # fmt: skip
EXPECTS = (*ASKED_IN_TURN, "id_number", "confirm", "case_number", "phone_tail", "rating", "clarify",
           "resume_choice", "fix_which", "representatives", None)  # fmt: skip


def question(name: str | None, case: dict[str, Any]) -> dict[str, Any]:
    """The assistant's message when it asks for `name`; None: it asks for nothing."""
    said: dict[str, Any] = {"text": "好的，记下了。请您接着说，说不清也没关系。", "expects": name}
    if name == "confirm":
        shown = card.read_back(TOLD)
        said |= {
            "text": card.plain(shown),
            "card": shown,
            "options": [{"label": "确认提交", "value": "确认提交"}, *OPTIONS],
        }
    elif name in ("rating", "clarify", "resume_choice", "fix_which"):
        said |= {"options": OPTIONS, "citations": CITED}
    elif name is None:
        said |= {"text": "已经登记好了。", "case": {key: case[key] for key in ("case_number", "lookup_token")}}
    return said


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
