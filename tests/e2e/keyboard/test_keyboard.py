"""The keyboard on the kiosk's screen: whole fields filled by taps only, in a real Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import PHONE, new_context
from tests.e2e.helpers.keyboard import (
    SIZES,
    choose,
    every_field,
    is_clear,
    keys,
    pinyin,
    tab,
)
from tests.e2e.helpers.visits import two_frames
from tests.handwriting import FRAME, SIGNS

MODES = ("standard", "elder", "contrast")
LEAST_PX = {"standard": 60, "elder": 80, "contrast": 60}


def test_name_address_phone_and_id_are_filled_by_taps_only(hall: Page) -> None:
    every_field(hall)
    hall.locator("#f-petitioner-name").tap()
    pinyin(hall, "zhaoguilan", "赵桂兰")
    expect(hall.locator("#f-petitioner-name")).to_have_value("赵桂兰")
    hall.locator("#f-petitioner-phone").tap()
    keys(hall, "13900001234")
    expect(hall.locator("#f-petitioner-phone")).to_have_value("13900001234")
    hall.locator("#f-petitioner-address").tap()
    pinyin(hall, "chengguanzhenhepingcun", "城关镇和平村")
    tab(hall, "数字")
    keys(hall, "12")
    tab(hall, "拼音")
    pinyin(hall, "hao", "号")
    expect(hall.locator("#f-petitioner-address")).to_have_value("城关镇和平村12号")
    hall.locator("#f-petitioner-id_number").tap()
    keys(hall, "11010119000101001X")
    expect(hall.locator("#f-petitioner-id_number")).to_have_value("11010119000101001X")


def test_a_phrase_is_chosen_in_parts_and_the_rest_stays(hall: Page) -> None:
    every_field(hall)
    hall.locator("#f-facts").tap()
    pinyin(hall, "nongmingongtuoqian", "农民工")
    expect(hall.locator(".keys-typed")).to_have_text("tuoqian")
    choose(hall, "拖欠")
    expect(hall.locator(".keys-typed")).to_have_text("")
    keys(hall, "。")
    hall.locator(".keys").get_by_role("button", name="换行").tap()
    pinyin(hall, "women", "我们")
    expect(hall.locator("#f-facts")).to_have_value("农民工拖欠。\n我们")


def test_deleting_shows_at_once_and_can_be_undone(hall: Page) -> None:
    every_field(hall)
    hall.locator("#f-request").tap()
    keys(hall, "xinf")
    back = hall.get_by_role("button", name="删一个字")
    back.tap()
    expect(hall.locator(".keys-typed")).to_have_text("xin")
    for _ in range(3):
        back.tap()
    pinyin(hall, "xinfang", "信访")
    back.tap()
    expect(hall.locator("#f-request")).to_have_value("信")
    hall.keyboard.press("Control+z")
    expect(hall.locator("#f-request")).to_have_value("信访")


def test_the_caret_stays_where_it_was_put_and_pages_get_an_event_for_every_change(hall: Page) -> None:
    every_field(hall)
    hall.locator("#f-petitioner-phone").tap()
    keys(hall, "139999")
    expect(hall.locator("#f-petitioner-phone")).to_have_value("139999")
    hall.evaluate("""() => {
        window.inputs = 0;
        const field = document.activeElement;
        field.addEventListener("input", () => { window.inputs += 1; });
        field.setSelectionRange(3, 3);
    }""")
    keys(hall, "00")
    hall.get_by_role("button", name="删一个字").tap()
    expect(hall.locator("#f-petitioner-phone")).to_have_value("1390999")
    assert hall.evaluate("[window.inputs, document.activeElement.selectionStart]") == [3, 4]


def test_case_numbers_get_capitals_and_the_last_four_may_be_the_whole_number(hall: Page) -> None:
    hall.goto("/status")
    hall.locator("#f-case_number").tap()
    keys(hall, "XF2026-A")
    expect(hall.locator("#f-case_number")).to_have_value("XF2026-A")
    hall.locator("#f-phone_tail").tap()
    keys(hall, "13912345678")  # requested after others have used up the tries for the last four
    expect(hall.locator("#f-phone_tail")).to_have_value("13912345678")


def test_the_keyboard_layout_follows_the_assistants_question_and_sends(hall: Page) -> None:
    hall.goto("/talk")
    hall.locator("#say").tap()
    expect(hall.locator(".keys")).to_have_attribute("data-layout", "pinyin")
    pinyin(hall, "nihao", "你好")
    hall.locator(".keys").get_by_role("button", name="发送").tap()
    expect(hall.locator(".bubble.said")).to_have_text("你好")
    expect(hall.locator(".reply.theirs")).to_have_count(1)
    hall.evaluate("document.getElementById('say').inputMode = 'tel'")
    expect(hall.locator(".keys")).to_have_attribute("data-layout", "digits")
    assert is_clear(hall, "#say") and is_clear(hall, "#send")
    hall.evaluate("document.getElementById('say').dataset.keys = 'latin'")
    expect(hall.locator(".keys")).to_have_attribute("data-layout", "latin")


def test_one_tap_hides_the_keys_and_one_brings_them_back(hall: Page) -> None:
    every_field(hall)
    hall.locator("#f-petitioner-name").tap()
    tab(hall, "收起键盘")
    expect(hall.locator(".keys")).to_be_hidden()
    hall.get_by_role("button", name="打开键盘").tap()
    expect(hall.locator(".keys")).to_be_visible()
    tab(hall, "收起键盘")
    hall.locator("#f-petitioner-address").tap()
    expect(hall.locator(".keys")).to_be_visible()


def test_a_tap_on_a_button_lands_although_the_keys_go_away(hall: Page) -> None:
    every_field(hall)
    hall.fill("#f-facts", "工地停工三天")
    hall.locator("#f-place").tap()
    hall.locator("#next").tap()
    expect(hall.locator("[data-step=facts]")).to_be_hidden()


def test_the_keys_go_at_once_where_the_page_moves_the_focus_to_what_is_not_typed_into(hall: Page) -> None:
    every_field(hall)
    hall.locator("#f-facts").tap()
    expect(hall.locator(".keys")).to_be_visible()
    assert hall.evaluate("""() => {
      document.getElementById("form-title").focus();
      return document.querySelector(".keys").hidden;
    }""")


def test_the_keys_are_usable_from_a_real_keyboard_and_it_still_types(hall: Page) -> None:
    every_field(hall)
    hall.locator("#f-petitioner-name").focus()
    hall.keyboard.type("Wang ")
    hall.keyboard.insert_text("小明")  # as an input method of the system does
    expect(hall.locator("#f-petitioner-name")).to_have_value("Wang 小明")
    tab(hall, "数字")
    expect(hall.locator(".keys")).to_have_attribute("data-layout", "digits")
    hall.locator(".keys-rows button[tabindex='0']").focus()
    hall.keyboard.press("Enter")
    hall.keyboard.press("ArrowRight")
    hall.keyboard.press("Enter")
    expect(hall.locator("#f-petitioner-name")).to_have_value("Wang 小明12")
    hall.keyboard.press("Escape")
    expect(hall.locator("#f-petitioner-name")).to_be_focused()


def test_a_sign_is_drawn_and_chosen(hall: Page) -> None:
    every_field(hall)
    hall.locator("#f-request").tap()
    tab(hall, "手写")
    pad = hall.locator(".pad")
    expect(pad).to_be_visible()
    box = pad.bounding_box()
    assert box is not None
    scale = min(box["width"], box["height"]) / FRAME
    for stroke in SIGNS["大"]:
        x, y = stroke[0]
        hall.mouse.move(box["x"] + x * scale, box["y"] + y * scale)
        hall.mouse.down()
        for x, y in stroke[1:]:
            hall.mouse.move(box["x"] + x * scale, box["y"] + y * scale, steps=8)
        hall.mouse.up()
    choose(hall, "大")
    expect(hall.locator("#f-request")).to_have_value("大")


def test_without_handwriting_its_tab_is_not_there(hall: Page) -> None:
    hall.route("**/api/v1/handwriting", lambda route: route.fulfill(json={"available": False}))
    every_field(hall)
    hall.locator("#f-request").tap()
    expect(hall.locator(".keys-tabs .tab")).to_have_text(["拼音", "字母", "数字", "标点", "收起键盘"])


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("size", SIZES)
def test_keys_are_large_and_never_cover_the_field(touched: Page, base_url: str, size: str, mode: str) -> None:
    page = touched
    page.set_viewport_size(SIZES[size])
    page.context.add_cookies([{"name": "view", "value": f"{mode}.zh", "url": base_url}])
    every_field(page)
    fields = page.locator("main input:not([type=checkbox]):not([type=radio]), main textarea")
    seen = 0
    names = [f"#{fields.nth(n).get_attribute('id')}" for n in range(fields.count())]
    for one in [name for name in names if page.locator(name).is_visible()]:
        page.locator(one).tap()
        expect(page.locator(one)).to_be_focused()
        expect(page.locator(".keys")).to_be_visible()
        assert is_clear(page, one), one
        seen += 1
    assert seen >= 8
    for name in ("拼音", "手写", "字母", "数字", "标点"):
        tab(page, name)
        assert is_clear(page, one), name
        small = page.locator(".keys").evaluate(
            """(keys, least) =>
            [...keys.querySelectorAll("button")].map((one) => [one.textContent, one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < least || box.width < 60 || box.right > innerWidth
                || box.bottom > innerHeight)).map(([text, box]) => [text, box.width, box.height])""",
            LEAST_PX[mode],
        )
        assert not small, (name, small)


def test_a_phone_at_home_keeps_its_own_keyboard(browser: Browser, base_url: str) -> None:
    context = new_context(browser, base_url, viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    every_field(page)
    page.locator("#f-petitioner-name").tap()
    expect(page.locator("#f-petitioner-name")).to_be_focused()
    two_frames(page)
    expect(page.locator(".keys")).to_be_hidden()
    context.close()


def test_a_desk_with_a_mouse_keeps_its_own_keyboard(page: Page) -> None:
    every_field(page)
    page.locator("#f-petitioner-name").click()
    expect(page.locator(".keys")).to_be_hidden()
