"""The citizens' pages and their states, in one list: a new page is one line here.

Each walk brings an open page into the state it is named for. `app` is the application behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Flask
from playwright.sync_api import Page, expect

from kiosk_api.gateways.windows_file import load_floors, load_windows
from tests.desk import concluded
from tests.e2e.helpers import hearing
from tests.e2e.helpers.questions import question
from tests.e2e.helpers.walk import ask_for_another, fill_form, walk_to
from tests.factories import register
from tests.stack import ROOT

EXAMPLE_HALL = ROOT / "handbook" / "operators" / "example-hall.toml"
Walk = Callable[[Page, Flask], None]

MODES = ("standard", "elder", "contrast")
LANGUAGES = ("zh", "en")
HALL = {"width": 1080, "height": 1920}
WIDE = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
SCREENS = {"hall": HALL, "wide": WIDE, "phone": PHONE}


# As the page's own buttons do, without a reload.
SWITCH = "(mode) => { document.documentElement.dataset.mode = mode; scrollTo(0, 0); }"


def in_each_mode(page: Page, measure: str) -> dict[str, Any]:
    """The results of `measure`, a JavaScript function, in each mode, without painting in between."""
    return dict(
        page.evaluate(
            f"(modes) => Object.fromEntries(modes.map((mode) => {{ ({SWITCH})(mode); return [mode, ({measure})()]; }}))",
            MODES,
        )
    )


def at(path: str) -> Walk:
    """The page right after opening."""
    return lambda page, app: page.goto(path) and None


def spoken(page: Page, app: Flask, path: str = "/talk") -> None:
    app.extensions["kiosk"].assistant.messages = [
        {
            "custom": {
                "text": "这事该去哪儿，您选一个。",
                "options": [{"label": "法院窗口", "value": "法院"}, {"label": "信访窗口", "value": "信访"}],
                "citations": [
                    {"title": "信访工作条例", "article": "第二十二条", "url": "/handbook/regulation-registered-when"}
                ],
            }
        }
    ]
    page.goto(path)
    page.fill("#say", "工地半夜打桩")
    page.click("#send")
    expect(page.locator(".option").first).to_be_visible()


def at_home(page: Page, app: Flask) -> None:
    spoken(page, app, "/m")


def menu_at_home(page: Page, app: Flask) -> None:
    page.goto("/m")
    page.click("#bar-more")
    expect(page.locator("#tools")).to_be_visible()


def card_at_home(page: Page, app: Flask) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": question("confirm", {})}]
    page.goto("/m")
    page.fill("#say", "工地半夜打桩")
    page.click("#send")
    expect(page.locator(".record-card")).to_be_visible()


def filed_at_home(page: Page, app: Flask) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": question(None, register(app, uuid4().hex))}]
    page.goto("/m")
    page.fill("#say", "对")
    page.click("#send")
    expect(page.locator("#case-link")).to_be_visible()


def case_on_a_phone(page: Page, app: Flask) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"/r#{register(app, uuid4().hex)['lookup_token']}")
    expect(page.locator("#keep-title")).to_be_visible()


def assistant_away(page: Page, app: Flask) -> None:
    app.extensions["kiosk"].assistant.messages = None
    page.goto("/talk")
    page.fill("#say", "工地半夜打桩")
    page.click("#send")
    expect(page.locator("#trouble")).to_be_visible()


def errors(page: Page, app: Flask) -> None:
    page.goto("/form")
    walk_to(page, "name")
    page.click("#next")
    expect(page.locator("#error-petitioner-name")).to_be_visible()


def check(page: Page, app: Flask) -> None:
    page.goto("/form")
    fill_form(page)
    expect(page.locator("#proposal strong").first).to_be_visible()


def pictures(page: Page, app: Flask) -> None:
    page.goto("/form")
    walk_to(page, "attachments")
    expect(page.locator("#attachments button:visible").first).to_be_visible()


def for_another(page: Page, app: Flask) -> None:
    page.goto("/form")
    ask_for_another(page, "consent_how")


def invitation(page: Page, app: Flask) -> None:
    page.goto("/")
    page.evaluate("document.getElementById('attract').showModal()")


def person_called(page: Page, app: Flask) -> None:
    page.goto("/form")
    walk_to(page, "name")
    page.click("#staff")
    expect(page.locator("dialog[open]")).to_be_visible()


def leaving_a_number(page: Page, app: Flask) -> None:
    page.goto("/")
    page.click("#staff")
    page.click("#callback-open")
    page.click("#callback-send")
    expect(page.locator("#error-callback-phone")).to_be_visible()


def call_back(page: Page, app: Flask) -> None:
    left = {"phone": "13912345678", "about": "低保怎么办"}
    answer = app.test_client().post("/api/v1/callbacks", json=left, headers={"Idempotency-Key": uuid4().hex})
    page.goto("/status")
    page.fill("#f-case_number", answer.get_json()["code"])
    page.fill("#f-phone_tail", "5678")
    page.click("#look")
    expect(page.locator("#callback-cancel")).to_be_visible()


def receipt(page: Page, app: Flask) -> None:
    check(page, app)
    page.check("#f-consent")
    page.click("#submit")
    expect(page.locator("#qr")).to_be_visible()


def case(page: Page, app: Flask) -> None:
    page.goto(f"/r#{register(app)['lookup_token']}")
    expect(page.locator("#steps")).to_be_visible()


def concluded_case(page: Page, app: Flask) -> None:
    """It can be rated and taken to review; the app needs its officers."""
    made = register(app, uuid4().hex)
    concluded(app, made["case_number"])
    page.goto(f"/r#{made['lookup_token']}")
    page.click("#do-rate > summary")
    expect(page.locator("#rate")).to_be_visible()


def answered(page: Page, app: Flask) -> None:
    page.goto("/handbook")
    page.fill("#question", "可以请人代办吗")
    page.click("#ask")
    expect(page.locator("#answer .notice")).to_be_visible()


def routed(page: Page, app: Flask) -> None:
    page.goto("/windows")
    page.fill("#matter", "老板拖欠工资")
    page.click("#find")
    expect(page.locator("#proposal .notice")).to_be_visible()


def on_the_plan(page: Page, app: Flask) -> None:
    """The example hall, given back afterwards: other pages show that of a bureau which has entered nothing."""
    ctx = app.extensions["kiosk"]
    own = list(ctx.windows), list(ctx.floors)
    ctx.windows[:], ctx.floors[:] = load_windows(EXAMPLE_HALL), load_floors(EXAMPLE_HALL)
    routed(page, app)
    ctx.windows[:], ctx.floors[:] = own
    expect(page.locator(".way.chosen").first).to_be_visible()


def one_window(page: Page, app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    own = list(ctx.windows), list(ctx.floors)
    ctx.windows[:], ctx.floors[:] = load_windows(EXAMPLE_HALL), load_floors(EXAMPLE_HALL)
    page.goto("/windows/lawyer")
    ctx.windows[:], ctx.floors[:] = own


def asked_whether_there(page: Page, app: Flask) -> None:
    page.goto("/status")
    page.evaluate("document.getElementById('idle').showModal()")


def dialog_of_parts(page: Page, app: Flask) -> None:
    page.goto("/design")
    page.click("#d-toast")
    expect(page.locator(".toast")).to_be_visible()
    page.click("#d-open")
    expect(page.locator("dialog[open]")).to_be_visible()


def unreachable(page: Page, app: Flask) -> None:
    page.route("**/healthz", lambda route: route.abort())  # otherwise it continues by itself
    page.goto("/offline")


def unanswered(page: Page, app: Flask) -> None:
    page.route("**/healthz", lambda route: route.abort())
    page.goto("/offline/posted")


PAGES: dict[str, Walk] = {
    "home": at("/"),
    "home, invitation": invitation,
    "talk": at("/talk"),
    "talk, options shown": spoken,
    "talk, assistant away": assistant_away,
    "talk, hearing": hearing.offered("/talk"),
    "talk, listening": hearing.listening("/talk"),
    "talk, becoming words": hearing.becoming_words,
    "talk, words to check": hearing.to_check("/talk"),
    "talk, microphone not allowed": hearing.not_allowed,
    "talk at home": at("/m"),
    "talk at home, hearing": hearing.offered("/m"),
    "talk at home, menu": menu_at_home,
    "talk at home, options shown": at_home,
    "talk at home, read-back": card_at_home,
    "talk at home, filed": filed_at_home,
    "form": at("/form"),
    "form, errors": errors,
    "form, check": check,
    "form, receipt": receipt,
    "form, pictures": pictures,
    "form, for another": for_another,
    "form, a person called": person_called,
    "form, hearing": hearing.field_offered,
    "form, words to check": hearing.field_to_check,
    "home, leaving a number": leaving_a_number,
    "upload from a phone": at("/u"),
    "offline": unreachable,
    "offline, something sent": unanswered,
    "status": at("/status"),
    "status, a case": case,
    "status, a case on a phone": case_on_a_phone,
    "status, a case concluded": concluded_case,
    "status, a call back": call_back,
    "status, are you there": asked_whether_there,
    "handbook": at("/handbook"),
    "handbook, answer": answered,
    "section": at("/handbook/time-limit"),
    "handbook in English": at("/en/handbook"),
    "section in English": at("/en/handbook/time-limit"),
    "windows": at("/windows"),
    "windows, proposal": routed,
    "windows, a plan": on_the_plan,
    "windows, one of them": one_window,
    "verify": at("/verify"),
    "verify, not found": at("/verify?code=XF20260302-ABCD-EFGH-12.nothing"),
    "error": at("/handbook/no-such-section"),
    "parts": at("/design"),
    "parts, a dialog": dialog_of_parts,
}
