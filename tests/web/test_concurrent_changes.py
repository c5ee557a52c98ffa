"""Two people change one case at the same moment: the second must read it again first."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_api.domain.errors import CaseChanged
from tests.factories import fresh_app, register


def test_a_change_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)
    number = register(app)["case_number"]
    store = app.extensions["kiosk"].store
    with store.read() as records:
        first, second = records.cases.by_number(number), records.cases.by_number(number)
    with store.write() as records:
        records.cases.save(first, [])
    with pytest.raises(CaseChanged), store.write() as records:
        records.cases.save(second, [])


def test_the_answer_is_a_conflict_that_says_what_to_do(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)

    @app.get("/api/v1/changed")
    def changed() -> None:
        number = register(app)["case_number"]
        with app.extensions["kiosk"].store.write() as records:
            case = records.cases.by_number(number)
            case.version -= 1
            records.cases.save(case, [])

    answer = app.test_client().get("/api/v1/changed")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "case_changed")
    assert "再打开" in answer.get_json()["detail"]
