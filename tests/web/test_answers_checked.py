"""`POST /petitions/check`: the answers of one step are judged by the rules of the whole petition, and nothing is kept."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain import policy
from tests.factories import fresh_app, petition


def errors(client: FlaskClient, **given: Any) -> list[dict[str, str]]:
    answer = client.post("/api/v1/petitions/check", json={"given": given})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(answer.get_json()["errors"])


@pytest.mark.parametrize("given", [
    {"petitioner": {"phone": "139123456"}},
    {"petitioner": {"id_number": "110105194912310021"}},
    {"petitioner": {"name": "张三、李四"}},
    {"petitioner": {"address": "1"}},
    {"request": "钱"},
    {"facts": "长" * 20_001},
    {"proxy": {"name": "孙小禾", "phone": "12"}},
    {"representatives": [{"name": "李四", "phone": "13700137000"}, {"name": "", "phone": "13812340099"}]},
    {"representatives": [{"name": f"代表{one}", "phone": "13912345678"} for one in "甲乙丙丁戊"]},
])  # fmt: skip
def test_a_wrong_answer_is_refused_on_its_own_step_as_the_whole_petition_would_be(
    client: FlaskClient, given: dict[str, Any]
) -> None:
    (found,) = errors(client, **given)
    whole = client.post("/api/v1/petitions", json=petition(**given), headers={"Idempotency-Key": "checked-0001"})
    assert found in whole.get_json()["errors"]


def test_what_was_not_given_is_not_asked_for(client: FlaskClient) -> None:
    assert errors(client) == []
    assert errors(client, petitioner={"phone": "139 1234 5678"}) == []
    assert errors(client, representatives=[{"name": "李四", "phone": "13700137000"}]) == []
    assert errors(client, surprise="?") == []


def test_it_is_said_in_english_on_an_english_page(client: FlaskClient) -> None:
    client.set_cookie("view", "standard.en")
    (found,) = errors(client, petitioner={"phone": "139123456"})
    assert "11-digit mobile number" in found["detail"]


def test_nothing_is_stored_and_the_number_of_checks_is_limited(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_api.services.petitions.check_answers.ANSWERS_CHECKED",
                        policy.Budget("answers-checked", 3, policy.ANSWERS_CHECKED.within))  # fmt: skip
    app: Flask = fresh_app(tmp_path)
    client = app.test_client()
    for _ in range(3):
        errors(client, facts="化粪池三年没有清掏")
    answer = client.post("/api/v1/petitions/check", json={"given": {"facts": "化粪池三年没有清掏"}})
    assert (answer.status_code, answer.get_json()["code"]) == (429, "too_many_tries")
    with app.extensions["kiosk"].store._engine.connect() as store:
        for table in ("cases", "drafts", "handovers"):
            assert store.exec_driver_sql(f"select count(*) from {table}").scalar() == 0
