"""The ended case of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.services.base.context import Context
from tests.audit.world import run, small_app
from tests.retention.world import YEARS, ended, full


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """One ended case with all that a case can have, and two that are open."""
    made = small_app(tmp_path, KIOSK_KEEP_CASES_YEARS=str(YEARS))
    ended(made)
    return made


@pytest.fixture
def case(app: Flask) -> dict[str, str]:
    """Number and token of the ended case."""
    ctx, number = app.extensions["kiosk"], full(app)
    token = "T" * 32
    run(
        ctx,
        "UPDATE cases SET token_mark = :mark WHERE case_number = :n",
        mark=ctx.marks.mark("case.token", token),
        n=number,
    )
    return {"number": number, "token": token}


@pytest.fixture
def ctx(app: Flask) -> Context:
    found: Context = app.extensions["kiosk"]
    return found
