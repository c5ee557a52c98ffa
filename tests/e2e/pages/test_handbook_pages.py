"""The handbook in a real browser: search, ask, large print, paper, phone, and its pictures."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browsers import HALL, PHONE
from tests.codes import code_on
from tests.e2e.helpers.visits import until

MILLIMETRE = 72 / 25.4


def paper_size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in millimetres."""
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert box
    return float(box[1]) / MILLIMETRE, float(box[2]) / MILLIMETRE


def test_the_contents_are_filtered_while_typing(page: Page) -> None:
    page.goto("/handbook")
    page.fill("#question", "回执丢了")
    expect(page.locator("#found")).to_have_text(re.compile(r"找到 \d+ 节"))
    shown = page.locator("#contents li:visible")
    expect(shown.filter(has_text="回执丢失了怎么办")).to_be_visible()
    assert shown.count() <= 5
    page.fill("#question", "")
    expect(page.locator("#contents details:visible")).to_have_count(4)


def test_an_answer_then_a_follow_up(page: Page) -> None:
    page.goto("/handbook")
    page.fill("#question", "对处理意见不服，怎么申请复查")
    page.click("#ask")
    expect(page.locator("#answer")).to_contain_text("30日内")
    page.fill("#question", "那复核呢？")
    page.press("#question", "Enter")
    expect(page.locator("#answer a").first).to_have_attribute("href", re.compile("reexamination|finality"))


def test_a_personal_question_leads_to_the_case(page: Page) -> None:
    page.goto("/handbook")
    page.fill("#question", "我的什么时候到期")
    page.click("#ask")
    expect(page.locator("#answer a.button")).to_have_attribute("href", "/status")


def test_two_questions_are_answered_each(page: Page) -> None:
    page.goto("/handbook")
    page.fill("#question", "很多人一起来，要选几个代表？可以请人代办吗？")
    page.click("#ask")
    expect(page.locator("#answer .notice")).to_have_count(2)


@pytest.mark.parametrize("viewport", [HALL, PHONE])
def test_large_print_is_larger_is_kept_and_is_reset_at_the_end(page: Page, viewport: dict[str, int]) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    on_phone = viewport == PHONE
    page.goto("/handbook/urge")
    size = "parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)"
    before = page.evaluate(size)
    with page.expect_response("**/view"):
        if on_phone:
            page.click("#bar-more")
        page.click("#elder")
    assert page.evaluate(size) >= 1.25 * before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("/handbook/rate")
    assert page.evaluate(size) >= 1.25 * before
    if on_phone:
        page.click("#bar-more")
    page.click("#end")
    page.wait_for_url("**/m" if on_phone else "**/")
    expect(page.locator("#elder")).to_have_attribute("aria-pressed", "false")


def test_reading_aloud_says_the_page_in_order(page: Page) -> None:
    page.add_init_script("""
        window.said = [];
        speechSynthesis.getVoices = () => [{ lang: "zh-CN", localService: true }];
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        speechSynthesis.speak = (one) => {
          window.said.push(one.text);
          setTimeout(() => one.onend());
        };
    """)
    page.goto("/handbook/urge")
    page.click("#aloud")
    until(
        lambda: page.evaluate("window.said.length > 0 && document.getElementById('aloud').innerText === '念给我听'"),
        page,
    )
    said = page.evaluate("window.said")
    title = said.index("怎么催办")
    assert "经办单位和信访部门都会看到" in said[title + 1]
    assert len(said) == len(set(said))
    assert not any("扫一扫" in one for one in said)


def test_without_a_voice_nothing_is_offered(page: Page) -> None:
    page.add_init_script("speechSynthesis.getVoices = () => [];")
    page.route("**/api/v1/speech", lambda route: route.fulfill(json={"available": False}))
    page.goto("/handbook/urge")
    expect(page.locator("#aloud")).to_be_hidden()


@pytest.mark.parametrize(("paper", "width"), [("80mm", 80), ("a4", 210)])
def test_a_section_prints_on_its_paper(page: Page, paper: str, width: int) -> None:
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.goto(f"/handbook/print/{paper}/urge")
    page.wait_for_function("() => window.printed")
    pdf = page.pdf(prefer_css_page_size=True)
    assert abs(paper_size(pdf)[0] - width) <= 2
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1  # with its picture, where A4 has room
    shown = page.locator(".picture img").evaluate_all("them => them.filter((one) => one.offsetHeight).length")
    assert shown == (1 if paper == "a4" else 0)


def test_a_booklet_prints_on_a4(page: Page) -> None:
    page.add_init_script("window.print = () => {};")
    page.goto("/handbook/print/a4/step-by-step")
    pdf = page.pdf(prefer_css_page_size=True)
    assert abs(paper_size(pdf)[1] - 297) <= 2
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 8


def test_one_turns_from_a_section_to_the_next_and_back(page: Page) -> None:
    page.goto("/handbook/urge")
    page.click(".turn-page [rel=next]")
    page.wait_for_url("**/handbook/rate")
    page.click(".turn-page [rel=prev]")
    page.wait_for_url("**/handbook/urge")


def test_the_shared_code_opens_this_section(page: Page, app: Flask) -> None:
    page.goto("/handbook/urge")
    page.click("summary:has-text('带到手机上看')")
    assert code_on(page.locator("#share")) == f"{app.extensions['kiosk'].public_url}/handbook/urge"


@pytest.mark.parametrize("path", ["/handbook/urge", "/en/handbook", "/en/handbook/review"])
def test_pages_fit_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
