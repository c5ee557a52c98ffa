"""Receipts on paper and reading aloud, in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, expect

from kiosk_api.gateways.receipt_printer import DummyPrinter
from kiosk_api.gateways.speech import LocalSpeech
from tests.codes import code_on
from tests.e2e.helpers.ending import end_unsaved
from tests.e2e.helpers.visits import two_frames, until
from tests.e2e.helpers.walk import fill_form, walk_to
from tests.serving import static

CAPTION = "#caption"


_KNOWN_PLAYER = """(() => {
  window.Audio = class extends Audio { constructor() { super(); window.player = this; } };
})()"""


@pytest.fixture
def printer(app: Flask) -> DummyPrinter:
    device = DummyPrinter()
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], printer=device)
    return device


def submit(page: Page) -> None:
    page.goto("/form")
    fill_form(page)
    page.check("#f-consent")
    page.click("#submit")
    expect(page.locator("#qr")).to_be_visible()


def test_at_a_terminal_with_a_printer_the_button_prints_there(page: Page, printer: DummyPrinter, base_url: str) -> None:
    submit(page)
    page.locator("button#print[type=button]").click()
    expect(page.locator(".print-outcome")).to_contain_text("请取走回执")
    assert len(printer.job) > 10_000
    assert page.url == f"{base_url}/form"


def test_when_nothing_is_printed_the_qr_stays_large_enough_to_photograph(
    page: Page, printer: DummyPrinter, app: Flask
) -> None:
    printer.trouble = "printer_paper_out"
    submit(page)
    number = page.locator("#case-number").inner_text()
    page.locator("button#print[type=button]").click()
    alert = page.get_by_role("alert").filter(has_text="没打出来，请用手机拍下这个二维码和编号")
    expect(alert).to_contain_text("没有纸了")
    large = page.locator(".qr-large")
    expect(large).to_contain_text(number)
    box = large.locator("img").bounding_box()
    assert box and box["width"] >= 300
    text = code_on(large)
    assert "/r#" in text
    page.goto(f"/r#{text.partition('#')[2]}")  # the same on the status page
    page.locator("button#print[type=button]").click()
    expect(page.locator(".qr-large")).to_contain_text(number)


def test_the_whole_petition_prints_on_a4_with_its_token_in_no_address(page: Page, base_url: str) -> None:
    page.add_init_script("window.print = () => {};")  # the page prints itself when it opens
    submit(page)
    page.click("#print-a4")
    page.wait_for_url(f"{base_url}/receipt")
    expect(page.locator(".signature")).to_contain_text("信访人签名")
    expect(page.locator("main")).to_contain_text("*******5678")
    page.emulate_media(media="print")
    pdf = page.pdf(prefer_css_page_size=True)
    assert 1 <= pages_in(pdf) <= 2
    width, height = (float(one) for one in sizes_in(pdf)[0])
    assert (round(width), round(height)) == (595, 842)  # A4 in points
    page.evaluate("document.querySelector('.said').textContent = '夜里打桩。'.repeat(1500)")
    assert pages_in(page.pdf(prefer_css_page_size=True)) > pages_in(pdf)


def pages_in(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def sizes_in(pdf: bytes) -> list[tuple[bytes, bytes]]:
    return re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf)


@pytest.fixture
def spoken(page: Page) -> list[str]:
    """What the page asked the server to say."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/v1/speech") and request.method == "POST":
            asked.append(request.post_data_json["text"])

    page.on("request", note)
    return asked


def test_a_page_is_read_by_the_server_with_captions_until_it_is_stopped(page: Page, spoken: list[str]) -> None:
    page.add_init_script(_KNOWN_PLAYER)
    page.goto("/windows")
    button = page.locator("#aloud")
    expect(button).to_be_visible()
    button.click()
    expect(button).to_have_text("别念了")
    expect(page.locator(CAPTION)).to_have_text(spoken[0])
    assert page.locator(CAPTION).get_attribute("aria-hidden") == "true"
    assert page.evaluate("CSS.highlights.has('aloud')")
    expect(page.locator(CAPTION)).not_to_have_text(spoken[0])  # continues by itself
    button.click()
    expect(page.locator(CAPTION)).to_have_count(0)
    expect(button).to_have_text("念给我听")
    assert not page.evaluate("CSS.highlights.has('aloud')")
    count = len(spoken)
    page.evaluate("player.dispatchEvent(new Event('ended'))")  # as if the sentence came to its end
    two_frames(page)
    assert len(spoken) == count


