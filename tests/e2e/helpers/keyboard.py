"""Type on the kiosk's on-screen keyboard by taps."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize, expect

from tests.serving import static

SIZES: dict[str, ViewportSize] = {"upright": {"width": 1080, "height": 1920}, "wide": {"width": 1920, "height": 1080}}

# Texts typed on the screen, split into the words chosen from the candidate bar.
SPELT = {
    "钱多米": ["qian 钱", "duo 多", "mi 米"],
    "半夜打桩": ["banye 半夜", "dazhuang 打桩"],
    "拖欠工资": ["tuoqian 拖欠", "gongzi 工资"],
    "可以请人代办吗": ["keyi 可以", "qing 请", "ren 人", "daiban 代办", "ma 吗"],
    "停工": ["tinggong 停工"],
    "不服": ["bufu 不服"],
    "太吵": ["tai 太", "chao 吵"],
}


def keys(page: Page, text: str) -> None:
    for one in text:
        page.locator(".keys-rows").get_by_role("button", name=one, exact=True).tap()


def tab(page: Page, name: str) -> None:
    page.locator(".keys-tabs").get_by_role("button", name=name, exact=True).tap()


def choose(page: Page, word: str) -> None:
    """Page through the candidate bar until the word appears, and tap it."""
    choice = page.locator(".choice").get_by_text(word, exact=True)
    turn = page.get_by_role("button", name="后面的字")
    expect(page.locator(".choice").first).to_be_visible()
    for _ in range(40):
        if choice.count() or turn.is_disabled():
            break
        turn.tap()
    choice.first.tap()


# The pinyin keys with all words loaded: a bar that is still loading moves under the finger.
WORDS_ARE_HERE = f"""Promise.all([
  import('{static("js/keyboard/pinyin_words.js")}').then((one) => one.load('abcdefghjklmnopqrstwxyz')),
  import('{static("js/keyboard/pinyin_pairs.js")}').then((one) => one.loadPairs())]).then(() => true)"""


def pinyin(page: Page, letters: str, word: str) -> None:
    page.evaluate(WORDS_ARE_HERE)
    keys(page, letters)
    expect(page.locator(".keys-typed")).to_have_text(letters)
    expect(page.locator(".choice").first).to_be_visible()
    choose(page, word)


def every_field(page: Page) -> None:
    """The form with all questions shown at once; the steps are tested in test_form_steps.py."""
    page.goto("/form")
    expect(page.locator("#progress-words")).not_to_be_empty()
    page.evaluate("document.querySelectorAll('.question').forEach((one) => { one.hidden = false; })")
    page.evaluate("document.querySelectorAll('#petition-form details').forEach((one) => { one.open = true; })")


def is_clear(page: Page, selector: str) -> bool:
    """Whether the whole field is visible between the page's header and the keys."""
    return bool(
        page.evaluate(
            """(selector) => {
        const box = document.querySelector(selector).getBoundingClientRect();
        const head = document.querySelector(".top").getBoundingClientRect().bottom;
        const floor = document.querySelector(".keys").getBoundingClientRect().top;
        return box.top >= head && box.bottom <= floor;
    }""",
            selector,
        )
    )
