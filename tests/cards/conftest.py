"""An application, held to its published contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import fresh_app
from tests.published import watch


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = fresh_app(tmp_path)
    unpublished = watch(made)
    yield made
    assert not unpublished
