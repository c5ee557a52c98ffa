"""What stands around every page: a person at the same place, the end apart, no words of the hall on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import HALL, PHONE
from tests.e2e.helpers.pages import LANGUAGES, in_each_mode
from tests.e2e.helpers.visits import nobody_comes
from tests.e2e.helpers.walk import walk_to

ADDRESSES = (
    "/",
    "/talk",
    "/form",
    "/status",
    "/handbook",
    "/handbook/time-limit",
    "/windows",
    "/verify",
    "/nothing",
    "/m",
)
DESK = {"width": 1280, "height": 800}
# what is true in front of a terminal only
OF_A_HALL = ("举手", "身后", "这台机器", "扫码枪", "U盘", "咨询台", "大厅工作人员", "打印", "取走回执")

_PLACES = """() => { const at = (id) => { const box = document.getElementById(id).getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom].map(Math.round); };
  const views = document.querySelector(".view-tools").getBoundingClientRect();
  return { staff: at("staff"), end: at("end"), views: [views.left, views.top, views.right, views.bottom].map(Math.round) }; }"""


def test_a_person_is_called_at_the_same_place_of_every_page_and_the_end_is_apart(page: Page) -> None:
    places: dict[str, set[tuple[int, ...]]] = {"hall": set(), "desk": set(), "phone": set()}
    wrong = []
    for address in ADDRESSES:
        page.goto(address)
        for name, size in (("hall", HALL), ("desk", DESK), ("phone", PHONE)):
            if address == "/m" and name != "phone":
                continue  # made for phones
            page.set_viewport_size(size)  # type: ignore[arg-type]
            if name == "phone":
                page.click("#bar-more")
            found = page.evaluate(_PLACES)
            places[name].add(tuple(found["staff"][:2]))
            staff, views, end = found["staff"], found["views"], found["end"]
            apart = end[1] >= views[3] + 4 if name == "phone" else end[0] >= views[2] + 16 and staff[2] <= views[0]
            if not apart:
                wrong.append(f"{address}, {name}: {found}")
        said = page.inner_text("body")
        wrong += [f"{address}: {one}" for one in OF_A_HALL if one in said]
    assert not wrong, "\n".join(wrong)
    assert {name: len(found) for name, found in places.items()} == {"hall": 1, "desk": 1, "phone": 1}, places


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_of_a_desk_is_one_line_in_large_print_and_the_doors_of_a_terminal_are_in_its_first_screen(
    page: Page, base_url: str, language: str
) -> None:
    page.context.add_cookies([{"name": "view", "value": f"elder.{language}", "url": base_url}])
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/talk")
    two_lines = """() => document.querySelector("#end").getBoundingClientRect().top
      > document.querySelector(".brand").getBoundingClientRect().bottom - 4"""
    assert in_each_mode(page, two_lines) == {"standard": False, "elder": False, "contrast": False}
    page.set_viewport_size(HALL)  # type: ignore[arg-type]
    page.goto("/")
    clear = """() => { const box = (one) => document.querySelector(one).getBoundingClientRect();
      return box(".doors").bottom <= box("#tools").top && box(".now").left >= box(".names").right && box(".now").right <= innerWidth; }"""
    assert in_each_mode(page, clear) == {"standard": True, "elder": True, "contrast": True}


def test_the_end_asks_once_where_something_would_be_lost_and_not_where_nothing_would(page: Page) -> None:
    page.goto("/form")
    page.click("#end")
    page.wait_for_url(re.compile(r"\d/$"))
    page.goto("/form")
    walk_to(page, "name")
    page.click("#end")
    expect(page.locator("#end-asked")).to_contain_text("还没提交的会清掉")
    page.click("#end-not")
    expect(page.locator("#end-asked")).to_have_count(0)
    expect(page.locator("#end")).to_be_focused()
    assert page.url.endswith("/form")
    page.click("#end")
    page.click("#end-all")
    page.wait_for_url(re.compile(r"\d/$"))


def test_a_terminal_that_nobody_touches_invites_and_the_touch_that_wakes_it_opens_no_door(own_page: Page) -> None:
    page = own_page
    page.clock.install()
    page.goto("/")
    page.clock.run_for(59_000)
    expect(page.locator("#attract")).to_be_hidden()
    page.clock.run_for(2_000)
    expect(page.locator("#attract")).to_contain_text("有事想反映？")
    expect(page.locator("#attract button")).to_be_focused()  # what a screen reader says then
    box = page.locator(".doors a").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    expect(page.locator("#attract")).to_be_hidden()
    assert page.url.endswith("/") and page.locator(".doors").is_visible()
    nobody_comes(page, 91_000)  # once touched, the visit is ended before it invites again


def test_it_begins_in_the_usual_view_and_never_over_a_dialog(own_page: Page, base_url: str) -> None:
    page = own_page
    page.context.add_cookies([{"name": "view", "value": "elder.en", "url": base_url}])
    page.clock.install()
    page.goto("/")
    page.evaluate("document.querySelector('#idle').showModal()")
    page.clock.run_for(61_000)
    expect(page.locator("#attract")).to_be_hidden()
    page.evaluate("document.querySelector('#idle').close()")
    page.clock.run_for(61_000)
    expect(page.locator("html")).to_have_attribute("data-mode", "standard")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_nobody_is_invited_on_a_phone_or_at_a_desk(own_page: Page) -> None:
    page = own_page
    page.clock.install()
    page.goto("/")
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.clock.run_for(130_000)
        expect(page.locator("#attract")).to_be_hidden()
