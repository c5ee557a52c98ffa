"""An application with officers, and a case registered there, for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.factories import fresh_app, petition


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture
def case(app: Flask) -> dict[str, Any]:
    headers = {"Idempotency-Key": "attacked-case-1"}
    answer = app.test_client().post("/api/v1/petitions", json=petition(), headers=headers)
    return dict(answer.get_json())
