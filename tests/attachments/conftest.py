"""An application with officers and its client, for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import fresh_app, reading


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = fresh_app(tmp_path, officers=True, KIOSK_PUBLIC_URL="http://127.0.0.1:8000")
    made.extensions["kiosk"].understanding.reading = reading()
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