def test_reading_ends_by_itself_after_the_last_sentence(page: Page, spoken: list[str]) -> None:
    page.goto("/windows")
    page.evaluate("document.getElementById('main').innerHTML = '<h1>您好。</h1><p>再见。</p>'")
    page.click("#aloud")
    expect(page.locator(CAPTION)).to_have_text("再见。")
    expect(page.locator(CAPTION)).to_have_count(0)
    assert spoken == ["您好。", "再见。"]
    expect(page.locator("#aloud")).to_have_text("念给我听")


def test_typed_text_is_not_read_aloud_and_the_check_page_reads_only_last_digits(
    page: Page,
) -> None:
    page.goto("/form")
    walk_to(page, "phone")
    page.fill("#f-petitioner-phone", "13912345678")
    read = (
        f"import('{static('js/core/sentences.js')}').then((one) => one.sentences("
        "document.getElementById('main')).map((each) => each.text).join('|'))"
    )
    filling = page.evaluate(read)
    assert "联系电话" in filling
    for typed in ("钱多米", "5678", "打桩"):
        assert typed not in filling
    fill_form(page)
    checking = page.evaluate(read)
    assert "钱多米" in checking
    assert "尾号5678" in checking
    assert "13912345678" not in checking


def test_without_any_voice_the_button_is_hidden(page: Page, app: Flask) -> None:
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], speech=LocalSpeech(program="no-such-speech-program"))
    with page.expect_response("**/api/v1/speech") as answer:
        page.goto("/")
    assert answer.value.json() == {"available": False}
    two_frames(page)
    expect(page.locator("#aloud")).to_be_hidden()


def test_a_failing_voice_shows_a_message_to_read_the_screen(page: Page, app: Flask) -> None:
    page.goto("/windows")
    expect(page.locator("#aloud")).to_be_visible()
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], speech=LocalSpeech(program="no-such-speech-program"))
    page.click("#aloud")
    expect(page.get_by_role("status").filter(has_text="请看屏幕上的字")).to_be_visible()
    expect(page.locator("#aloud")).to_have_text("念给我听")


_OWN_VOICE = """() => {
  const pending = [];
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const own = {
    getVoices: () => [{ localService: true, lang: "zh-CN" }], addEventListener() {},
    speak(one) { said.push(one.text); pending.push(one); },
    cancel() { for (const one of pending.splice(0)) setTimeout(() => one.onend(), 0); },
  };
  Object.defineProperty(window, "speechSynthesis", { value: own });
}"""


@pytest.mark.parametrize("own_voice", [False, True], ids=["server", "browser"])
def test_ending_the_visit_ends_reading_aloud(page: Page, spoken: list[str], own_voice: bool) -> None:
    if own_voice:
        page.add_init_script(f"({_OWN_VOICE})()")
    page.add_init_script(_KNOWN_PLAYER)
    page.goto("/form")
    fill_form(page)
    page.click("#aloud")
    expect(page.locator(CAPTION)).not_to_be_empty()
    if not own_voice:
        until(lambda: page.evaluate("player.currentTime > 0"), page)  # the sound has begun
    page.route("**/healthz", lambda route: route.abort())
    end_unsaved(page)
    expect(page.locator("#wiped")).to_be_visible()
    count = len(spoken) + (page.evaluate("said.length") if own_voice else 0)
    page.evaluate("player.dispatchEvent(new Event('ended'))")
    two_frames(page)
    assert page.evaluate("document.body.innerText").split() == ["已经清除，请重新开始", "回首页"]
    expect(page.locator(CAPTION)).to_have_count(0)
    assert page.evaluate("player.paused && !player.hasAttribute('src')")
    assert count == len(spoken) + (page.evaluate("said.length") if own_voice else 0)


def test_attendants_see_the_state_of_the_terminal(page: Page, printer: DummyPrinter, tmp_path: Path) -> None:
    printer.trouble = "printer_gone"
    page.goto("/terminal")
    expect(page.locator("#health")).to_contain_text("没有反应，请看电源和连线")
    expect(page.locator("#health")).to_contain_text("毫秒")
    # the application's clock is at its start, far from the browser's
    expect(page.locator("#health")).to_contain_text("请校准时间")
    expect(page.locator("#summary")).to_contain_text("处要看一看")
