"""The handbook's pictures of the kiosk, taken of the pages as they are.

`make pictures` takes them anew; the suite walks the same pages and fails when a picture is missing,
is not named by any section, or shows a page of another shape.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_citizen_pages import app, base_url  # noqa: F401
from tests.e2e.walk import fill_form

CITIZENS = Path(__file__).resolve().parents[2] / "handbook" / "citizens"
PICTURES = CITIZENS / "pictures"
SIZE = {"width": 720, "height": 1080}


@pytest.fixture
def page(browser: Browser, base_url: str) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(viewport=SIZE, locale="zh-CN", base_url=base_url)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def home(page: Page, app: Flask) -> None:  # noqa: F811
    page.goto("/")


def talk(page: Page, app: Flask) -> None:  # noqa: F811
    app.extensions["kiosk"].assistant.messages = [
        {"custom": {"text": "记下了。请问您怎么称呼？", "expects": "petitioner_name"}}]
    page.goto("/talk")
    page.fill("#say", "小区旁边的工地每天半夜还在打桩，老人孩子睡不着")
    page.click("#send")
    expect(page.locator(".reply")).to_contain_text("怎么称呼")


def check(page: Page, app: Flask) -> None:  # noqa: F811
    page.goto("/form")
    fill_form(page)
    expect(page.locator("#submit")).to_be_visible()


def receipt(page: Page, app: Flask) -> None:  # noqa: F811
    check(page, app)
    page.check("#f-consent")
    page.click("#submit")
    expect(page.locator("#qr")).to_be_visible()


def status(page: Page, app: Flask) -> None:  # noqa: F811
    page.goto("/status")


def handbook(page: Page, app: Flask) -> None:  # noqa: F811
    page.goto("/handbook")
    page.fill("#question", "可以请人代办吗")
    page.click("#ask")
    expect(page.locator("#answer .notice")).to_be_visible()


WALKS: dict[str, Callable[[Page, Flask], None]] = {
    "home": home, "talk": talk, "check": check, "receipt": receipt, "status": status,
    "handbook": handbook,
}


@pytest.mark.parametrize("name", WALKS)
def test_the_picture_shows_the_page(page: Page, app: Flask, name: str) -> None:  # noqa: F811
    WALKS[name](page, app)
    page.evaluate("scrollTo(0, 0)")
    shot = cv2.imdecode(np.frombuffer(page.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    path = PICTURES / f"{name}.webp"
    if os.environ.get("KIOSK_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        assert cv2.imwrite(str(path), shot, [cv2.IMWRITE_WEBP_QUALITY, 80])
    kept = cv2.imread(str(path))
    assert kept is not None, f"make pictures: {path.name} is missing"
    assert kept.shape == shot.shape
    header = (slice(0, 70), slice(0, 300))  # the band with the name: the same on every page
    assert np.abs(kept[header].astype(int) - shot[header].astype(int)).mean() < 12


def test_every_picture_is_named_by_a_section_and_every_named_one_exists() -> None:
    named = {name for path in CITIZENS.glob("*/*.md")
             for name in re.findall(r"!\[[^\]]+\]\(pictures/([a-z-]+)\.webp\)",
                                    path.read_text(encoding="utf-8"))}
    assert named == set(WALKS) == {path.stem for path in PICTURES.glob("*.webp")}
