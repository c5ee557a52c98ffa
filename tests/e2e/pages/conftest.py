"""Each test has a page of its own in a browser that stays open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page


@pytest.fixture
def page(kept_page: Page) -> Page:
    return kept_page
