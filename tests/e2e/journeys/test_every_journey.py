"""Every journey by touch alone and by keys alone, in portrait and landscape, all views, both languages.

Each is written once against `Hand` and run in some of the 24 variants of using a terminal. `WAYS`
lists them: every journey runs with both hands, both screens and both languages, and the journeys together
cover every pair of hand, screen, view and language. `make test-all` runs all 24 (KIOSK_LONG_TESTS=1).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from kiosk_api.gateways.windows_file import load_floors, load_windows
from tests.browsers import HALL, WIDE, new_context
from tests.desk import concluded
from tests.e2e.helpers.hands import Finger, Hand, Keys
from tests.e2e.helpers.pages import LANGUAGES, MODES
from tests.e2e.helpers.plan import with_plan
from tests.e2e.helpers.scanner import scan
from tests.e2e.helpers.visits import traces_in_page, until
from tests.e2e.helpers.walk import step_of, values_of
from tests.factories import fresh_app, petition
from tests.serving import error_free, served

PUBLIC = "http://192.0.2.7:8080"  # the content of a receipt's code; only its token counts
TAIL = "5678"
SCREENS = {"upright": HALL, "wide": WIDE}
HANDS: dict[str, type[Hand]] = {"finger": Finger, "keys": Keys}
LONG = os.environ.get("KIOSK_LONG_TESTS") == "1"


class Way(NamedTuple):
    """How a terminal is used."""

    hand: str
    screen: str
    view: str
    language: str


ALL_WAYS = [Way(*one) for one in product(HANDS, SCREENS, MODES, LANGUAGES)]
PLAIN_WAYS = [one for one in ALL_WAYS if (one.view, one.language) == ("standard", "zh")]


def some_ways(turn: int) -> list[Way]:
    """Two variants that differ in hand, screen and language; they and the views alternate from journey to journey."""
    screens = ("upright", "wide") if turn % 2 == 0 else ("wide", "upright")
    languages = ("zh", "en") if turn % 4 in (0, 3) else ("en", "zh")
    return [Way(*one, MODES[(turn + place) % len(MODES)], language) for place, (one, language) in enumerate(
        zip(zip(HANDS, screens, strict=True), languages, strict=True))]  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One hall for all journeys, with an invented plan of its floor."""
    folder = tmp_path_factory.mktemp("journeys")
    made = fresh_app(folder, officers=True, KIOSK_RATE_LIMITS="off")
    ctx = made.extensions["kiosk"]
    plan = with_plan(folder)
    ctx.windows[:] = load_windows(plan)
    ctx.floors[:] = load_floors(plan)
    yield made
    ctx.store._engine.dispose()


