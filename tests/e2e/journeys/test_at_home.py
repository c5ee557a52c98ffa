"""From the first word on a phone to the case page that stays, whatever happens to page and network on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, request
from playwright.sync_api import Browser, Page, Route, expect

from tests.attachments.helpers import paper
from tests.bot.helpers import ANSWERS
from tests.browsers import HALL, new_context
from tests.e2e.helpers.ending import end_unsaved
from tests.e2e.helpers.phone import TALL
from tests.e2e.helpers.talking import Talking
from tests.e2e.helpers.visits import nobody_comes, until
from tests.factories import register
from tests.serving import error_free

ASKED = "#composer[data-asked={}]"
PICTURE = {"name": "1.jpg", "mimeType": "image/jpeg"}


@pytest.fixture(autouse=True)
def talking(app: Flask) -> Talking:
    """The dialogue itself answers."""
    assistant = Talking(app)
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], assistant=assistant)
    return assistant


@pytest.fixture
def phone(browser: Browser, base_url: str) -> Iterator[Page]:
    with error_free(new_context(browser, base_url, viewport=TALL, has_touch=True)) as page:
        yield page


def answer(page: Page, asked: str) -> None:
    """Answer the open question and wait for the next."""
    page.locator(ASKED.format(asked)).wait_for(state="attached")
    page.fill("#say", ANSWERS[asked])
    page.click("#send")
    page.locator(ASKED.format(asked)).wait_for(state="detached")


def tell(page: Page, until_asked: str) -> None:
    """From the first tap to an open question."""
    page.goto("/m")
    page.locator(".starter").first.tap()
    go_on(page, until_asked)


def go_on(page: Page, until_asked: str) -> None:
    while (asked := open_question(page)) != until_asked:
        answer(page, asked)


def open_question(page: Page) -> str:
    expect(page.locator("#composer[data-asked]:not([data-asked=''])")).to_be_attached()
    return str(page.get_attribute("#composer", "data-asked"))


def file_it(page: Page) -> None:
    page.get_by_role("button", name="确认提交").tap()
    expect(page.locator("#case-link")).to_be_visible()


def cases(app: Flask) -> int:
    with app.extensions["kiosk"].store._engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one())


def test_a_petition_is_filed_and_its_page_opens_again_on_another_day(
    phone: Page, app: Flask, browser: Browser, base_url: str
) -> None:
    seen: list[str] = []
    app.before_request(lambda: seen.append(f"{request.url} {dict(request.headers)}"))
    tell(phone, "confirm")
    file_it(phone)
    phone.tap("#case-link")
    expect(phone.locator("#steps")).to_be_visible()
    address = phone.url
    token = urlsplit(address).fragment
    assert len(token) == 32
    phone.reload()
    expect(phone.locator("#steps")).to_be_visible()
    assert phone.url == address
    expect(phone.locator("#keep-title")).to_be_visible()
    with error_free(new_context(browser, base_url, viewport=TALL)) as another_day:
        another_day.goto(address)
        expect(another_day.locator("#steps")).to_be_visible()
        assert another_day.url == address
    assert not [one for one in seen if token in one]
    phone.tap("#bar-back")
    expect(phone.locator("#case-link")).to_be_visible()  # the talk is where it was
    assert cases(app) == 1


def test_a_reload_in_the_middle_loses_nothing_and_keeps_no_word_on_the_phone(phone: Page, app: Flask) -> None:
    tell(phone, "phone")
    phone.reload()
    expect(phone.locator(".record-card")).to_contain_text(ANSWERS["facts"][:10])
    assert open_question(phone) == "phone"
    kept = phone.evaluate("() => [document.cookie, {...localStorage}, {...sessionStorage}, history.state]")
    assert kept[1:] == [{}, {}, None]
    assert not any(words in str(kept) for words in ANSWERS.values())
    assert phone.url.endswith("/m")
    go_on(phone, "confirm")
    file_it(phone)
    assert cases(app) == 1


def test_a_number_whose_answer_was_lost_is_there_after_a_reload(phone: Page, app: Flask) -> None:
    tell(phone, "confirm")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.route("**/api/v1/chat", lose, times=1)
    phone.get_by_role("button", name="确认提交").tap()
    expect(phone.locator("#trouble")).to_be_visible()
    phone.reload()
    expect(phone.locator("#case-link")).to_be_visible()
    assert cases(app) == 1


def test_without_a_network_the_words_stay_and_are_heard_once(phone: Page, talking: Talking) -> None:
    tell(phone, "petitioner_name")
    phone.context.set_offline(True)
    phone.fill("#say", ANSWERS["petitioner_name"])
    phone.tap("#send")
    expect(phone.locator("#trouble")).to_be_visible()
    assert phone.input_value("#say") == ANSWERS["petitioner_name"]
    phone.context.set_offline(False)
    phone.tap("#retry")
    expect(phone.locator(ASKED.format("phone"))).to_be_attached()
    assert [text for _, text in talking.received].count(ANSWERS["petitioner_name"]) == 1


def test_a_photo_goes_with_the_petition(phone: Page, app: Flask) -> None:
    tell(phone, "phone")
    phone.set_input_files("#photo input", [{**PICTURE, "buffer": paper(500, 700)}])
    expect(phone.locator(".sent-photo")).to_be_visible()
    expect(phone.locator("#busy")).to_contain_text("照片收到了")
    phone.reload()
    phone.set_input_files("#photo input", [{**PICTURE, "buffer": paper(700, 500)}])
    expect(phone.locator(".sent-photo")).to_be_visible()
    phone.set_input_files("#photo input", [{**PICTURE, "buffer": b"no picture"}])
    expect(phone.locator("#busy")).to_contain_text("不是我们能收的照片")
    go_on(phone, "confirm")
    file_it(phone)
    phone.tap("#case-link")
    expect(phone.locator("#case")).to_contain_text("2张照片")


def test_what_was_begun_in_the_hall_goes_on_at_home_and_back(
    phone: Page, browser: Browser, base_url: str, talking: Talking
) -> None:
    with error_free(new_context(browser, base_url, viewport=HALL)) as hall:
        hall.goto("/talk")
        hall.locator(".starter").first.click()
        go_on(hall, "place")
        hall.fill("#say", "先存着")
        hall.click("#send")
        expect(hall.locator("#saved-qr")).to_be_visible()
        code = hall.locator(".saved-code .code").inner_text()
        end_unsaved(hall)
        expect(hall.locator(".doors")).to_be_visible()
    phone.goto(f"/m#{code}")
    expect(phone.locator("#log")).to_contain_text("接着上次的填")
    assert phone.url.endswith("/m")
    expect(phone.locator("#log")).not_to_contain_text(code)
    answer(phone, "place")
    phone.tap("#bar-more")
    phone.tap("#hall")
    expect(phone.locator(".saved-code .code")).to_be_visible()
    expect(phone.locator("#saved-qr")).to_have_count(0)
    again = phone.locator(".saved-code .code").inner_text()
    with error_free(new_context(browser, base_url, viewport=HALL)) as hall:
        hall.goto("/talk")
        hall.fill("#say", f"接着填 {again}")
        hall.click("#send")
        assert open_question(hall) == "about_unit"


def test_the_form_takes_over_what_was_told_with_its_photos(phone: Page, app: Flask) -> None:
    tell(phone, "address")
    phone.set_input_files("#photo input", [{**PICTURE, "buffer": paper(500, 700)}])
    expect(phone.locator("#busy")).to_contain_text("照片收到了")
    phone.tap("#bar-more")
    phone.tap("#tools a[href='/form']")
    expect(phone.locator("#petition-form")).to_be_visible()
    expect(phone.locator("#f-facts")).to_have_value(ANSWERS["facts"])
    expect(phone.locator(".attach-list li")).to_have_count(1)
    phone.goto("/m")
    assert open_question(phone) == "address"  # and nothing is lost by looking at it
    go_on(phone, "confirm")
    file_it(phone)
    phone.tap("#case-link")
    expect(phone.locator("#case")).to_contain_text("1张照片")


def test_another_code_is_taken_up_in_the_page_that_is_open(phone: Page, talking: Talking) -> None:
    phone.goto("/m")
    phone.evaluate("location.hash = '#0123-4567'")
    expect(phone.locator("#log")).to_contain_text("没找到这个续填码")
    assert phone.url.endswith("/m")


def test_the_language_is_switched_in_the_middle_of_a_talk(phone: Page) -> None:
    tell(phone, "phone")
    phone.tap("#bar-more")
    phone.tap("#tools [lang=en]")
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator(".record-card")).to_be_visible()
    assert open_question(phone) == "phone"


def test_the_end_leaves_nothing_of_the_talk(phone: Page, talking: Talking, base_url: str) -> None:
    tell(phone, "phone")
    session = talking.received[-1][0]
    phone.tap("#bar-more")
    end_unsaved(phone)
    phone.wait_for_url(f"{base_url}/m")
    until(lambda: session in talking.forgotten, phone)
    assert phone.context.cookies() == []
    expect(phone.locator("#starters")).to_be_visible()
    expect(phone.locator(".reply")).to_have_count(0)


def test_a_phone_that_others_use_is_treated_like_the_screen_in_the_hall(phone: Page, app: Flask) -> None:
    tell(phone, "phone")
    phone.tap("#bar-more")
    phone.tap("#shared")
    expect(phone.locator("#shared")).to_have_attribute("aria-pressed", "true")
    phone.reload()
    expect(phone.locator("#starters")).to_be_visible()
    token = register(app)["lookup_token"]
    phone.goto(f"/r#{token}")
    expect(phone.locator("#steps")).to_be_visible()
    assert phone.url.endswith("/r")
    expect(phone.locator("#keep-title")).to_have_count(0)


def test_a_shared_phone_asks_whether_somebody_is_there(phone: Page, app: Flask) -> None:
    phone.clock.install()
    phone.goto("/m")
    phone.tap("#bar-more")
    phone.tap("#shared")
    nobody_comes(phone, 1_000 * int(phone.get_attribute("body", "data-idle-phone-seconds")))
    expect(phone.locator("#idle")).to_be_visible()


def test_a_case_page_on_ones_own_phone_is_not_cleared_by_itself(phone: Page, app: Flask) -> None:
    phone.clock.install()
    phone.goto(f"/r#{register(app)['lookup_token']}")
    expect(phone.locator("#steps")).to_be_visible()
    phone.clock.run_for(3_600_000)
    expect(phone.locator("#idle")).to_be_hidden()
    expect(phone.locator("#steps")).to_be_visible()


def test_in_the_hall_the_token_leaves_the_address_at_once(browser: Browser, app: Flask, base_url: str) -> None:
    with error_free(new_context(browser, base_url, viewport=HALL)) as hall:
        hall.goto(f"/r#{register(app)['lookup_token']}")
        expect(hall.locator("#steps")).to_be_visible()
        assert hall.url.endswith("/r")
        expect(hall.locator("#keep-title")).to_have_count(0)


def talks_kept(page: Page) -> list[dict[str, Any]]:
    return [dict(one) for one in page.context.cookies() if one["name"] == "talk"]


def test_what_the_phone_keeps_ends_by_itself_and_goes_to_the_talk_only(phone: Page) -> None:
    tell(phone, "request")
    (kept,) = talks_kept(phone)
    assert kept["path"] == "/m" and kept["sameSite"] == "Strict"
    assert 0 < kept["expires"] - phone.evaluate("Date.now() / 1000") <= 3_600


def test_the_number_and_the_link_are_what_is_seen_after_filing(phone: Page) -> None:
    tell(phone, "confirm")
    file_it(phone)
    expect(phone.locator("#case-number")).to_be_in_viewport(ratio=1)
    expect(phone.locator("#case-link")).to_be_in_viewport(ratio=1)
