"""用身份证填: from the shot to the filled fields, without a card, without a camera, and while the reader is away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from kiosk_api.domain.cards import PrintedLine
from kiosk_api.services.base.terminal_ports import CardReaderBusy
from tests.browsers import BROWSER_ARGS, chromium_path, new_context
from tests.cards.drawn import front, on_table
from tests.cards.film import film
from tests.cards.lines import ADDRESS, FRONT, NAME, NUMBER
from tests.e2e.helpers.visits import until
from tests.e2e.helpers.walk import walk_to
from tests.serving import error_free

_OFF = "!document.querySelector('video') && seen.length > 0 && seen.every((one) => one.getTracks().every((track) => track.readyState === 'ended'))"
_WATCHED = """() => { const media = navigator.mediaDevices; const ask = media.getUserMedia.bind(media); window.seen = [];
  media.getUserMedia = async (wish) => { const came = await ask(wish); seen.push(came); return came; }; }"""


@dataclass
class Reader:
    """Sees `lines` in every photo once `go` is set; keeps the photos for the test to look at."""

    lines: list[PrintedLine] | Exception = field(default_factory=lambda: FRONT)
    on: bool = True
    photos: list[bytes] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)

    def is_on(self) -> bool:
        return self.on

    def read(self, photo: bytes) -> list[PrintedLine]:
        self.photos.append(photo)
        assert self.go.wait(20)
        if isinstance(self.lines, Exception):
            raise self.lines
        return self.lines


@pytest.fixture
def reader(app: Flask) -> Reader:
    made = Reader()
    made.go.set()
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], card_reader=made)
    return made


@pytest.fixture(scope="module")
def seeing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera sees a card on a table."""
    path = film(on_table(front()), tmp_path_factory.mktemp("film") / "card.mjpeg")
    camera = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    ]
    running = browser.browser_type.launch(executable_path=chromium_path(), headless=True, args=[*BROWSER_ARGS, *camera])
    yield running
    running.close()


@pytest.fixture
def kiosk(seeing: Browser, base_url: str, reader: Reader) -> Iterator[Page]:
    with error_free(new_context(seeing, base_url, permissions=["camera"])) as opened:
        yield opened


def to_name(page: Page) -> None:
    page.goto("/form")
    page.evaluate(_WATCHED)
    walk_to(page, "name")


def button(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).and_(page.locator(":visible")).click()


def shoot(page: Page) -> None:
    button(page, "用身份证填")
    expect(page.get_by_role("button", name="拍身份证")).to_be_enabled()
    button(page, "拍身份证")


def test_from_the_shot_to_the_filled_fields(kiosk: Page, reader: Reader) -> None:
    to_name(kiosk)
    shoot(kiosk)
    read = kiosk.locator(".card-read")
    for words in (NAME, "110105 19491231 002X", "校验正确", ADDRESS):
        expect(read).to_contain_text(words)
    expect(kiosk.locator(".card-panel")).to_contain_text("照片已经丢掉，没有保存。")
    assert kiosk.input_value("#f-petitioner-name") == "", "nothing is filled in before it was checked"
    assert kiosk.evaluate(_OFF), "the camera is off while people read"
    assert len(reader.photos) == 1
    assert reader.photos[0].startswith(b"\xff\xd8\xff")
    button(kiosk, "对，填上")
    for path, value in (("name", NAME), ("id_number", NUMBER), ("address", ADDRESS)):
        expect(kiosk.locator(f"#f-petitioner-{path}")).to_have_value(value)
    expect(kiosk.locator(".card-panel")).to_have_count(0)


def test_what_was_not_read_is_left_to_be_typed(kiosk: Page, reader: Reader) -> None:
    reader.lines = [replace(one, text=NUMBER[:-1] + "1") if one.text == NUMBER else one for one in FRONT]
    to_name(kiosk)
    kiosk.evaluate("document.getElementById('f-petitioner-id_number').value = 'typed'")
    shoot(kiosk)
    expect(kiosk.locator(".card-read")).to_contain_text("没读出来，请自己填")
    expect(kiosk.locator(".card-read")).not_to_contain_text("校验正确")
    button(kiosk, "对，填上")
    expect(kiosk.locator("#f-petitioner-name")).to_have_value(NAME)
    assert kiosk.input_value("#f-petitioner-id_number") == "typed"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "没读出来"),
        ([PrintedLine("居民身份证", 0, 0, 9, 9, 1)], "没读出来"),
        (CardReaderBusy(), "正在读别人的证件"),
    ],
)
def test_a_failed_try_says_what_to_do_and_can_be_repeated(
    kiosk: Page, reader: Reader, lines: list[PrintedLine] | Exception, said: str
) -> None:
    reader.lines = lines
    to_name(kiosk)
    shoot(kiosk)
    expect(kiosk.get_by_role("alert").and_(kiosk.locator(":visible"))).to_contain_text(said)
    reader.lines = FRONT
    button(kiosk, "再拍一次")
    button(kiosk, "拍身份证")
    expect(kiosk.locator(".card-read")).to_contain_text(NAME)
    button(kiosk, "不要了")
    assert kiosk.input_value("#f-petitioner-name") == ""


def test_leaving_the_step_while_it_reads_drops_the_answer(kiosk: Page, reader: Reader) -> None:
    reader.go.clear()
    to_name(kiosk)
    shoot(kiosk)
    until(lambda: len(reader.photos) == 1, kiosk)
    kiosk.click("#back")
    reader.go.set()
    expect(kiosk.locator(".card-panel")).to_have_count(0)
    kiosk.click("#next")
    expect(kiosk.locator(".card-read")).to_have_count(0)
    expect(kiosk.get_by_role("button", name="用身份证填").and_(kiosk.locator(":visible"))).to_have_count(1)
    assert kiosk.evaluate(_OFF)


def test_without_a_reader_there_is_no_button(kiosk: Page, reader: Reader) -> None:
    reader.on = False
    with kiosk.expect_response("**/api/v1/card"):
        to_name(kiosk)
    kiosk.fill("#f-petitioner-name", NAME)
    expect(kiosk.get_by_role("button", name="用身份证填")).to_have_count(0)


def test_without_a_camera_nobody_is_asked(page: Page, reader: Reader) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto("/form")
    walk_to(page, "name")
    page.fill("#f-petitioner-name", NAME)
    assert not [one for one in asked if "card" in one.rsplit("/", 1)[1] and not one.endswith("card_fill.js")]
    expect(page.get_by_role("button", name="用身份证填")).to_have_count(0)


def test_a_camera_that_is_refused_leaves_the_keyboard(kiosk: Page, reader: Reader) -> None:
    to_name(kiosk)
    kiosk.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('refused')); }")
    button(kiosk, "用身份证填")
    expect(kiosk.get_by_role("alert").and_(kiosk.locator(":visible"))).to_contain_text("请自己填写")
    button(kiosk, "自己填")
    expect(kiosk.locator(".card-panel")).to_have_count(0)
    assert not reader.photos
