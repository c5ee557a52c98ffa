"""Accounts, the people of a unit, and what waits for a unit's answer: what officers do there, also on a narrow screen."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from kiosk_api.services.staff.accounts import add_officer
from tests.desk import staff, with_officers
from tests.factories import PASSWORD, START, UNIT, register

DESK, NARROW = {"width": 1280, "height": 800}, {"width": 400, "height": 800}
OWN = "four quiet words 7"
# Axe does not judge a text that has the colour of what lies under it.
UNSEEN = """() => [...document.querySelectorAll("button")].filter((one) => {
  let at = one;
  while (at.parentElement && getComputedStyle(at).backgroundColor === "rgba(0, 0, 0, 0)") at = at.parentElement;
  return getComputedStyle(one).color === getComputedStyle(at).backgroundColor;
}).map((one) => one.innerText)"""
PICTURES = os.environ.get("KIOSK_DESK_PICTURES")


@pytest.fixture
def organised(app: Flask) -> Flask:
    with_officers(app)
    ctx = app.extensions["kiosk"]
    add_officer(ctx, "admin", "administrator", "管理员庚", None, PASSWORD)
    add_officer(ctx, "second", "responsible_unit", "经办壬", UNIT, PASSWORD)
    return app


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/desk/sign-in")
    page.fill("#username", username)
    page.fill("#password", password)
    page.click("main button[type=submit]")


def sign_out(page: Page) -> None:
    page.click("text=退出登录")


def sound(page: Page, name: str) -> None:
    """No rule of accessibility is broken and nothing lies outside, on a desk and on a narrow screen: no table of these
    pages hides a column, as the last one says what is late or what can be done."""
    for size in (NARROW, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found = [(one["id"], one["nodes"][0]["html"][:90]) for one in Axe().run(page).response["violations"]]
        assert found == [], size
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), size
        if "case" not in name:
            wide = "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).length"
            assert page.evaluate(wide) == 0, size
        assert page.evaluate(UNSEEN) == [], size
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)


def test_an_administrator_finds_the_unit_of_a_new_account_and_its_officer_begins(page: Page, organised: Flask) -> None:
    sign_in(page, "admin")
    sound(page, "accounts")
    page.fill("#username", "lina")
    page.fill("#display-name", "李娜")
    page.select_option("#role", "responsible_unit")
    page.fill("#unit", "街道")
    page.click("#create-account")
    expect(page.locator("#unit-problem")).to_contain_text("请从找到的单位里选")
    expect(page.locator("#display-name")).to_have_value("李娜")
    sound(page, "accounts-choice")
    page.get_by_label("青禾县城关街道办事处").check()
    page.click("#create-account")
    expect(page.locator("[role=status]")).to_contain_text("建好了")
    sound(page, "accounts-made")
    first = page.locator("#first-password").inner_text()
    page.get_by_role("link", name="lina", exact=True).click()
    sound(page, "account")
    page.fill("#unit", "住建局")
    page.click("text=调整")
    expect(page.locator("#unit")).to_have_value("青禾县住房和城乡建设局")
    expect(page.locator("main li").first).to_contain_text("青禾县城关街道办事处")
    sign_out(page)
    sign_in(page, "lina", first)
    expect(page.locator("main")).to_contain_text("初始密码")
    sound(page, "own-account")
    page.fill("#current", first)
    page.fill("#new", OWN)
    page.fill("#again", OWN)
    page.click("#again >> xpath=ancestor::form >> button")
    expect(page.locator("[role=status]")).to_contain_text("密码已经改好")
    expect(page.get_by_role("link", name="本单位同事")).to_be_visible()


def test_a_colleague_is_away_and_a_case_is_handed_over_and_taken_over(page: Page, organised: Flask) -> None:
    number = register(organised)["case_number"]
    staff(organised, "office", number, "forward", unit=UNIT)
    sign_in(page, "unit")
    sound(page, "list")
    page.click(f"text={number}")
    sound(page, "case")
    page.click("#take-case")
    expect(page.locator("#person-name")).to_contain_text("经办乙")
    page.select_option("#person-officer", "second")
    page.click("#give-case")
    expect(page.locator("#person-name")).to_contain_text("经办壬")
    expect(page.locator("#with-colleague")).to_contain_text("由经办壬承办")
    expect(page.locator("summary", has_text="受理并书面告知").locator("visible=true")).to_have_count(0)
    sound(page, "case-of-a-colleague")
    page.click("#take-case")
    expect(page.locator("#person-name")).to_contain_text("经办乙")
    expect(page.locator("#with-colleague")).to_have_count(0)
    expect(page.locator("summary", has_text="受理并书面告知")).to_be_visible()
    sign_out(page)

    sign_in(page, "leader")
    page.click("text=本单位同事")
    page.click("#be-away")  # nothing filled in: the browser keeps it, or the page says what is missing
    page.select_option("#away-officer", "unit")
    page.select_option("#away-deputy", "unit")
    page.fill("#away-from_on", START.date().isoformat())
    page.fill("#away-to_on", (START.date() + timedelta(days=2)).isoformat())
    page.click("#be-away")
    expect(page.get_by_role("alert")).to_contain_text("请从本单位的其他同事里选一位代办人")
    sound(page, "people-refused")
    page.select_option("#away-deputy", "second")
    page.click("#be-away")
    expect(page.locator("tbody tr", has_text="经办乙")).to_contain_text("由经办壬代办")
    sound(page, "people")
    sign_out(page)

    sign_in(page, "second")
    page.click(f"text={number}")
    expect(page.locator("#person")).to_contain_text("这几天不在，由经办壬代办")
    expect(page.locator("summary", has_text="受理并书面告知")).to_be_visible()
    sound(page, "case-of-the-stand-in")


def test_what_waits_for_a_unit_is_followed_from_the_list_to_its_answer(page: Page, organised: Flask) -> None:
    number = register(organised)["case_number"]
    staff(organised, "office", number, "forward", unit=UNIT)
    staff(organised, "office", number, "supervise", cause="delay", advice="请抓紧")
    for kind in ("improve", "policy"):
        staff(organised, "office", number, "advise", addressee=UNIT, advice_kind=kind, advice="请把夜间施工管起来")
    organised.extensions["kiosk"].clock.advance(timedelta(days=16))
    sign_in(page, "office")
    page.click("text=督办和建议")
    expect(page.get_by_role("region", name="等待答复的督办").locator("tbody tr")).to_contain_text("已超期")
    advice = page.get_by_role("region", name="等待书面反馈的建议").locator("tbody tr")
    expect(advice).to_have_count(2)
    sound(page, "oversight")
    advice.first.locator("a").click()
    page.locator("summary", has_text="反馈建议采纳情况").click()
    sound(page, "case-advice")
    form = page.locator("details", has=page.locator("summary", has_text="反馈建议采纳情况"))
    form.get_by_label("完善政策").check()
    form.get_by_label("不采纳").check()
    form.locator("textarea").fill("上级已有规定")
    form.get_by_role("button").click()
    expect(page.locator("[role=status]")).to_contain_text("已完成")
    page.click("text=督办和建议")
    expect(advice).to_have_count(1)
    expect(advice).to_contain_text("改进工作")
    expect(page.get_by_role("region", name="建议采纳情况").locator("tbody tr", has_text="完善政策")).to_contain_text(
        "1"
    )
