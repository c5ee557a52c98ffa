"""The citizens' pages in a real browser, over an application with a scripted assistant."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from tests.browsers import HALL, PHONE
from tests.e2e.helpers.visits import nobody_comes, stop_the_clock, two_frames
from tests.e2e.helpers.walk import change, fill_form, walk_to
from tests.factories import petition, register


@pytest.mark.parametrize(("path", "field"), [
    ("/talk", "#say"), ("/windows", "#matter"), ("/handbook", "#question"), ("/status", "#f-case_number"),
])  # fmt: skip
def test_nothing_typed_goes_into_an_address_while_the_scripts_are_still_loading(
    page: Page, path: str, field: str
) -> None:
    page.route("**/*.js", lambda one: one.abort())
    page.goto(path)
    page.fill(field, "工地半夜打桩")
    page.press(field, "Enter")
    expect(page.locator("form:not(.language) [type=submit]")).to_be_disabled()
    two_frames(page)
    assert page.url.endswith(path)
    assert page.input_value(field).strip() == "工地半夜打桩"


def test_what_the_last_check_finds_is_said_in_the_summary_which_takes_the_focus(page: Page) -> None:
    page.goto("/form")
    page.route("**/api/v1/petitions/check", lambda one: one.abort())  # nobody to ask on the way
    fill_form(page, **{"petitioner-phone": "12345678901"})
    page.click("#submit")
    expect(page.locator("#error-consent")).to_be_visible()
    page.check("#f-consent")
    page.click("#submit")
    expect(page.locator("#error-petitioner-phone")).to_contain_text("电话")
    expect(page.locator("#summary")).to_be_focused()
    page.fill("#f-petitioner-phone", "13912345678")
    page.click("#next")
    expect(page.locator("#answers")).to_contain_text(petition()["facts"])


@pytest.mark.parametrize("changed", [False, True])
def test_a_lost_answer_keeps_the_text_and_a_retry_registers_nothing_twice(own_page: Page, changed: bool) -> None:
    page = own_page
    answers: list[str] = []

    def lose_the_first(route: Route) -> None:
        answer = route.fetch()
        if answer.ok:
            answers.append(answer.json()["case_number"])
        if len(answers) == 1 and answer.ok and not page.locator("#summary").is_visible():
            route.abort()
        else:
            route.fulfill(response=answer)

    if changed:
        page.clock.install()
    page.goto("/form")
    fill_form(page)
    page.check("#f-consent")
    page.route("**/api/v1/petitions", lose_the_first, times=1)
    if changed:
        stop_the_clock(page)  # the page must not retry by itself before the person has stopped it
    page.click("#submit")
    expect(page.locator("#resend")).to_contain_text("不知道交上没有")
    if changed:
        page.click("#resend-stop")
        expect(page.locator("#summary")).to_contain_text("不知道交上没有")
        expect(page.locator("#answers")).to_contain_text(petition()["facts"])
        change(page, "request", request="请再想想办法")
        page.click("#submit")
    expect(page.locator("#qr")).to_be_visible()
    assert page.locator("#case-number").inner_text() == answers[0]


def test_at_most_four_people_can_be_added_to_the_one_who_files(page: Page) -> None:
    page.goto("/form")
    walk_to(page, "people")
    for _ in range(4):
        page.click("#add-representative")
    expect(page.locator("#add-representative")).to_be_disabled()
    page.locator(".people-row button").first.click()
    expect(page.locator(".people-row")).to_have_count(3)
    expect(page.locator("#f-representatives-2-name")).to_be_visible()


def test_talk_keeps_the_text_while_the_assistant_is_away_and_hands_it_to_the_form(page: Page, app: Flask) -> None:
    assistant = app.extensions["kiosk"].assistant
    assistant.messages = None
    page.goto("/talk")
    page.fill("#say", "工地半夜打桩")
    page.click("#send")
    expect(page.locator("#trouble")).to_be_visible()
    assert page.input_value("#say") == "工地半夜打桩"
    assistant.messages = [{"custom": {"text": "请留个电话。", "expects": "phone"}}]
    page.click("#retry")
    expect(page.locator(".reply.theirs")).to_have_count(1)
    assert page.input_value("#say") == ""
    assert page.evaluate("document.getElementById('say').inputMode") == "tel"
    page.fill("#say", "13912345678")
    page.click("#send")
    expect(page.locator(".said").last).to_have_text("*******5678")
    assistant.messages = None
    page.fill("#say", "还有灰尘")
    page.click("#send")
    page.click("#to-form")
    expect(page.locator("#f-facts")).to_have_value("还有灰尘")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_the_token_leaves_the_address_and_urging_twice_is_explained(page: Page, app: Flask, base_url: str) -> None:
    case = register(app)
    page.goto(f"/r#{case['lookup_token']}")
    expect(page.locator("#timeline")).to_contain_text("登记")
    expect(page.locator("#deadlines")).to_contain_text("2026年3月17日")
    assert page.url == f"{base_url}/r"
    page.click("#do-urge > summary")
    page.click("#urge")
    expect(page.locator("#no-urge")).to_contain_text("刚催过")
    page.locator("summary", has_text="撤回").click()
    page.fill("#f-withdraw_tail", "0000")
    page.click("#withdraw")
    expect(page.locator("#error-withdraw_tail")).to_contain_text("对不上")
    page.fill("#f-withdraw_tail", "5678")
    page.click("#withdraw")
    expect(page.locator("#state")).to_contain_text("撤回")


def test_number_and_tail_find_the_case_but_withdrawing_needs_the_qr_code(page: Page, app: Flask) -> None:
    case = register(app)
    page.goto("/status")
    page.fill("#f-case_number", case["case_number"].lower().replace("-", " "))
    page.fill("#f-phone_tail", "5678")
    page.click("#look")
    expect(page.locator("#case-number")).to_have_text(case["case_number"])
    expect(page.locator("#no-withdraw")).to_contain_text("二维码")


def test_an_idle_screen_warns_and_then_clears_everything(own_page: Page, base_url: str) -> None:
    page = own_page
    page.clock.install()
    page.goto("/form")
    walk_to(page, "facts")
    page.fill("#f-facts", "不想让别人看见的话")
    nobody_comes(page, 91_000)
    page.click("#idle-stay")
    expect(page.locator("#idle")).to_be_hidden()
    assert page.input_value("#f-facts") == "不想让别人看见的话"
    nobody_comes(page, 91_000)
    page.clock.run_for(31_000)
    page.wait_for_url(f"{base_url}/")
    page.go_back()
    assert "不想让别人看见的话" not in page.content()


def test_ending_on_the_receipt_leaves_no_way_back_to_it(page: Page, app: Flask, base_url: str) -> None:
    case = register(app)
    page.goto(f"/r#{case['lookup_token']}")
    page.click("#print")
    page.wait_for_url(f"{base_url}/receipt")
    expect(page.locator("#case-number")).to_have_text(case["case_number"])
    page.click("#end")
    page.wait_for_url(f"{base_url}/")
    page.go_back()
    assert case["case_number"] not in page.content()


@pytest.mark.parametrize("viewport", [HALL, PHONE])
@pytest.mark.parametrize("path", ["/", "/talk", "/form", "/status", "/handbook", "/windows"])
def test_pages_fit_the_screen_with_large_text_and_targets(page: Page, path: str, viewport: dict[str, int]) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    in_a_shell = page.evaluate("document.body.matches('.phone-shell')") and viewport == PHONE
    text, touch = (16, 44) if in_a_shell else (20, 60)
    small = page.evaluate(
        """(text) => [...document.querySelectorAll("main *, header *, footer *")]
        .filter((one) => one.checkVisibility() && one.innerText?.trim())
        .filter((one) => parseFloat(getComputedStyle(one).fontSize) < text)
        .map((one) => one.outerHTML.slice(0, 80))""",
        text,
    )
    low = page.evaluate(
        """(touch) => [...document.querySelectorAll("a:not(.skip), button, input:not([type=checkbox], [type=radio]),"
        + "select, textarea, summary, .tick")]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < touch)
        .map((one) => one.outerHTML.slice(0, 80))""",
        touch,
    )
    assert small == []
    assert low == []
