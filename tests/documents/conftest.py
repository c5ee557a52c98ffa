"""An application, held to its published contract, for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.services.staff.accounts import add_officer
from tests.factories import PASSWORD, fresh_app
from tests.published import watch


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = fresh_app(tmp_path, officers=True, KIOSK_DOCUMENT_PREFIX="青信访", KIOSK_OFFICE_NAME="江畔区信访局")
    ctx = made.extensions["kiosk"]
    for username, unit in (("district", "u-0001"), ("district2", "u-0001"), ("city", "u-0002"),
                           ("city2", "u-0002")):  # fmt: skip
        add_officer(ctx, username, "review_unit", f"复查员{username}", unit, PASSWORD)
    unpublished = watch(made)
    yield made
    assert not unpublished
