"""The handbook's pictures of the kiosk, taken of the pages as they are, in all three modes.

`make pictures` takes new ones; the suite walks the same pages and fails when a picture is missing,
is not named by any section, or shows a page that looks different by now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from kiosk_api.services.cases.receipts import build_receipt
from tests.browsers import new_context
from tests.e2e.helpers import pages
from tests.e2e.helpers.keyboard import keys
from tests.e2e.helpers.pictures import MOST_DIFFERENT, TAKE, difference, keep, shot
from tests.e2e.helpers.walk import fill_form, walk_to
from tests.factories import START, register
from tests.stack import ROOT

CITIZENS = ROOT / "handbook" / "citizens"
PICTURES = CITIZENS / "pictures"
SIZE = {"width": 1080, "height": 1920}  # a terminal in portrait orientation
KEPT = (720, 1280)
SUFFIX = {"standard": "", "elder": "-elder", "contrast": "-contrast"}
MOST_BYTES = 6_000_000
# A terminal with a camera, a voice and a reader of handwriting, whatever this machine has.
EQUIPPED = """
navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput" }];
speechSynthesis.getVoices = () => [{ lang: "zh-CN", localService: true }];
"""


@pytest.fixture
def page(browser: Browser, base_url: str) -> Iterator[Page]:
    context = new_context(browser, base_url, has_touch=True)
    context.add_init_script(EQUIPPED)
    opened = context.new_page()
    opened.clock.set_fixed_time(START)  # the server's time: days left are counted from here
    yield opened
    context.close()


def home(page: Page, app: Flask) -> None:
    page.goto("/")


def talk(page: Page, app: Flask) -> None:
    app.extensions["kiosk"].assistant.messages = [
        {"custom": {"text": "记下了。请问您怎么称呼？", "expects": "petitioner_name"}}
    ]
    page.goto("/talk")
    page.fill("#say", "小区旁边的工地每天半夜还在打桩，老人孩子睡不着")
    page.click("#send")
    expect(page.locator(".reply")).to_contain_text("怎么称呼")
    page.locator("#say").blur()


def form_who(page: Page, app: Flask) -> None:
    page.goto("/form")
    walk_to(page, "who")


def form_name(page: Page, app: Flask) -> None:
    page.goto("/form")
    walk_to(page, "name")
    page.tap("#f-petitioner-name")
    keys(page, "qian")
    expect(page.locator(".choice").first).to_have_text("钱")


def handwriting(page: Page, app: Flask) -> None:
    page.route(
        "**/api/v1/handwriting",
        lambda route: route.fulfill(json={"available": True, "candidates": ["大", "太", "天", "木", "犬", "丈"]}),
    )
    page.goto("/form")
    walk_to(page, "name")
    page.tap("#f-petitioner-name")
    page.locator(".keys-tabs").get_by_role("button", name="手写").tap()


def draw(page: Page) -> None:
    """Draw a character in the middle of the pad; after a change of size it must be drawn again."""
    if not page.locator(".pad:visible").count():
        return
    page.get_by_role("button", name="重写").tap()
    box = page.locator(".pad").bounding_box()
    assert box
    side, left = 0.8 * box["height"], box["x"] + box["width"] / 2 - 0.4 * box["height"]
    for stroke in (((0, 40), (100, 37)), ((50, 5), (46, 45), (0, 100)), ((49, 42), (65, 70), (100, 98))):
        for place, (x, y) in enumerate(stroke):
            page.mouse.move(left + side * x / 100, box["y"] + (0.1 + 0.8 * y / 100) * box["height"])
            if not place:
                page.mouse.down()
        page.mouse.up()
    expect(page.locator(".choice").first).to_have_text("大")


def form_facts(page: Page, app: Flask) -> None:
    page.goto("/form")
    walk_to(page, "facts")
    page.fill("#f-facts", "小区旁边的工地从二月起每天半夜还在打桩")
    page.tap("#f-facts")
    expect(page.locator(".keys")).to_be_visible()


def form_papers(page: Page, app: Flask) -> None:
    page.goto("/form")
    walk_to(page, "attachments")
    expect(page.get_by_role("button", name="拍照")).to_be_visible()


def form_check(page: Page, app: Flask) -> None:
    page.goto("/form")
    fill_form(page)
    expect(page.locator("#proposal strong").first).to_be_visible()


def receipt(page: Page, app: Flask) -> None:
    form_check(page, app)
    page.check("#f-consent")
    page.click("#submit")
    expect(page.locator("#qr")).to_be_visible()


def status(page: Page, app: Flask) -> None:
    page.goto("/status")
    expect(page.locator("#camera-box button")).to_be_visible()


def handbook(page: Page, app: Flask) -> None:
    page.goto("/handbook")
    page.fill("#question", "可以请人代办吗")
    page.click("#ask")
    expect(page.locator("#answer .notice")).to_be_visible()


def windows(page: Page, app: Flask) -> None:
    page.goto("/windows")
    page.fill("#matter", "老板拖欠工资")
    page.click("#find")
    expect(page.locator("#proposal .notice")).to_be_visible()


def handover(page: Page, app: Flask) -> None:
    page.goto("/form")
    walk_to(page, "facts")
    page.locator("#f-facts").blur()
    page.click("#staff")
    page.click("#staff-give")
    expect(page.locator("#handover-code")).to_be_visible()


def verify(page: Page, app: Flask) -> None:
    token = register(app)["lookup_token"]
    code = build_receipt(app.extensions["kiosk"], token).verify_code
    page.goto("/verify")
    page.fill("#code", code)
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.locator("#verdict")).to_contain_text("这张回执是真的")
    page.evaluate("document.activeElement.blur()")


WALKS: dict[str, Callable[[Page, Flask], None]] = {
    "home": home, "talk": talk, "form-who": form_who, "form-name": form_name, "handwriting": handwriting,
    "form-facts": form_facts, "form-papers": form_papers, "form-check": form_check, "receipt": receipt,
    "status": status, "handbook": handbook, "windows": windows, "handover": handover, "verify": verify,
    "proxy": pages.for_another, "case": pages.case, "are-you-there": pages.asked_whether_there,
    "offline": pages.unreachable,
}  # fmt: skip
WITH_KEYS = {"form-name", "handwriting", "form-facts"}


def shown_in(page: Page, mode: str) -> Image.Image:
    """A screenshot in one mode, from the top unless a keyboard keeps a field in view."""
    if mode != "standard":
        page.evaluate("id => document.getElementById(id).click()", mode)  # a dialog may lie over it
    expect(page.locator("html")).to_have_attribute("data-mode", mode)
    draw(page)
    if not page.locator(".keys:visible").count():
        page.evaluate("scrollTo(0, 0)")
    return shot(page).resize(KEPT, Image.Resampling.LANCZOS)


def without_code(page: Page, picture: Image.Image) -> Image.Image:
    """The picture with the QR code painted white, because every code is different."""
    box = page.locator("#qr").bounding_box() if page.locator("#qr:visible").count() else None
    if box:
        scale = KEPT[0] / SIZE["width"]
        ends = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
        picture.paste((255, 255, 255), tuple(round(one * scale) for one in ends))
    return picture


@pytest.mark.long
@pytest.mark.parametrize("name", WALKS)
def test_the_picture_shows_the_page(page: Page, app: Flask, name: str) -> None:
    WALKS[name](page, app)
    expect(page.locator(".keys")).to_be_visible(visible=name in WITH_KEYS)
    for mode, suffix in SUFFIX.items():
        now = shown_in(page, mode)
        path = PICTURES / f"{name}{suffix}.png"
        if TAKE:
            keep(now, path)
        assert path.is_file(), f"make pictures: {path.name} is missing"
        kept = Image.open(path).convert("RGB")
        different = difference(*(without_code(page, one) for one in (kept, now)))
        assert different < MOST_DIFFERENT, f"make pictures: {path.name} is old"


def test_every_picture_is_named_by_a_section_and_every_named_one_exists() -> None:
    named = {
        name
        for path in CITIZENS.glob("*/*.md")
        for name in re.findall(r"!\[[^\]]+\]\(pictures/([a-z-]+)\.png\)", path.read_text(encoding="utf-8"))
    }
    wanted = {f"{name}{suffix}" for name in WALKS for suffix in SUFFIX.values()}
    assert named == wanted == {path.stem for path in PICTURES.iterdir()}


def test_all_pictures_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES
