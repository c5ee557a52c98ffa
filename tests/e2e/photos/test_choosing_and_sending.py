"""Pictures in a real browser: the kiosk's camera, a file, and somebody's own phone."""

from __future__ import annotations

import re
import time

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from kiosk_api.domain.policy import MOST_PICTURE_BYTES
from tests.attachments.helpers import paper, photo_that_tells
from tests.attachments.sheets import encoded, written
from tests.browsers import PHONE, new_context
from tests.codes import code_on
from tests.e2e.helpers.ending import end_unsaved
from tests.e2e.helpers.photos import choose, stored, to_pictures
from tests.e2e.helpers.walk import fill_form, walk_to
from tests.factories import PASSWORD
from tests.stack import ROOT

WEB = ROOT / "kiosk_api" / "web"


def test_a_paper_photographed_at_the_kiosk_and_one_from_a_stick_reach_the_desk(kiosk: Page, app: Flask) -> None:
    to_pictures(kiosk)
    kiosk.get_by_role("button", name="拍照", exact=True).click()
    kiosk.get_by_role("button", name="拍下这张").click()
    kiosk.get_by_role("button", name="重拍").click()
    kiosk.get_by_role("button", name="拍下这张").click()
    kiosk.get_by_role("button", name="就用这张").click()
    expect(kiosk.locator(".attach-list li")).to_have_count(1)
    assert kiosk.evaluate("document.querySelector('video')") is None
    choose(kiosk, ("stick.jpg", "image/jpeg", photo_that_tells(6)), ("two.png", "image/png", paper(kind="PNG")))
    expect(kiosk.locator(".attach-list li")).to_have_count(3)
    kiosk.get_by_role("button", name="删掉第3张照片").click()
    expect(kiosk.locator(".attach-list li")).to_have_count(2)
    fill_form(kiosk)
    kiosk.check("#f-consent")
    kiosk.click("#submit")
    expect(kiosk.locator("#case-number")).to_be_visible()
    number = kiosk.locator("#case-number").inner_text()
    assert stored(app) == [(True, None), (True, None)]
    kiosk.goto("/desk/sign-in")
    kiosk.fill("input[name=username]", "office")
    kiosk.fill("input[name=password]", PASSWORD)
    kiosk.click("main button[type=submit]")
    kiosk.goto(f"/desk/cases/{number}")
    shown = kiosk.locator(".pictures img")
    expect(shown).to_have_count(2)
    for index in range(2):
        shown.nth(index).scroll_into_view_if_needed()
        kiosk.wait_for_function("at => document.querySelectorAll('.pictures img')[at].naturalWidth > 300", arg=index)


def test_refused_files_are_reported_and_the_valid_one_among_them_is_kept(kiosk: Page) -> None:
    to_pictures(kiosk)
    expect(kiosk.locator("#attachments .hint").first).to_contain_text("最多10张照片，每张不超过12兆")
    choose(
        kiosk,
        ("paper.pdf", "application/pdf", b"%PDF-1.7"),
        ("page.jpg", "image/jpeg", b"<html>"),
        ("huge.jpg", "image/jpeg", b"\xff\xd8\xff" + bytes(MOST_PICTURE_BYTES)),
        ("good.webp", "image/webp", paper(kind="WEBP")),
    )
    expect(kiosk.locator(".attach-list li")).to_have_count(1)
    trouble = kiosk.locator("#attachments [role=alert]")
    for words in ("PDF", "不是我们能收的照片", "太大"):
        expect(trouble).to_contain_text(words)


def test_the_form_asks_about_a_photo_that_was_taken_but_not_confirmed(kiosk: Page, app: Flask) -> None:
    to_pictures(kiosk)
    kiosk.get_by_role("button", name="拍照", exact=True).click()
    kiosk.get_by_role("button", name="拍下这张").click()
    keep = kiosk.get_by_role("button", name="就用这张")
    expect(keep).to_be_visible()
    kiosk.click("#back")
    expect(keep).to_be_hidden()
    kiosk.click("#next")
    expect(keep).to_be_visible()  # back and forward again: it is still there
    kiosk.click("#next")
    expect(kiosk.get_by_role("alert").filter(has_text="还没有放进来")).to_be_visible()
    expect(keep).to_be_focused()
    kiosk.get_by_role("button", name="重拍").click()
    expect(kiosk.get_by_text("还没有放进来")).to_be_hidden()
    kiosk.get_by_role("button", name="拍下这张").click()
    keep.click()
    expect(kiosk.locator(".attach-list li")).to_have_count(1)
    kiosk.get_by_role("button", name="拍照", exact=True).click()
    kiosk.get_by_role("button", name="拍下这张").click()
    kiosk.click("#next")
    kiosk.get_by_role("button", name="不要这张").click()
    expect(kiosk.get_by_text("还没有放进来")).to_be_hidden()
    kiosk.click("#next")
    expect(keep).to_be_hidden()
    assert len(stored(app)) == 1


