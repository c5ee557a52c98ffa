"""A receipt held to a scanner, pasted, or shown to a camera opens its case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import qrcode
from flask import Flask
from playwright.sync_api import Page, expect

from kiosk_api.domain.cards import PrintedLine
from tests.browsers import BROWSER_ARGS, chromium_path
from tests.e2e.helpers.scanner import scan
from tests.e2e.helpers.visits import until
from tests.factories import register

PUBLIC = "http://192.0.2.7:8080"  # an address of another machine: only its token counts


def test_a_scanner_typing_the_receipts_address_opens_the_case(page: Page, app: Flask, base_url: str) -> None:
    case = register(app)
    page.goto("/status")
    expect(page.locator("#no-camera")).to_be_visible()  # the script has run
    before = page.evaluate("history.length")
    scan(page, f"{PUBLIC}/r#{case['lookup_token']}")
    expect(page.locator("#case-number")).to_have_text(case["case_number"])
    assert page.url == f"{base_url}/status"
    assert page.evaluate("history.length") == before
    expect(page.locator("#withdraw-form")).to_have_count(1)  # opened by token


def test_a_scan_into_a_field_leaves_no_address_in_it(page: Page, app: Flask) -> None:
    case = register(app)
    page.goto("/status")
    expect(page.locator("#no-camera")).to_be_visible()
    page.focus("#f-case_number")
    scan(page, f"{PUBLIC}/r#{case['lookup_token']}")
    expect(page.locator("#case-number")).to_be_visible()
    assert page.input_value("#f-case_number") == ""


def test_a_scanned_number_still_asks_for_the_phones_last_four(page: Page, app: Flask) -> None:
    case = register(app)
    page.goto("/status")
    expect(page.locator("#no-camera")).to_be_visible()
    scan(page, case["case_number"])
    assert page.input_value("#f-case_number") == case["case_number"]
    expect(page.locator("#f-phone_tail")).to_be_focused()
    expect(page.locator("#summary")).to_be_hidden()
    page.keyboard.type("5678\n", delay=90)
    expect(page.locator("#case-number")).to_have_text(case["case_number"])


def test_slow_typing_is_not_taken_for_a_scanner(page: Page, app: Flask) -> None:
    case = register(app)
    page.goto("/status")
    expect(page.locator("#no-camera")).to_be_visible()
    page.focus("#f-case_number")
    page.keyboard.type(case["case_number"] + "\n", delay=90)
    expect(page.locator("#error-phone_tail")).to_be_visible()


@pytest.mark.parametrize("text", ["{}/r#{}", " {}/r#{}\n"])
def test_a_pasted_address_opens_the_case(page: Page, app: Flask, text: str) -> None:
    case = register(app)
    page.goto("/status")
    expect(page.locator("#no-camera")).to_be_visible()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text", text);
        document.body.dispatchEvent(new ClipboardEvent("paste",
          { clipboardData: data, bubbles: true, cancelable: true })); }""",
        text.format(PUBLIC, case["lookup_token"]),
    )
    expect(page.locator("#case-number")).to_have_text(case["case_number"])


def test_a_changed_link_opens_the_case(page: Page, app: Flask) -> None:
    case = register(app)
    for tail in ("#wechat_redirect", "&from=singlemessage", "。", "%E3%80%82"):
        page.goto("about:blank")
        page.goto(f"/r#{case['lookup_token']}{tail}")
        expect(page.locator("#case-number")).to_have_text(case["case_number"])


