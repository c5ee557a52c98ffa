"""Steps of a person who photographs papers, and the pictures in the store."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.e2e.helpers.walk import walk_to
from tests.factories import register


def to_pictures(page: Page) -> None:
    page.goto("/form")
    walk_to(page, "attachments")
    page.get_by_role("button", name="从U盘选照片").wait_for()


def stored(app: Flask) -> list[tuple[bool, str | None]]:
    """(with a case?, expiry) of each kept picture."""
    with app.extensions["kiosk"].store._engine.connect() as connection:
        rows = connection.execute(text("SELECT case_id, expires_at FROM attachments ORDER BY seq"))
        return [(row.case_id is not None, row.expires_at) for row in rows]


def choose(page: Page, *files: tuple[str, str, bytes]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="从U盘选照片").click()
    chooser.value.set_files([{"name": n, "mimeType": m, "buffer": b} for n, m, b in files])


def open_case(page: Page, app: Flask) -> str:
    """The status page of a new case, opened by its QR code; its number."""
    case = register(app)
    page.goto(f"/r#{case['lookup_token']}")
    expect(page.locator("#steps")).to_be_visible()
    return str(case["case_number"])
