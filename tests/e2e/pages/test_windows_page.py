"""找窗口: a list that always works, and a plan as soon as the bureau has said where its windows are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from kiosk_api.gateways.windows_file import load_floors, load_windows
from tests.browsers import PHONE
from tests.e2e.helpers.pages import on_the_plan
from tests.e2e.helpers.plan import PLACES, WINDOWS, with_plan


@pytest.fixture
def hall(app: Flask, tmp_path: Path) -> Flask:
    path = with_plan(tmp_path)
    ctx = app.extensions["kiosk"]
    ctx.windows[:] = load_windows(path)
    ctx.floors[:] = load_floors(path)
    return app


def test_the_bureaus_layout_is_never_invented() -> None:
    assert load_floors(WINDOWS) == []
    assert all(one.place is None for one in load_windows(WINDOWS))


def test_a_window_outside_its_floor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="court lies outside"):
        load_floors(with_plan(tmp_path, {"court": (90, 4)}))


def test_the_page_says_that_locations_are_not_announced_yet(page: Page) -> None:
    page.goto("/windows")
    expect(page.locator("#plan-unset")).to_contain_text("待公布")
    expect(page.locator(".plan")).to_have_count(0)


def test_a_touch_on_the_plan_marks_the_window_in_the_list(hall: Flask, page: Page) -> None:
    page.goto("/windows")
    expect(page.get_by_role("img", name="您在这里")).to_be_visible()
    page.get_by_role("link", name="2 法院窗口").click()
    expect(page.locator("#window-court")).to_have_class(re.compile("chosen"))
    expect(page.locator("#plan-court")).to_have_class(re.compile("chosen"))
    expect(page.locator("#window-court")).to_be_focused()


def test_the_proposal_leads_to_the_window_on_the_plan(hall: Flask, page: Page) -> None:
    page.goto("/windows")
    page.fill("#matter", "老板拖欠工资")
    page.click("#find")
    expect(page.locator("#plan-labour_arbitration")).to_have_class(re.compile("chosen"))
    expect(page.locator("#proposal a[href='#plan-title']")).to_be_visible()
    page.click("#proposal a[href='#window-labour_arbitration']")
    expect(page.locator("#window-labour_arbitration")).to_be_in_viewport()


def test_the_way_to_the_chosen_window_is_drawn_and_no_other(page: Page, app: Flask) -> None:
    on_the_plan(page, app)
    shown = page.locator(".way:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("data-to", "labour_arbitration")
    expect(page.locator("#proposal .opening")).to_contain_text("现在开着，12:00休息")
    page.click("#window-court .show-way")
    expect(shown).to_have_attribute("data-to", "court")
    expect(page.locator(".key-way:visible")).to_have_count(1)


def test_a_page_that_stays_on_the_screen_says_when_a_window_has_closed(page: Page, app: Flask) -> None:
    page.clock.install()
    on_the_plan(page, app)
    tag = page.locator("#window-court .opening")
    expect(tag).to_have_text("现在开着，12:00休息")
    expect(page.locator("#open-now")).to_have_text(re.compile(r"^现在开着\d+个。$"))
    page.clock.fast_forward("02:01:00")
    expect(tag).to_have_text("现在没开，今天13:30开")
    expect(page.locator("#open-now")).to_have_text("现在开着1个。")  # the one that never closes
    expect(page.locator("#plan-court")).not_to_have_class(re.compile("open"))


def test_each_window_on_the_plan_is_large_enough_to_tap_on_a_phone(hall: Flask, page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/windows")
    for key in PLACES:
        box = page.locator(f"#plan-{key}").bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 60


@pytest.mark.parametrize(
    ("matter", "says"),
    [
        ("老板拖欠工资", "labour inspection or arbitration first"),
        ("家里煤气泄漏了没人管", "something dangerous is leaking. Please first call 110"),
        ("有点事想问问", "The petition office registers it"),
    ],
)
def test_an_english_page_gives_the_reason_in_english(page: Page, matter: str, says: str) -> None:
    page.goto("/windows")
    page.click("[name=language][value=en]")
    page.fill("#matter", matter)
    page.click("#find")
    proposal = page.locator("#proposal .notice").first
    expect(proposal).to_contain_text(says)
    expect(proposal).to_contain_text("Regulation on Petition Work, Art.")
    unquoted = re.sub("“[^”]*”", "", proposal.inner_text())
    assert not re.search("[\u4e00-\u9fff]", unquoted), unquoted
