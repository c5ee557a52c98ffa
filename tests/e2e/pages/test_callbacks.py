"""A person, really: call the hall's staff, leave a number, see what became of it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from bot.dialogue.api_answers import Office
from bot.dialogue.office import a_person
from bot.kiosk_client import KioskClient
from kiosk_api.services.staff.callbacks import act_on_callback, list_callbacks
from kiosk_api.services.staff.sign_in import sign_in
from tests.browsers import PHONE
from tests.e2e.helpers.keyboard import keys
from tests.e2e.helpers.visits import nobody_comes, traces_in_page
from tests.factories import PASSWORD, fresh_app, register
from tests.web.desk_helpers import csrf
from tests.web.desk_helpers import sign_in as sign_in_at_desk


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(
        tmp_path, officers=True, KIOSK_OFFICE_PHONE="010-6555 0199", KIOSK_OFFICE_HOURS="周一至周五 9:00—17:00"
    )


class Reached(KioskClient):
    """The API as far as this reply needs it."""

    def office(self) -> Office:
        return {"phone": "010-6555 0199", "hours": "周一至周五 9:00—17:00"}


def answered_by_the_office(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    _, officer = sign_in(ctx, "office", PASSWORD, "test")
    (line,) = list_callbacks(ctx, officer, closed=False, page=1).items
    act_on_callback(ctx, officer, line.id, "reached", "")


def test_a_number_is_left_on_the_screens_keys_and_the_answer_is_looked_up(hall: Page, app: Flask) -> None:
    hall.goto("/")
    hall.tap("#staff")
    expect(hall.locator("#staff-dialog .in-hall")).to_have_text("咨询电话：010-6555 0199")
    hall.tap("#callback-open")
    keys(hall, "13912345678")
    expect(hall.locator("#f-callback-phone")).to_have_value("13912345678")
    hall.get_by_text("上午", exact=True).tap()
    hall.tap("#callback-send")
    code = hall.locator("#callback-code").inner_text()
    expect(hall.locator("#callback-due")).to_contain_text("2026年3月3日")
    hall.tap("#staff-close")
    expect(hall.locator("#staff")).to_be_focused()
    answered_by_the_office(app)
    hall.goto("/status")
    hall.fill("#f-case_number", code)
    hall.fill("#f-phone_tail", "5678")
    hall.tap("#look")
    expect(hall.locator("#state")).to_have_text("已经答复")
    expect(hall.locator("#timeline li")).to_have_count(2)


def test_a_call_that_is_needed_no_more_is_cancelled(page: Page, app: Flask) -> None:
    left = {"phone": "13912345678"}
    answer = app.test_client().post("/api/v1/callbacks", json=left, headers={"Idempotency-Key": "cancelled"})
    page.goto("/status")
    page.fill("#f-case_number", answer.get_json()["code"].lower())
    page.fill("#f-phone_tail", "5678")
    page.click("#look")
    page.click("#callback-cancel")
    expect(page.locator("#state")).to_have_text("已经取消")
    expect(page.locator("#callback-cancel")).to_have_count(0)


def test_the_hall_is_called_while_the_desk_is_open_and_somebody_comes_only_once_taken(page: Page, app: Flask) -> None:
    page.goto("/form")
    page.click("#staff")
    expect(page.locator("#callback-open")).to_be_visible()
    expect(page.locator("#hall-call")).to_be_hidden()
    page.click("#staff-close")
    desk = app.test_client()
    sign_in_at_desk(desk, "office", PASSWORD)
    desk.get("/desk")
    page.click("#staff")
    page.click("#hall-call")
    expect(page.locator("#hall-call-state")).to_contain_text("已经通知大厅工作人员")
    expect(page.locator("#staff-dialog")).not_to_contain_text("马上来")
    listed = desk.get("/desk/callbacks").get_data(as_text=True)
    taken = listed.split('action="/desk/hall-calls/')[1].split('"')[0]
    desk.post(f"/desk/hall-calls/{taken}", data={"csrf": csrf(listed)})
    expect(page.locator("#hall-call-state")).to_contain_text("工作人员马上来")


def test_a_phone_rings_the_office_with_a_tap(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/")
    page.click("#bar-more")
    page.click("#staff")
    link = page.locator("#staff-dialog a.on-phone")
    expect(link).to_be_visible()
    assert link.get_attribute("href") == "tel:01065550199"
    expect(page.locator("#staff-dialog .in-hall")).to_be_hidden()
    expect(page.locator("#staff-dialog")).to_contain_text("周一至周五")


def test_the_talk_offers_the_dialog_and_on_a_phone_the_number(page: Page, app: Flask) -> None:
    said = a_person(Reached(), options=["给我回电话"])
    app.extensions["kiosk"].assistant.messages = [{"custom": said}]
    page.goto("/talk")
    page.fill("#say", "找个人跟我说")
    page.click("#send")
    expect(page.get_by_text("咨询电话：010-6555 0199。")).to_be_visible()
    expect(page.locator("a.option")).to_be_hidden()  # a terminal has no telephone
    page.locator(".options").get_by_role("button", name="找工作人员").click()
    expect(page.locator("#staff-dialog")).to_be_visible()
    page.click("#staff-close")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    expect(page.locator("a.option")).to_be_visible()
    assert page.locator("a.option").get_attribute("href") == "tel:01065550199"


def test_a_receipt_and_a_missed_call_ring_the_office_from_a_phone(page: Page, app: Flask) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    case = register(app)
    app.extensions["kiosk"].assistant.messages = [
        {"custom": {"text": "已经登记好了。", "case": {name: case[name] for name in ("case_number", "lookup_token")}}}
    ]
    page.goto("/talk")
    page.fill("#say", "确认提交")
    page.click("#send")
    expect(page.locator(".receipt-card a.on-phone")).to_have_attribute("href", "tel:01065550199")
    left = app.test_client().post(
        "/api/v1/callbacks", json={"phone": "13912345678"}, headers={"Idempotency-Key": "left-and-late"}
    )
    app.extensions["kiosk"].clock.advance(timedelta(days=5))
    page.goto("/status")
    page.fill("#f-case_number", left.get_json()["code"])
    page.fill("#f-phone_tail", "5678")
    page.click("#look")
    expect(page.locator("#callback-next")).to_contain_text("请直接打咨询电话")
    expect(page.locator("#case a.on-phone")).to_be_visible()


@pytest.mark.parametrize("by", ["the dialog", "the talk"])
def test_the_receipt_of_the_same_visit_has_the_code_of_the_call_back(page: Page, app: Flask, by: str) -> None:
    case = register(app)
    receipt = {"text": "已经登记好了。", "case": {name: case[name] for name in ("case_number", "lookup_token")}}
    page.goto("/talk")
    if by == "the dialog":
        page.click("#staff")
        page.click("#callback-open")
        page.fill("#f-callback-phone", "13912345678")
        page.click("#callback-send")
        code = page.locator("#callback-code").inner_text()
        page.click("#staff-close")
    else:
        left = app.test_client().post(
            "/api/v1/callbacks", json={"phone": "13912345678"}, headers={"Idempotency-Key": "left-in-a-talk"}
        )
        code = left.get_json()["code"]
        receipt["callback"] = {"code": code, "phone_tail": "5678"}
    app.extensions["kiosk"].assistant.messages = [{"custom": receipt}]
    page.fill("#say", "确认提交")
    page.click("#send")
    page.click("#print")
    page.wait_for_url("**/receipt")
    expect(page.locator("#callback-code")).to_have_text(code)
    assert code not in page.url


def test_a_number_that_was_typed_and_not_sent_goes_with_the_visit(own_page: Page) -> None:
    own_page.clock.install()
    own_page.goto("/status")
    own_page.click("#staff")
    own_page.click("#callback-open")
    own_page.fill("#f-callback-phone", "13955501357")
    nobody_comes(own_page, 90_000)
    own_page.clock.run_for(30_000)
    own_page.wait_for_url(re.compile(r"/$"))
    assert traces_in_page(own_page, ["13955501357"]) == []
