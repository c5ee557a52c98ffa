"""From talking to rating, in a real browser, with the QR read from the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browsers import PHONE, WIDE, new_context
from tests.codes import read_code
from tests.stack import Stack

SENTENCES = {
    "petitioner_name": "我叫钱多米",
    "phone": "幺三九一二三四五六七八",
    "address": "江畔区桥东街道望江社区3幢201室",
    "request": "请督促工地晚上别施工",
    "place": "望江社区旁边的工地",
    "about_unit": "不知道",
    "confirm": "确认提交",
}
OPENING = "我家旁边的工地从二月份开始天天半夜打桩，老人孩子都睡不着，打了好几次电话也没人管"


def say(page: Page, text: str) -> dict[str, Any]:
    """One turn, as a person would do it; what the server answered."""
    before = page.locator(".reply").count()
    page.fill("#say", text)
    with page.expect_response("**/api/v1/chat") as answer:
        page.click("#send")
    expect(page.locator(".reply")).not_to_have_count(before)
    return dict(answer.value.json())


def sign_in(page: Page, stack: Stack, who: str) -> None:
    lines = (stack.data_dir / "first-officers.txt").read_text(encoding="utf-8").splitlines()
    password = next(line.split("\t")[1] for line in lines if line.split("\t")[0] == who)
    page.goto(f"{stack.base_url}/desk/sign-in")
    page.fill("[name=username]", who)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")


def act(page: Page, stack: Stack, number: str, action: str, **fields: str) -> None:
    """Fill the form of one action on the desk page of the case and send it."""
    page.goto(f"{stack.base_url}/desk/cases/{number}")
    details = page.locator(f"details:has(> form input[name=action][value={action}])")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    form = details.locator("form")
    for name, value in fields.items():
        field = form.locator(f"[name=f_{name}]").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            form.locator(f"[name=f_{name}][value={value}]").check()
        else:
            field.fill(value)
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


def test_talk_receipt_qr_status_desk_and_rating(stack: Stack, browser: Browser, tmp_path: Path) -> None:
    context = new_context(browser, stack.base_url)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(stack.base_url)
    page.screenshot(path=tmp_path / "home.png")
    page.click("a[href='/talk']")

    turns = 1
    answer = say(page, OPENING)
    while not page.locator("#case-number").count():
        assert turns <= 10, answer
        assert answer["expects"] in SENTENCES, answer
        answer = say(page, SENTENCES[answer["expects"]])
        turns += 1
    assert turns <= 10
    number = page.locator("#case-number").inner_text().strip()
    assert number.startswith("XF")

    page.locator("#qr").scroll_into_view_if_needed()
    expect(page.locator("#qr")).to_be_visible()
    page.screenshot(path=tmp_path / "receipt.png")
    url = read_code((tmp_path / "receipt.png").read_bytes())
    assert url.startswith(f"{stack.base_url}/r#"), url

    phone = new_context(browser, stack.base_url, viewport=PHONE)
    status = phone.new_page()
    status.goto(url)
    expect(status.locator("#timeline")).to_contain_text("登记")
    expect(status.locator("#deadlines")).to_contain_text("转送")
    assert status.url == url, "on a phone the address is what is kept"

    desk = new_context(browser, stack.base_url, viewport=WIDE).new_page()
    sign_in(desk, stack, "office")
    act(desk, stack, number, "forward", unit="u-0209")
    desk = new_context(browser, stack.base_url, viewport=WIDE).new_page()
    sign_in(desk, stack, "unit")
    act(desk, stack, number, "accept", procedure="investigation")
    act(
        desk, stack, number, "conclude", outcome="supported", request="停止夜间施工",
        facts_and_reasons="经查属实", finding="责令工地夜间停工", legal_basis="噪声污染防治法",
    )  # fmt: skip

    status.goto("about:blank")
    status.goto(url)
    expect(status.locator("main")).to_contain_text("责令工地夜间停工")
    form = status.locator("#rate-form")
    if not form.is_visible():
        status.locator("details:has(#rate-form) > summary").click()
    form.locator("[name=petition_office][value=satisfied]").check()
    form.locator("[name=responsible_unit][value=fairly_satisfied]").check()
    form.locator("button[type=submit]").click()
    expect(status.locator("main")).to_contain_text("已经评价过")
    assert not problems
