"""Fill in the form as a person does: one question a page, up to the check page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.factories import petition


def step_of(page: Page) -> str:
    """The name of the question that shows."""
    return str(page.locator(".question:visible").get_attribute("data-step"))


def values_of(**changes: str) -> dict[str, str]:
    """The invented petition as field id (without f-) → text."""
    body = petition()
    values = {f"petitioner-{name}": value for name, value in body["petitioner"].items()}
    return values | {"request": body["request"], "facts": body["facts"]} | changes


def go_on(page: Page) -> None:
    """Press 下一步 and wait for the next question."""
    before = step_of(page)
    page.click("#next")
    expect(page.locator(f"[data-step={before}]")).to_be_hidden()


def walk_to(page: Page, step: str, **changes: str) -> None:
    """Answer each question until `step` shows."""
    values = values_of(**changes)
    while step_of(page) != step:
        section = page.locator(".question:visible")
        for name, value in values.items():
            if section.locator(f"#f-{name}").count():
                page.fill(f"#f-{name}", value)
        go_on(page)


def ask_for_another(page: Page, step: str = "relation", **changes: str) -> None:
    """File for another person, up to `step`."""
    walk_to(page, "who", **changes)
    page.check("[name=who][value=other]")
    walk_to(page, "relation", **{"proxy-name": "孙小禾", "proxy-phone": "13812340099"} | changes)
    if step != "relation":
        page.check("[name='proxy.relation'][value=child]")
        walk_to(page, step, **changes)


def fill_form(page: Page, **changes: str) -> None:
    """Answer everything, up to the check page."""
    walk_to(page, "check", **changes)


def change(page: Page, step: str, **values: str) -> None:
    """From the check page: 修改, new text, and back to the check page."""
    page.click(f"[data-change={step}] >> nth=0")
    for name, value in values.items():
        page.fill(f"#f-{name}", value)
    page.click("#next")
    expect(page.locator("#step-check")).to_be_visible()
