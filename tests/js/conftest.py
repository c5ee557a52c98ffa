"""A fresh node for each test, as each had a fresh page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.js.node import Scripts


@pytest.fixture
def scripts() -> Iterator[Scripts]:
    with Scripts() as running:
        yield running
