"""An application, held to its published contract, and its client for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.base.context import Context
from tests.factories import fresh_app
from tests.published import watch


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = fresh_app(tmp_path, officers=True)
    unpublished = watch(made)
    yield made
    assert not unpublished


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def ctx(app: Flask) -> Context:
    """What the application's use cases are called with."""
    context: Context = app.extensions["kiosk"]
    return context