@pytest.fixture(scope="module")
def base_url(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def hand(browser: Browser, base_url: str, request: pytest.FixtureRequest) -> Iterator[Hand]:
    """A hand at the home page."""
    way: Way = request.param
    kind = HANDS[way.hand]
    context = new_context(browser, base_url, viewport=SCREENS[way.screen], has_touch=kind.touch)
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "view", "value": f"{way.view}.{way.language}", "url": base_url}])
    with error_free(context) as page:
        page.goto("/")
        yield kind(page, way.language)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The variants of one journey; its position among the journeys selects the views."""
    if "hand" in metafunc.fixturenames:
        ways = ALL_WAYS
        if metafunc.function is test_large_print_and_english_are_switched_on_and_off:
            ways = (
                PLAIN_WAYS if LONG else [PLAIN_WAYS[0], PLAIN_WAYS[-1]]
            )  # the journey switches views and languages itself
        elif not LONG:
            ways = some_ways(JOURNEYS.index(metafunc.function))
        metafunc.parametrize("hand", ways, ids=[" ".join(one) for one in ways], indirect=True)


def filed(app: Flask) -> dict[str, Any]:
    """A registered case of its own."""
    answer = app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": uuid4().hex})
    return dict(answer.get_json())


def reply(app: Flask, **message: Any) -> None:
    """What the assistant says next."""
    app.extensions["kiosk"].assistant.messages = [{"custom": message}]


def scanned(page: Page, token: str) -> None:
    """The receipt is held to the scanner, which types its address."""
    expect(page.locator("#no-camera")).to_be_visible()  # the script has run
    scan(page, f"{PUBLIC}/r#{token}")


def looked_up(hand: Hand, number: str) -> None:
    hand.press("main a[href='/status']", shows="#f-case_number")
    hand.write("#f-case_number", number)
    hand.write("#f-phone_tail", TAIL)
    hand.press("#look", shows="#case-number")
    expect(hand.page.locator("#case-number")).to_have_text(number)


def answered(hand: Hand, step: str) -> None:
    """Answer the question that shows and go on to the next."""
    hand_values = values_of(request="停工")
    assert step_of(hand.page) == step
    for name, value in hand_values.items():
        if hand.page.locator(f"[data-step={step}] #f-{name}").count():
            hand.write(f"#f-{name}", value)
    hand.press("#skip" if hand.page.locator("#skip").is_visible() else "#next")
    expect(hand.page.locator(f"[data-step={step}]")).to_be_hidden()


def test_in_a_conversation_an_option_is_chosen_and_a_phone_number_given(hand: Hand, app: Flask) -> None:
    hand.press("a[href='/talk']", shows="#say")
    reply(app, text="这事该去哪儿，您选一个。",
          options=[{"label": "法院窗口", "value": "法院"}, {"label": "信访窗口", "value": "信访"}],
          citations=[{"title": "信访工作条例", "article": "第二十二条",
                      "url": "/handbook/regulation-registered-when"}])  # fmt: skip
    hand.write("#say", "半夜打桩")
    hand.press("#send", shows=".reply.theirs")
    hand.press(".cite", shows=".citations .short")
    reply(app, text="请留个电话。", expects="phone")
    hand.press(".option:has-text('信访窗口')", shows=".reply.theirs >> nth=1")
    expect(hand.page.locator("#say-label")).to_have_text(hand.words("您的电话"))
    reply(app, text="记下了，谢谢您。")
    hand.write("#say", "13912345678")
    hand.press("#send", shows=".reply.theirs >> nth=2")
    expect(hand.page.locator(".said").last).to_have_text("*******5678")
    assert [text for _, text in app.extensions["kiosk"].assistant.received[-3:]] == [
        "半夜打桩", "信访", "13912345678"]  # fmt: skip


def test_the_form_leads_to_a_receipt_with_its_code(hand: Hand) -> None:
    hand.press("a[href='/form']", shows="[data-step=facts]")
    while step_of(hand.page) != "check":
        answered(hand, step_of(hand.page))
    hand.sees("#answers")
    hand.tick("#f-consent")
    hand.press("#submit", shows="#done-title")
    hand.sees("#qr")
    expect(hand.page.locator("#case-number")).to_contain_text("XF")


def test_a_case_is_found_urged_rated_and_taken_to_review(hand: Hand, app: Flask) -> None:
    case = filed(app)
    number = case["case_number"]
    looked_up(hand, number)
    hand.press("#do-urge > summary", shows="#f-urge_comment")
    hand.write("#f-urge_comment", "太吵")
    hand.press("#urge", shows="#notice")
    expect(hand.page.locator("#no-urge")).to_have_count(1)
    hand.press("footer a[href='/']", shows="main a[href='/status']")
    concluded(app, number)
    looked_up(hand, number)
    hand.press("#do-rate > summary", shows="#rate")
    hand.tick("[name=petition_office][value=satisfied]")
    hand.tick("[name=responsible_unit][value=fairly_satisfied]")
    hand.press("#rate", shows="#notice")
    expect(hand.page.locator("#no-review")).to_contain_text("二维码" if hand.language == "zh" else "QR code")
    hand.press("footer a[href='/']", shows="main a[href='/status']")
    hand.press("main a[href='/status']", shows="#f-case_number")
    scanned(hand.page, case["lookup_token"])
    hand.press("#do-review > summary", shows="#f-review_reason")
    hand.write("#f-review_reason", "不服")
    hand.write("#f-review_tail", TAIL)
    hand.press("#review", shows="#notice")
    expect(hand.page.locator("#state")).to_have_text(hand.words("正在复查"))


def test_the_handbook_is_read_and_asked(hand: Hand) -> None:
    if hand.language == "en":  # questions are answered in the Chinese edition, which is linked on the page
        hand.press("a[href='/en/handbook']")
    hand.press("a[href='/handbook']", shows="#contents")
    hand.press("#contents summary >> nth=0")  # the first booklet is open; once it is closed, the others are near
    booklet = hand.page.locator("#contents details").nth(1)
    hand.press(booklet.locator("summary"), shows=booklet.locator("li a").first)
    title = booklet.locator("li a").first.inner_text()
    hand.press(booklet.locator("li a").first, shows=".read h1")
    expect(hand.page.locator(".read h1")).to_have_text(title)
    hand.write("#question", "可以请人代办吗")
    hand.press("#ask", shows="#answer .notice")
    link = hand.page.locator("#answer .links a").first
    leads_to = link.get_attribute("href")
    hand.press(link)
    hand.page.wait_for_url(f"**{leads_to}")
    hand.press(".crumb a", shows="#contents")


def test_the_window_for_a_matter_is_found_on_the_plan(hand: Hand) -> None:
    hand.press("a[href='/windows']", shows="#matter")
    hand.write("#matter", "拖欠工资")
    hand.press("#find", shows="#proposal .notice")
    hand.press("#proposal a[href='#plan-title']", shows="#plan-labour_arbitration")
    hand.sees("svg .here")
    hand.press("#plan-labour_arbitration", shows="#window-labour_arbitration")
    expect(hand.page.locator("#window-labour_arbitration")).to_be_focused()
    hand.press("#plan-court", shows="#window-court")
    expect(hand.page.locator("#window-court")).to_be_focused()


def test_an_unfinished_petition_is_handed_to_an_officer(hand: Hand) -> None:
    hand.press("a[href='/form']", shows="[data-step=facts]")
    answered(hand, "facts")
    hand.write("#f-request", "停工")
    hand.press("#staff", shows="#staff-dialog")
    hand.cannot_leave("#staff-dialog")
    hand.press("#staff-give", shows="#handover-code")
    hand.cannot_leave("#staff-dialog")
    hand.press("#staff-close")
    expect(hand.page.locator("#staff-dialog")).to_have_count(0)
    expect(hand.page.locator("#staff")).to_be_focused()
    assert hand.page.input_value("#f-request") == "停工"


@pytest.mark.parametrize("where", ["form", "talk"])
def test_ending_in_the_middle_leads_home_and_leaves_nothing(hand: Hand, app: Flask, where: str) -> None:
    hand.press(f"a[href='/{where}']")
    if where == "form":
        answered(hand, "facts")
        hand.write("#f-request", "钱多米")
    else:
        reply(app, text="请接着说。")
        hand.write("#say", "半夜打桩")
        hand.press("#send", shows=".reply.theirs")
        hand.write("#say", "太吵")
    hand.press("#end", shows="#end-all")
    hand.press("#end-all")
    hand.page.wait_for_url("**/")
    expect(hand.page.locator(".doors")).to_be_visible()
    if where == "talk":
        assistant = app.extensions["kiosk"].assistant
        until(lambda: assistant.received[-1][0] in assistant.forgotten, hand.page)
    assert traces_in_page(hand.page, ["钱多米", "半夜打桩", "太吵"]) == []


def test_large_print_and_english_are_switched_on_and_off(hand: Hand) -> None:
    root, title = hand.page.locator("html"), hand.page.locator("h1")
    with hand.page.expect_response("**/view"):  # the server has the new setting before the next page is requested
        hand.press("#elder")
    expect(root).to_have_attribute("data-mode", "elder")
    hand.press("a[href='/windows']", shows="#matter")
    expect(root).to_have_attribute("data-mode", "elder")
    with hand.page.expect_response("**/view"):
        hand.press("#elder")
    expect(root).to_have_attribute("data-mode", "standard")
    hand.press("[name=language][value=en]")
    expect(root).to_have_attribute("lang", "en")
    hand.page.wait_for_load_state()
    expect(title).not_to_have_text("找窗口")
    hand.press("[name=language][value=zh]")
    expect(title).to_have_text("找窗口")


JOURNEYS = [
    test_in_a_conversation_an_option_is_chosen_and_a_phone_number_given,
    test_the_form_leads_to_a_receipt_with_its_code,
    test_a_case_is_found_urged_rated_and_taken_to_review,
    test_the_handbook_is_read_and_asked,
    test_the_window_for_a_matter_is_found_on_the_plan,
    test_an_unfinished_petition_is_handed_to_an_officer,
    test_ending_in_the_middle_leads_home_and_leaves_nothing,
]


def test_the_variants_of_all_journeys_cover_every_pair() -> None:
    def pairs(ways: list[Way]) -> set[tuple[object, ...]]:
        return {(one, way[one], other, way[other]) for way in ways for one, other in combinations(range(4), 2)}

    played = [some_ways(turn) for turn in range(len(JOURNEYS))]
    assert all(first[place] != second[place] for first, second in played for place in (0, 1, 3))
    assert pairs([way for ways in played for way in ways]) == pairs(ALL_WAYS)
