"""A petition filed by speaking alone, from the first word to the receipt: what is heard is read, and said again where it
is wrong."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.e2e.helpers.walk import go_on, step_of
from tests.e2e.speaking.microphone import FedMicrophone

HEARD_WITHIN_MS = 180_000  # on a busy machine
PACES = (1.0, 0.9, 1.1, 0.8)
# What is said at each question, and what the person wants to read before it is used.
SPOKEN = {
    "facts": ("去年三月，村里修路占了我家一亩二分地，补偿款到现在没给。", "修路占了我家"),
    "request": ("请帮我把补偿款要回来。", "补偿款"),
    "place": ("就在北京市朝阳区。", "北京市朝阳区"),
    "about_unit": ("城关镇人民政府。", "人民政府"),
    "petitioner_name": ("我叫王小明。", "王小明"),
    "phone": ("一三八，一二三四，五六七八。", "13812345678"),
    "address": ("我住北京市朝阳区人民路十二号。", "人民路12号"),
    "confirm": ("对，确认提交。", "确认提交"),
}
MOST_TURNS = 14


def heard_right(page: Page, microphone: FedMicrophone, said: tuple[str, str]) -> None:
    """Speak, read, and say it again at another pace as long as it is not what was said."""
    words, wanted = said
    box, again = page.locator("#hear-said"), page.get_by_role("button", name="再说一遍")
    seen: list[str] = []
    for pace in PACES:
        microphone.says(words, pace)
        if page.locator("#hear").count():
            page.get_by_role("button", name=re.compile("重新说|再说一遍")).tap()
        else:
            page.locator(".hear-button:visible").tap()
        expect(box.or_(again)).to_be_visible(timeout=HEARD_WITHIN_MS)
        if box.is_visible() and wanted in box.input_value():
            return
        seen.append(box.input_value() if box.is_visible() else "")
    raise AssertionError(f"{wanted} was not heard, but {seen}")


def test_a_citizen_files_a_petition_in_the_talk_by_speaking_alone(kiosk: Page, microphone: FedMicrophone) -> None:
    kiosk.goto("/talk")
    expect(kiosk.locator(".hear-button")).to_be_visible()
    asked = "facts"
    for _ in range(MOST_TURNS):
        heard_right(kiosk, microphone, SPOKEN.get(asked, ("跳过。", "跳过")))
        before = kiosk.locator(".reply.theirs").count()
        kiosk.locator("#hear").get_by_role("button", name="发送").tap()
        expect(kiosk.locator("#hear")).to_have_count(0)
        expect(kiosk.locator(".reply.theirs").nth(before)).to_be_visible(timeout=HEARD_WITHIN_MS)
        expect(kiosk.locator("#send")).to_be_enabled()
        if kiosk.locator("#log", has_text=re.compile(r"XF\d{8}-")).count():
            break
        asked = str(kiosk.get_attribute("#composer", "data-asked"))
    receipt = kiosk.locator("#log").inner_text()
    assert re.search(r"XF\d{8}-\w{4}-\w{4}-\w{2}", receipt), asked
    assert not kiosk.input_value("#say")


@pytest.mark.long
def test_a_citizen_fills_the_form_by_speaking_alone(kiosk: Page, hears: Flask, microphone: FedMicrophone) -> None:
    kiosk.goto("/form")
    said = {"name": "petitioner_name"}
    while (step := step_of(kiosk)) != "check":
        field = kiosk.locator(".question:visible .hear-button")
        if field.count() and (words := SPOKEN.get(said.get(step, step))):
            heard_right(kiosk, microphone, words)
            kiosk.locator("#hear").get_by_role("button", name="填上").tap()
            expect(kiosk.locator("#hear")).to_have_count(0)
        go_on(kiosk)
    kiosk.get_by_text("我确认以上内容属实，同意提交", exact=True).tap()
    kiosk.locator("button:visible", has_text="提交").last.tap()
    expect(kiosk.locator("main")).to_contain_text(re.compile(r"XF\d{8}-"))
