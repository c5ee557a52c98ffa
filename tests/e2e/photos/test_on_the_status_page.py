"""Papers found after registering, added on the status page in a real browser."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.attachments.helpers import paper, photo_that_tells
from tests.browsers import PHONE, new_context
from tests.codes import code_on
from tests.e2e.helpers.ending import end_unsaved
from tests.e2e.helpers.photos import choose, open_case, stored
from tests.e2e.helpers.visits import until
from tests.factories import register
from tests.serving import error_free


def test_papers_found_later_are_added_on_the_status_page_and_appear_in_the_history(kiosk: Page, app: Flask) -> None:
    number = open_case(kiosk, app)
    kiosk.locator("summary", has_text="补交材料照片").click()
    kiosk.fill("#f-pictures_tail", "5678")
    kiosk.click("#pictures")
    expect(kiosk.locator("#error-pictures_attachments")).to_contain_text("请先拍好或选好照片")
    kiosk.get_by_role("button", name="拍照", exact=True).click()
    kiosk.get_by_role("button", name="拍下这张").click()
    kiosk.get_by_role("button", name="就用这张").click()
    choose(kiosk, ("stick.jpg", "image/jpeg", photo_that_tells(6)))
    expect(kiosk.locator(".attach-list li")).to_have_count(2)
    kiosk.click("#do-urge > summary")
    kiosk.click("#urge")  # another step, which redraws the page
    expect(kiosk.locator("#no-urge")).to_contain_text("刚催过")
    expect(kiosk.locator(".attach-list li")).to_have_count(2)
    kiosk.fill("#f-pictures_tail", "0000")
    kiosk.click("#pictures")
    expect(kiosk.locator("#error-pictures_tail")).to_contain_text("对不上")
    kiosk.fill("#f-pictures_tail", "5678")
    kiosk.click("#pictures")
    expect(kiosk.locator("#notice")).to_contain_text("2张照片已经放进这件事里")
    expect(kiosk.locator("#timeline li").last).to_contain_text("补交材料照片（2张照片）")
    expect(kiosk.locator(".attach-list li")).to_have_count(0)
    assert stored(app) == [(True, None), (True, None)]
    expect(kiosk.locator("#case-number")).to_have_text(number)


def test_the_code_for_a_phone_works_on_the_status_page_too(kiosk: Page, seeing: Browser, app: Flask) -> None:
    open_case(kiosk, app)
    kiosk.locator("summary", has_text="补交材料照片").click()
    kiosk.get_by_role("button", name="用手机传").click()
    code = kiosk.locator(".attach-qr")
    context = new_context(seeing, app.extensions["kiosk"].public_url, viewport=PHONE)
    phone = context.new_page()
    phone.goto(code_on(code))
    expect(phone.locator("#upload")).to_be_visible()
    sent = [{"name": "1.jpg", "mimeType": "image/jpeg", "buffer": paper(500, 700)}]
    phone.set_input_files("#upload-album", sent)  # type: ignore[arg-type]
    expect(kiosk.locator(".attach-list li")).to_have_count(1)
    context.close()


def test_leaving_the_status_page_deletes_pictures_that_were_not_handed_in(kiosk: Page, app: Flask) -> None:
    open_case(kiosk, app)
    kiosk.locator("summary", has_text="补交材料照片").click()
    choose(kiosk, ("a.jpg", "image/jpeg", paper()))
    expect(kiosk.locator(".attach-list li")).to_have_count(1)
    end_unsaved(kiosk)
    kiosk.wait_for_url(re.compile(r"/$"))
    until(lambda: stored(app) == [], kiosk)


def test_a_closed_case_takes_no_pictures_and_a_number_alone_asks_for_the_code(kiosk: Page, app: Flask) -> None:
    number = open_case(kiosk, app)
    kiosk.locator("summary", has_text="撤回").click()
    kiosk.fill("#f-withdraw_tail", "5678")
    kiosk.click("#withdraw")
    expect(kiosk.locator("#no-pictures")).to_contain_text("不能再补照片")
    expect(kiosk.locator("#pictures-box")).to_have_count(0)
    other = register(app, "by-number-1")["case_number"]
    assert other != number
    kiosk.goto("/status")
    kiosk.fill("#f-case_number", other)
    kiosk.fill("#f-phone_tail", "5678")
    kiosk.click("#look")
    expect(kiosk.locator("#no-pictures")).to_contain_text("二维码")


def test_on_ones_own_phone_photos_are_chosen_there_and_no_code_is_offered(
    seeing: Browser, base_url: str, app: Flask
) -> None:
    context = new_context(seeing, base_url, viewport=PHONE)
    with error_free(context) as phone:
        open_case(phone, app)
        phone.locator("summary", has_text="补交材料照片").click()
        expect(phone.get_by_role("button", name="从手机里选照片")).to_be_visible()
        expect(phone.get_by_role("button", name="用手机传")).to_be_hidden()
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