def test_a_link_without_its_token_asks_nobody(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto("/r#short")
    expect(page.locator("#busy")).to_contain_text("链接不完整")
    assert not any("/cases/lookup" in url for url in asked)


def test_a_scan_that_is_no_receipt_is_told(page: Page) -> None:
    page.goto("/status")
    expect(page.locator("#no-camera")).to_be_visible()
    page.focus("#f-case_number")
    scan(page, "https://qr.alipay.example/fkx0123456789abcdef")
    expect(page.locator("#busy")).to_contain_text("扫到了，但不是信访回执上的码")
    assert page.input_value("#f-case_number") == ""


def film(path: Path, text: str) -> None:
    """A Y4M film of one still picture: a QR code of `text` in the middle of grey."""
    code = qrcode.QRCode(box_size=8, border=4)
    code.add_data(text)
    picture = np.array(code.make_image().convert("L"))
    frame = np.full((480, 640), 200, np.uint8)
    picture = cv2.resize(picture, (400, 400), interpolation=cv2.INTER_NEAREST)
    frame[40:440, 120:520] = picture
    plain = np.full((240, 320), 128, np.uint8).tobytes()
    body = b"FRAME\n" + frame.tobytes() + plain + plain
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420\n" + body * 10)


@pytest.fixture
def filmed(tmp_path: Path, app: Flask, base_url: str, browser: object) -> Iterator[tuple[Page, str]]:
    """A browser of its own whose camera sees the receipt of a case; with the case's number."""
    case = register(app)
    film(tmp_path / "qr.y4m", f"{PUBLIC}/r#{case['lookup_token']}")
    running = browser.browser_type.launch(  # type: ignore[attr-defined]
        executable_path=chromium_path(),
        headless=True,
        args=[
            *BROWSER_ARGS,
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={tmp_path / 'qr.y4m'}",
        ],
    )
    opened = running.new_page(base_url=base_url)
    yield opened, case["case_number"]
    running.close()


def test_the_camera_reads_a_receipt_and_is_switched_off_again(filmed: tuple[Page, str]) -> None:
    shown, number = filmed
    asked: list[str] = []
    shown.on("request", lambda one: asked.append(one.url))
    shown.goto("/status")
    expect(shown.locator("#camera")).to_be_visible()
    assert not any("jsQR" in url for url in asked)  # 250 kB, loaded only when needed
    shown.evaluate(
        """() => { const media = navigator.mediaDevices; const ask = media.getUserMedia.bind(media);
        media.getUserMedia = async (wish) => (window.seen = await ask(wish)); }"""
    )
    shown.click("#camera")
    expect(shown.locator("#case-number")).to_have_text(number)
    assert any("jsQR" in url for url in asked)
    assert shown.evaluate("seen.getTracks().every((one) => one.readyState === 'ended')")
    expect(shown.locator("video")).to_have_count(0)


def test_cancelling_switches_the_camera_off(filmed: tuple[Page, str]) -> None:
    shown, _ = filmed
    shown.goto("/status")
    shown.evaluate(
        """() => { const media = navigator.mediaDevices; const ask = media.getUserMedia.bind(media);
        window.BarcodeDetector = class { detect() { return new Promise(() => {}); } };
        media.getUserMedia = async (wish) => (window.seen = await ask(wish)); }"""
    )
    shown.click("#camera")
    until(lambda: bool(shown.evaluate("window.seen && document.querySelector('video')?.videoWidth")), shown)
    shown.click("#camera-stop")
    assert shown.evaluate("seen.getTracks().every((one) => one.readyState === 'ended')")
    expect(shown.locator("#camera")).to_be_visible()


def test_a_failing_browser_decoder_is_replaced_by_our_own(filmed: tuple[Page, str]) -> None:
    shown, number = filmed
    shown.goto("/status")
    shown.evaluate("() => { window.BarcodeDetector = class { async detect() { throw new Error('no'); } }; }")
    shown.click("#camera")
    expect(shown.locator("#case-number")).to_have_text(number)


class NumberReader:
    """Sees the receipt's printed number in the second photo."""

    def __init__(self, number: str) -> None:
        self.number, self.photos = number, 0

    def is_on(self) -> bool:
        return True

    def read(self, photo: bytes) -> list[PrintedLine]:
        self.photos += 1
        return [] if self.photos == 1 else [PrintedLine(self.number, 10, 10, 400, 40, 0.99)]


def test_the_number_beside_a_torn_code_is_read_at_a_press(filmed: tuple[Page, str], app: Flask) -> None:
    shown, number = filmed
    reader = NumberReader(number)
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], card_reader=reader)
    shown.goto("/status")
    shown.evaluate("() => { window.BarcodeDetector = class { detect() { return new Promise(() => {}); } }; }")
    shown.click("#camera")
    shown.click("#read-number")
    expect(shown.locator("#camera-box")).to_contain_text("没有读到编号")
    shown.click("#read-number")
    expect(shown.locator("#f-case_number")).to_have_value(number)
    expect(shown.locator("#f-phone_tail")).to_be_focused()
    expect(shown.locator("video")).to_have_count(0)
    assert reader.photos == 2
