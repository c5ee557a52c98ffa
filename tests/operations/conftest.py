"""An application with officers, and its figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from tests.factories import fresh_app
from tests.operations.machine import Machine, run_once

Figures = Callable[[], dict[str, Metric]]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path / "data", officers=True)


@pytest.fixture
def figures(app: Flask) -> Figures:
    """Reads `/metrics` as a program on this machine."""

    def read() -> dict[str, Metric]:
        answer = app.test_client().get("/metrics")
        assert answer.status_code == 200
        return {one.name: one for one in text_string_to_metric_families(answer.get_data(as_text=True))}

    return read


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """API and worker as the units start them, run once for all tests of a process."""
    return run_once(tmp_path_factory.mktemp("machine"))
