"""The page behind the QR code shows each decision whole, the one in force first; receipt is confirmed there."""

from __future__ import annotations

from typing import Any

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browsers import HALL, PHONE
from tests.desk import OPINION, staff, with_officers
from tests.documents.steps import approved
from tests.factories import UNIT, UNIT_NAME, petition, register


def opinion_given(app: Flask) -> dict[str, Any]:
    """A case that was forwarded, accepted, extended and concluded."""
    with_officers(app)
    case = register(app)
    number = case["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "accept", procedure="investigation")
    staff(app, "unit", number, "request_extension", days="20", reason="需要检测噪声")
    staff(app, "leader", number, "extend")
    staff(app, "unit", number, "conclude", **OPINION)
    return case


def test_each_decision_is_on_the_page_and_a_change_on_review_takes_the_first_place(page: Page, app: Flask) -> None:
    case = opinion_given(app)
    page.set_viewport_size(PHONE)
    page.goto(f"/r#{case['lookup_token']}")
    shown = page.locator("#decisions .decision")
    expect(shown).to_have_count(4)
    expect(shown.first).to_contain_text("处理意见书")
    for text in (*(OPINION[name] for name in ("request", "facts_and_reasons", "finding", "legal_basis")), "支持"):
        expect(shown.first).to_contain_text(text)
    expect(page.locator("[data-kind=extension]")).to_contain_text("需要检测噪声")
    expect(page.locator("[data-kind=acceptance]")).to_contain_text("第六项")
    expect(page.locator("[data-kind=forwarding]")).to_contain_text(UNIT_NAME)
    assert "负责人戊" not in page.content()

    page.locator("summary", has_text="确认收到书面答复").click()
    page.fill("#f-received_tail", "5678")
    page.click("#received")
    expect(shown.first).to_contain_text("最晚2026年4月1日申请复查")
    expect(page.locator("#own-words")).to_contain_text(petition()["facts"])  # also after a step
    page.locator("summary", has_text="申请复查").click()
    page.fill("#f-review_tail", "5678")
    page.click("#review")
    expect(page.locator("#next")).to_contain_text("青禾县人民政府")

    staff(app, "review", case["case_number"], "decide_review", decision="changed", opinion="原意见依据不足",
          new_outcome="explained", new_result="改为逐户说明")  # fmt: skip
    page.goto("/status")
    page.goto(f"/r#{case['lookup_token']}")
    expect(shown).to_have_count(5)
    expect(shown.first).to_contain_text("改为逐户说明")
    expect(page.locator(".in-force")).to_have_count(1)
    expect(page.locator("[data-kind=opinion]")).to_contain_text("已被后面的决定代替")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_written_document_is_opened_on_a_phone_by_token_and_number_together(page: Page, app: Flask) -> None:
    case = opinion_given(app)
    one = approved(app, "unit", "leader", case["case_number"], "opinion")
    page.set_viewport_size(PHONE)
    page.goto(f"/r#{case['lookup_token']}")
    opinion = page.locator("[data-kind=opinion]")
    expect(opinion).to_contain_text(str(one.number))
    opinion.locator("summary").click()
    opinion.locator("[name=phone_tail]").fill("5678")
    with page.context.expect_event("response", lambda one: one.url.endswith("/document")) as answered:  # in a new tab
        opinion.get_by_role("button", name="打开", exact=True).click()
    assert answered.value.header_value("content-type") == "application/pdf"

    page.set_viewport_size(HALL)  # a terminal leaves no page with a name on it behind
    expect(opinion.locator("summary")).to_be_hidden()
    expect(opinion).to_contain_text("请带身份证到窗口")
