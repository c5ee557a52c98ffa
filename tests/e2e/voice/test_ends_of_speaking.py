"""Every way in which speaking ends: time is up, the finger is lifted, the visit is over, the network is gone."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, Route, expect

from kiosk_api.services.base.terminal_ports import Heard
from tests.e2e.helpers.visits import until
from tests.e2e.voice.conftest import Listener, Mouth
from tests.e2e.voice.saying import OFF, SAID, named, speak

SECONDS_LEFT = (
    """() => Number((document.querySelector("#hear .hint") || {}).textContent?.match(/[0-9]+/)?.[0] ?? 999)"""
)
LONGEST_S = 6

# The page is left, as 结束并清除 and nobody's coming do: what is held in the moment after.
AT_THE_END = f"""() => {{ const panel = document.getElementById("hear");
  dispatchEvent(new PageTransitionEvent("pagehide"));
  return {{ off: {OFF}, there: panel.isConnected, text: panel.querySelector(".hear-content").textContent,
    page: document.documentElement.outerHTML.includes("{SAID}") }}; }}"""


def seconds_left(page: Page) -> int:
    return int(page.evaluate(SECONDS_LEFT))


def shorter(route: Route) -> None:
    """The server's limits with fewer seconds; what is said goes on to the server."""
    if route.request.method != "GET":
        route.continue_()
        return
    route.fulfill(json={"available": True, "cards": False, "longest_s": LONGEST_S, "piece_s": 4})


def test_when_the_time_is_up_all_that_was_said_is_there(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    listener.words = [Heard("第一段，"), Heard("第二段。")]
    mouth.says(20.0)
    kiosk.route("**/api/v1/hearing*", shorter)
    speak(kiosk)
    expect(kiosk.locator("#hear-said")).to_have_value("第一段，第二段。", timeout=20_000)
    assert kiosk.evaluate(OFF)
    assert len(listener.kinds) == 2, "a piece as long as may be, and the rest"


def test_a_finger_that_was_held_down_ends_it_when_it_is_lifted(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    listener.words = [Heard(SAID)]
    mouth.says(20.0)
    kiosk.goto("/talk")
    named(kiosk, "点一下开始说").hover()
    kiosk.mouse.down()
    until(lambda: seconds_left(kiosk) <= 118, kiosk)
    assert listener.kinds == [], "it goes on while the finger is down"
    kiosk.mouse.up()
    expect(kiosk.locator("#hear-said")).to_have_value(SAID, timeout=10_000)
    assert listener.kinds == ["words"]


def test_the_end_of_the_visit_closes_the_microphone_and_empties_the_panel(
    kiosk: Page, app: Flask, listener: Listener, mouth: Mouth
) -> None:
    listener.words = [Heard(SAID)]
    mouth.says(7.0, -1.0, 12.0)
    speak(kiosk)
    expect(kiosk.locator(".hear-words")).to_have_text(SAID, timeout=20_000)
    left = kiosk.evaluate(AT_THE_END)
    assert left == {"off": True, "there": False, "text": "", "page": False}
    assert not app.extensions["kiosk"].assistant.received


def test_a_network_that_is_gone_while_words_are_awaited_is_said(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    mouth.says(2.0)
    speak(kiosk)
    expect(named(kiosk, "说完了")).to_be_visible()
    kiosk.context.set_offline(True)
    expect(kiosk.locator("#hear [role=alert]")).to_contain_text("现在听不了", timeout=20_000)
    assert kiosk.evaluate(OFF)
    kiosk.context.set_offline(False)
    listener.words = [Heard(SAID)]
    named(kiosk, "再说一遍").click()
    expect(kiosk.locator("#hear-said")).to_have_value(SAID, timeout=20_000)


def test_at_home_the_button_makes_room_for_sending_and_what_was_seen_is_sent(
    kiosk: Page, app: Flask, listener: Listener, mouth: Mouth
) -> None:
    listener.words = [Heard(SAID)]
    mouth.says(2.0)
    kiosk.set_viewport_size({"width": 390, "height": 844})
    speak(kiosk, "/m")
    expect(kiosk.locator("#hear-said")).to_have_value(SAID, timeout=20_000)
    assert not app.extensions["kiosk"].assistant.received
    kiosk.locator("#hear").get_by_role("button", name="发送", exact=True).click()
    until(lambda: any(text == SAID for _, text in app.extensions["kiosk"].assistant.received), kiosk)
    expect(kiosk.locator("#composer .hear-button")).to_be_visible()
    kiosk.fill("#say", "还有一件事")
    expect(kiosk.locator("#composer .hear-button")).to_be_hidden()
    kiosk.click("#send")
    until(lambda: any(text == "还有一件事" for _, text in app.extensions["kiosk"].assistant.received), kiosk)
