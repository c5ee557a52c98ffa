"""Somebody speaks to the page, checks the words and uses them; whatever fails is said, and nothing goes out unseen."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect

from kiosk_api.services.base.terminal_ports import Heard, HearingBusy, HearingOff
from tests.e2e.helpers.visits import until
from tests.e2e.helpers.walk import walk_to
from tests.e2e.voice.conftest import Listener, Mouth
from tests.e2e.voice.saying import OFF, REFUSES, SAID, WATCHED, named, speak


def test_what_was_said_is_sent_once_it_was_seen(kiosk: Page, app: Flask, listener: Listener, mouth: Mouth) -> None:
    listener.words = [Heard(SAID)]
    mouth.says(2.0)
    speak(kiosk)
    box = kiosk.locator("#hear-said")
    expect(box).to_have_value(SAID, timeout=20_000)
    assert kiosk.evaluate(OFF), "the microphone is off while people read"
    received = app.extensions["kiosk"].assistant.received
    assert not received, "nothing is sent unseen"
    box.fill(SAID + "，吵得很")
    kiosk.locator("#hear").get_by_role("button", name="发送", exact=True).click()
    until(lambda: any(text == SAID + "，吵得很" for _, text in received), kiosk)
    expect(kiosk.locator("#hear")).to_have_count(0)
    assert listener.kinds == ["words"]


def test_long_speech_becomes_words_in_pieces_and_in_order(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    listener.words = [Heard("第一段，"), Heard("第二段。")]
    mouth.says(7.0, -1.0, 1.5)
    speak(kiosk)
    expect(kiosk.locator("#hear-said")).to_have_value("第一段，第二段。", timeout=30_000)
    assert len(listener.kinds) == 2


def test_silence_is_said_and_nothing_is_asked(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    mouth.says()
    speak(kiosk)
    expect(kiosk.locator("#hear [role=alert]")).to_contain_text("没有听到声音", timeout=20_000)
    assert kiosk.evaluate(OFF)
    assert listener.kinds == []
    named(kiosk, "我来打字").click()
    expect(kiosk.locator("#hear")).to_have_count(0)


def test_silence_after_more_was_wanted_keeps_the_words_before(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    listener.words = [Heard(SAID)]
    mouth.says(2.0)
    speak(kiosk)
    expect(kiosk.locator("#hear-said")).to_have_value(SAID, timeout=20_000)
    mouth.says()
    named(kiosk, "接着说").click()
    expect(kiosk.locator("#hear [role=alert]")).to_contain_text("没有听到声音", timeout=20_000)
    expect(kiosk.locator("#hear-said")).to_have_value(SAID)


def test_a_page_out_of_sight_does_not_listen(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    mouth.says(15.0)
    speak(kiosk)
    expect(named(kiosk, "说完了")).to_be_visible()
    kiosk.evaluate("""() => { Object.defineProperty(document, "hidden", { value: true });
      document.dispatchEvent(new Event("visibilitychange")); }""")
    expect(kiosk.locator("#hear [role=alert]")).to_contain_text("话筒已经关了")
    assert kiosk.evaluate(OFF)
    assert listener.kinds == []


def test_busy_is_tried_again_and_off_is_said(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    listener.words = [HearingBusy(), Heard(SAID), HearingOff()]
    mouth.says(2.0)
    speak(kiosk)
    expect(kiosk.locator("#hear-said")).to_have_value(SAID, timeout=20_000)
    named(kiosk, "重新说").click()
    expect(kiosk.locator("#hear [role=alert]")).to_be_visible(timeout=20_000)
    assert kiosk.evaluate(OFF)


def test_a_microphone_that_may_not_or_cannot_be_used_is_named(kiosk: Page, listener: Listener) -> None:
    for name, words in (
        ("NotAllowedError", "还不能用话筒"),
        ("NotFoundError", "没有找到话筒"),
        ("NotReadableError", "话筒打不开"),
    ):
        kiosk.goto("/talk")
        kiosk.evaluate(REFUSES, name)
        named(kiosk, "点一下开始说").click()
        expect(kiosk.locator("#hear [role=alert]")).to_contain_text(words)
        named(kiosk, "我来打字").click()
        expect(kiosk.locator("#say")).to_be_editable()


def test_a_field_of_the_form_says_what_it_waits_for(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    listener.words = [Heard("王小明", ("王，国王的王",))]
    mouth.says(1.5)
    kiosk.goto("/form")
    kiosk.evaluate(WATCHED)
    walk_to(kiosk, "name")
    kiosk.locator("#f-petitioner-name ~ .hear-row button").click()
    expect(kiosk.locator("#hear")).to_contain_text("国王的王", timeout=20_000)
    assert kiosk.input_value("#f-petitioner-name") == "", "nothing is filled in before it was checked"
    named(kiosk, "填上").click()
    expect(kiosk.locator("#f-petitioner-name")).to_have_value("王小明")
    assert listener.kinds == ["name"]


def test_closing_the_panel_switches_the_microphone_off(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    mouth.says(15.0)
    speak(kiosk)
    expect(named(kiosk, "说完了")).to_be_visible()
    named(kiosk, "不要了").click()
    until(lambda: bool(kiosk.evaluate(OFF)), kiosk)
    expect(kiosk.locator("#hear")).to_have_count(0)


def test_where_nothing_hears_no_button_is_shown(kiosk: Page, listener: Listener) -> None:
    listener.on = False
    with kiosk.expect_response("**/api/v1/hearing"):
        kiosk.goto("/talk")
    expect(kiosk.locator("#say")).to_be_visible()
    expect(kiosk.locator(".hear-button")).to_have_count(0)
    assert kiosk.evaluate("performance.getEntriesByName(new URL('/static/css/hear.css', location).href).length") == 0