def test_leaving_the_page_deletes_the_pictures_and_stops_the_camera(kiosk: Page, app: Flask) -> None:
    to_pictures(kiosk)
    choose(kiosk, ("a.jpg", "image/jpeg", paper()))
    expect(kiosk.locator(".attach-list li")).to_have_count(1)
    assert len(stored(app)) == 1
    kiosk.get_by_role("button", name="拍照", exact=True).click()
    expect(kiosk.get_by_role("button", name="拍下这张")).to_be_enabled()
    kiosk.evaluate("window.track = document.querySelector('video').srcObject.getTracks()[0]")
    assert kiosk.evaluate("track.readyState") == "live"
    kiosk.click("#back")
    kiosk.wait_for_function("() => track.readyState === 'ended'")
    end_unsaved(kiosk)
    kiosk.wait_for_url(re.compile(r"/$"))
    until = time.monotonic() + 20
    while stored(app) and time.monotonic() < until:
        time.sleep(0.05)
    assert stored(app) == []


def test_without_a_camera_the_button_is_hidden_and_a_message_names_other_ways(browser: Browser, base_url: str) -> None:
    context = new_context(browser, base_url)
    page = context.new_page()
    page.add_init_script("navigator.mediaDevices.enumerateDevices = async () => [];")
    to_pictures(page)
    expect(page.get_by_text("这台机器没有相机")).to_be_visible()
    expect(page.get_by_role("button", name="拍照", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="用手机传")).to_be_visible()
    context.close()


def test_a_phone_that_scans_the_code_sends_pictures_which_appear_on_the_kiosk(
    kiosk: Page, seeing: Browser, app: Flask
) -> None:
    to_pictures(kiosk)
    kiosk.get_by_role("button", name="用手机传").click()
    code = kiosk.locator(".attach-qr")
    expect(code).to_be_visible()
    url = code_on(code)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/u#[\w-]{32}", url)
    context = new_context(seeing, app.extensions["kiosk"].public_url, viewport=PHONE)
    phone = context.new_page()
    asked: list[str] = []
    phone.on("request", lambda one: asked.append(one.url))
    phone.goto(url)
    expect(phone.locator("#upload")).to_be_visible()
    assert "#" not in phone.url  # the code's token has left the address
    expect(kiosk.get_by_text("手机已经连上了")).to_be_visible()
    files = [{"name": f"{i}.jpg", "mimeType": "image/jpeg", "buffer": paper(500, 700)} for i in (1, 2)]
    phone.set_input_files("#upload-album", files)  # type: ignore[arg-type]
    expect(phone.locator("#upload-status")).to_contain_text("2张照片")
    expect(phone.locator(".attach-list img")).to_have_count(2)
    expect(phone.get_by_role("button", name="删掉")).to_have_count(0)
    expect(kiosk.locator(".attach-list li")).to_have_count(2)
    secret = url.partition("#")[2]
    assert not any(secret in one for one in asked)
    another = new_context(seeing, app.extensions["kiosk"].public_url, viewport=PHONE)
    second = another.new_page()  # of somebody who photographed the screen
    second.goto(url)
    expect(second.locator("#upload-trouble")).to_contain_text("已经用过")
    expect(second.locator("#upload")).to_be_hidden()
    another.close()
    with kiosk.expect_response(lambda one: one.url.endswith("/phone-link") and one.request.method == "DELETE"):
        kiosk.get_by_role("button", name="手机传完了").click()
    expect(kiosk.locator(".attach-qr")).to_have_count(0)
    phone.set_input_files("#upload-camera", files[:1])  # type: ignore[arg-type]
    expect(phone.locator("#upload-trouble")).to_contain_text("扫新的码")
    fill_form(kiosk)
    kiosk.check("#f-consent")
    kiosk.click("#submit")
    expect(kiosk.locator("#case-number")).to_be_visible()
    assert stored(app) == [(True, None), (True, None)]
    context.close()


@pytest.mark.parametrize(("mode", "least"), [("standard", 44), ("elder", 60), ("contrast", 44)])
def test_every_button_is_large_enough_in_every_view(kiosk: Page, mode: str, least: int) -> None:
    kiosk.goto("/form")
    kiosk.evaluate(f"document.documentElement.dataset.mode = '{mode}'")
    walk_to(kiosk, "attachments")
    choose(kiosk, ("a.jpg", "image/jpeg", paper()))
    expect(kiosk.locator(".attach-list li")).to_have_count(1)
    kiosk.get_by_role("button", name="用手机传").click()
    expect(kiosk.locator(".attach-qr")).to_be_visible()
    sizes = kiosk.evaluate("""[...document.querySelectorAll('#attachments button')]
      .map((one) => one.getBoundingClientRect()).filter((box) => box.width)
      .map((box) => Math.min(box.width, box.height))""")
    assert len(sizes) >= 4 and min(sizes) >= least
    assert kiosk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_long_screenshot_is_shown_as_it_was_kept_and_opens_as_wide_as_the_page(kiosk: Page) -> None:
    to_pictures(kiosk)
    choose(kiosk, ("chat.jpg", "image/jpeg", encoded(written(1440, 20000, 36), "JPEG")))
    picture = kiosk.locator(".attach-list img")
    expect(picture).to_have_class("long")
    assert picture.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [1440, 20000]
    expect(kiosk.get_by_text("办事的人看到的就是下面的样子")).to_be_visible()
    small = picture.bounding_box()
    kiosk.get_by_role("button", name="看第1张照片的大图").click()
    large = picture.bounding_box()
    assert small is not None and large is not None
    assert large["width"] > 2 * small["width"]
    assert large["height"] > 10 * large["width"]
    kiosk.get_by_role("button", name="看第1张照片的大图").click()
    expect(kiosk.get_by_role("button", name="看第1张照片的大图")).to_have_attribute("aria-expanded", "false")
