"""How the page of a case tells what is late, holds long answers, and keeps what is not sent yet."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browsers import PHONE
from tests.desk import OPINION, delivered, staff, with_officers
from tests.e2e.helpers.questions import question
from tests.factories import UNIT, register

DESK = {"width": 1280, "height": 800}
LINES = "\n".join(f"第{number}条，经查属实。" for number in range(1, 120))
HOME = re.compile(r"\d/$")


def forwarded(app: Flask) -> dict[str, Any]:
    with_officers(app)
    case = register(app, uuid4().hex)
    staff(app, "office", case["case_number"], "forward", unit=UNIT)
    return case


def test_a_late_case_says_what_is_late_and_the_end_asks_once_words_are_written(page: Page, app: Flask) -> None:
    case = forwarded(app)
    app.extensions["kiosk"].clock.advance(timedelta(days=20))
    page.goto(f"/r#{case['lookup_token']}")
    expect(page.locator("#overdue")).to_contain_text("“书面告知是否受理”超期了：应该在2026年3月17日以前办到")
    expect(page.locator("#steps [data-step=accepted]")).to_have_class("late")
    page.click("#to-urge")
    page.fill("#f-urge_comment", "请快一点")
    page.click("#end")
    expect(page.locator("#end-asked")).to_be_visible()
    page.click("#end-not")
    page.click(".foot a[href='/windows']")
    page.click("#leave-not")
    expect(page.locator("#f-urge_comment")).to_have_value("请快一点")
    page.click("#urge")
    expect(page.locator("#notice")).to_be_visible()
    page.click("#end")  # all of it was sent
    page.wait_for_url(HOME)


def test_a_long_answer_shows_its_beginning_and_what_can_be_done_stands_beside_it_at_a_desk(
    page: Page, app: Flask
) -> None:
    case = forwarded(app)
    number = case["case_number"]
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "conclude", **(OPINION | {"facts_and_reasons": LINES}))
    delivered(app, "unit", number, "opinion")
    for screen in (DESK, PHONE):
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        page.goto("/status")
        page.goto(f"/r#{case['lookup_token']}")
        expect(page.locator("#steps > li")).to_have_text(
            [re.compile(f"^{name}") for name in ("登记", "转给办理单位", "受理", "办理", "答复", "落实", "复查")]
        )
        part = page.locator(".in-force .folded")
        folded = part.bounding_box()
        page.click(".in-force button:has-text('看全文')")
        whole = page.locator(".in-force .part", has_text="第119条").bounding_box()
        assert folded and whole and folded["height"] * 3 < whole["height"], (folded, whole)
        page.click(".in-force button:has-text('收起来')")
        expect(part).to_have_count(1)
        told, side = (page.locator(one).bounding_box() for one in (".case-main", ".case-side"))
        assert told and side
        if screen is DESK:
            assert side["x"] >= told["x"] + told["width"] and abs(side["y"] - told["y"]) < 8
        else:
            assert side["y"] >= told["y"] + told["height"]


def test_after_a_talk_has_become_a_case_the_end_asks_nothing(page: Page, app: Flask) -> None:
    assistant = app.extensions["kiosk"].assistant
    page.goto("/talk")
    page.fill("#say", "工地半夜打桩")
    page.click("#send")
    expect(page.locator("#say")).to_have_value("")
    page.click("#end")
    page.click("#end-not")
    assistant.messages = [{"custom": question(None, register(app, uuid4().hex))}]
    page.fill("#say", "确认提交")
    page.click("#send")
    expect(page.locator("#case-number")).to_be_visible()
    page.click("#end")
    page.wait_for_url(HOME)
