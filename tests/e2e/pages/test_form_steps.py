"""The form, one question a page: by touch alone, by keys alone, back without loss, in English."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from kiosk_api.web.view import english
from tests.browsers import new_context
from tests.desk import seen_by_staff, with_officers
from tests.e2e.helpers.walk import change, fill_form, go_on, step_of, values_of, walk_to
from tests.factories import PASSWORD, petition

STEPS = ["facts", "request", "reasons", "place", "about_unit", "confidential", "people", "attachments",
         "who", "name", "phone", "id_number", "address", "check"]  # fmt: skip


def test_touch_alone_leads_from_the_first_question_to_the_receipt(touched: Page) -> None:
    touched.goto("/form")
    seen = []
    while step_of(touched) != "check":
        step = step_of(touched)
        seen.append(step)
        expect(touched.locator("#progress-words")).to_contain_text(f"第{len(seen)}步，共")
        for name, value in values_of().items():
            field = touched.locator(f"[data-step={step}] #f-{name}")
            if field.count():
                field.tap()
                touched.keyboard.insert_text(value)  # what an on-screen keyboard does
        touched.tap("#skip" if touched.locator("#skip").is_visible() else "#next")
        expect(touched.locator(f"[data-step={step}]")).to_be_hidden()
    assert [*seen, "check"] == [one for one in STEPS if one in [*seen, "check"]]
    touched.tap(".tick:has(#f-consent)")
    touched.tap("#submit")
    expect(touched.locator("#qr")).to_be_visible()


def test_keys_alone_lead_from_the_first_question_to_the_receipt(page: Page) -> None:
    page.goto("/form")
    expect(page.locator("#progress-words")).not_to_be_empty()

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("one => document.activeElement.matches(one)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab")

    for step in STEPS[:-1]:
        expect(page.locator(f"[data-step={step}]")).to_be_visible()
        for name, value in values_of().items():
            if page.locator(f"[data-step={step}] #f-{name}").count():
                tab_to(f"#f-{name}")
                page.keyboard.type(value)
        tab_to("#next")
        page.keyboard.press("Enter")
    expect(page.locator("#step-check")).to_be_visible()
    tab_to("#f-consent")
    page.keyboard.press("Space")
    tab_to("#submit")
    page.keyboard.press("Enter")
    expect(page.locator("#qr")).to_be_visible()


def test_both_ways_back_go_one_step_and_lose_nothing(page: Page, base_url: str) -> None:
    page.goto("/form")
    walk_to(page, "about_unit")
    page.fill("#f-about_unit", "写了一半")
    page.click("#back")
    expect(page.locator("[data-step=place]")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("[data-step=request]")).to_be_visible()
    assert page.input_value("#f-request") == petition()["request"]
    go_on(page)
    page.go_back()
    page.go_forward()
    page.click("#skip")
    go_on(page)
    expect(page.locator("[data-step=about_unit]")).to_be_visible()
    assert page.input_value("#f-about_unit") == "写了一半"
    assert page.url == f"{base_url}/form"
    assert set(page.evaluate("history.state")) == {"step", "depth"}
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_the_form_leaves_no_steps_behind_once_it_is_filed(page: Page, base_url: str) -> None:
    page.goto("/status")
    page.goto("/form")
    fill_form(page)
    page.check("#f-consent")
    page.click("#submit")
    expect(page.locator("#qr")).to_be_visible()
    page.wait_for_function("() => history.state === null")
    page.go_back()
    page.wait_for_url(f"{base_url}/status")


def test_a_change_link_leads_to_its_question_and_straight_back(page: Page) -> None:
    page.goto("/form")
    fill_form(page)
    expect(page.locator("#answers")).to_contain_text("*******5678")
    expect(page.locator("#answers")).not_to_contain_text("13912345678")
    change(page, "address", **{"petitioner-address": "江畔区桥西街道柳岸社区9号"})
    expect(page.locator("#answers")).to_contain_text("柳岸社区9号")
    expect(page.locator("#answers")).to_contain_text(petition()["facts"])
    page.go_back()
    expect(page.locator("[data-step=address]")).to_be_visible()


def test_links_of_the_summary_lead_to_the_question_that_needs_a_change(page: Page, base_url: str) -> None:
    page.goto("/form")
    page.route(
        "**/api/v1/petitions/check", lambda one: one.abort()
    )  # nobody to ask on the way: the last check finds it
    fill_form(page, **{"petitioner-name": "12345", "petitioner-phone": "00000000000"})
    page.check("#f-consent")
    page.click("#submit")
    expect(page.locator("#error-petitioner-name")).to_be_visible()
    expect(page.locator("#summary")).to_be_focused()
    page.fill("#f-petitioner-name", "钱多米")
    page.click("#next")
    expect(page.locator("#step-check")).to_be_visible()
    expect(page.locator("#summary a")).to_have_count(1)
    page.click("#summary a")
    expect(page.locator("[data-step=phone]")).to_be_visible()
    expect(page.locator("#f-petitioner-phone")).to_be_focused()
    assert page.url == f"{base_url}/form"
    page.fill("#f-petitioner-phone", "13912345678")
    page.click("#next")
    expect(page.locator("#summary")).to_be_hidden()
    page.click("#submit")
    expect(page.locator("#qr")).to_be_visible()


def test_a_proxy_states_who_they_are_and_how_it_was_agreed(page: Page, app: Flask) -> None:
    with_officers(app)
    page.goto("/form")
    walk_to(page, "who")
    page.check("[name=who][value=other]")
    go_on(page)
    page.fill("#f-proxy-name", "孙小禾")
    page.fill("#f-proxy-phone", "13812340099")
    go_on(page)
    page.click("#next")
    expect(page.locator("#error-proxy-relation")).to_be_visible()
    page.check("[name='proxy.relation'][value=child]")
    go_on(page)
    page.click("#next")
    expect(page.locator("#summary a")).to_have_count(2)
    page.check("[name='proxy.consent_how'][value=by_phone]")
    page.check("#f-proxy-consent_confirmed")
    go_on(page)
    expect(page.locator("h1")).to_contain_text("您替谁办")
    fill_form(page)
    expect(page.locator("#answers")).to_contain_text("孙小禾，*******0099")
    page.check("#f-consent")
    page.click("#submit")
    number = page.locator("#case-number").inner_text()
    assert seen_by_staff(app.test_client(), number)["proxy"]["name"] == "孙小禾"


def test_an_unfinished_petition_is_handed_over_to_an_officer_who_finishes_it(
    page: Page, app: Flask, browser: Browser, base_url: str
) -> None:
    with_officers(app)
    page.goto("/form")
    walk_to(page, "request")
    page.click("#staff")
    page.click("#staff-give")
    code = page.locator("#handover-code").inner_text()
    desk = new_context(browser, base_url).new_page()
    desk.goto("/desk/sign-in")
    desk.fill("[name=username]", "office")
    desk.fill("[name=password]", PASSWORD)
    desk.click("button[type=submit]")
    desk.goto("/desk/handover")
    desk.fill("#code", code)
    desk.click("#take")
    expect(desk.locator("main")).to_contain_text(petition()["facts"])
    desk.click("#go-on")
    expect(desk.locator(".question:visible")).to_have_count(1)
    fill_form(desk)
    desk.check("#f-consent")
    desk.click("#submit")
    number = desk.locator("#case-number").inner_text()
    assert seen_by_staff(app.test_client(), number)["assisted_by"] == "窗口甲"
    desk.context.close()


def test_on_an_english_page_every_step_is_in_english(page: Page, base_url: str) -> None:
    page.context.add_cookies([{"name": "view", "value": "standard.en", "url": base_url}])
    page.goto("/form")
    typed = "".join(values_of().values())
    for _ in STEPS:
        said = page.locator("main").inner_text()
        chinese = {one for one in said if "\u4e00" <= one <= "\u9fff"}
        if step_of(page) == "check":
            break
        assert chinese == set(), said
        walk_to(page, STEPS[STEPS.index(step_of(page)) + 1])
    labels = page.locator("#answers dt, #answers button").all_inner_texts()
    assert not any("\u4e00" <= one <= "\u9fff" for label in labels for one in label), typed
    assert english()["下一步"] == page.locator("#next").text_content()


@pytest.mark.parametrize("mode", ["standard", "elder", "contrast"])
def test_every_step_has_large_targets_and_fits_a_phone(page: Page, base_url: str, mode: str) -> None:
    page.context.add_cookies([{"name": "view", "value": f"{mode}.zh", "url": base_url}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/form")
    least = 60 if mode == "elder" else 44
    for step in [*STEPS, "proxy", "relation", "consent_how"]:
        page.evaluate(
            """step => document.querySelectorAll(".question").forEach(
                (one) => { one.hidden = one.dataset.step !== step; })""",
            step,
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), step
        low = page.evaluate(
            """least => [...document.querySelectorAll("#filling :is(a, button, .tick, textarea, select,"
            + "summary, input:not([type=checkbox], [type=radio], [aria-hidden=true]))")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least)
            .map((one) => one.outerHTML.slice(0, 80))""",
            least,
        )
        assert low == [], step
