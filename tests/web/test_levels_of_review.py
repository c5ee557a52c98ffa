"""Review and re-examination by units of the tree: each by one above the last (Art. 35, 36), and Art. 24 in the tree."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.staff.accounts import add_officer
from tests.desk import concluded, staff
from tests.factories import PASSWORD, UNIT, register

COUNTY, CITY = "u-0001", "u-0002"
UPHELD = {"decision": "upheld", "opinion": "查过案卷"}


@pytest.fixture
def case(app: Flask) -> dict[str, Any]:
    return register(app, "levels-of-review")


def reviewer_told(client: FlaskClient, case: dict[str, Any]) -> str:
    """Who has the case and acts next, as the petitioner reads it."""
    found = client.post("/api/v1/cases/lookup", json={"lookup_token": case["lookup_token"]}).get_json()
    assert found["holder"]["unit"] == found["next"]["who"]
    return str(found["holder"]["unit"])


def test_review_and_reexamination_are_decided_one_above_the_other(
    app: Flask, client: FlaskClient, case: dict[str, Any]
) -> None:
    ctx, number = app.extensions["kiosk"], case["case_number"]
    for name, unit in (("own", UNIT), ("county", COUNTY), ("county-2", COUNTY), ("city", CITY)):
        add_officer(ctx, name, "review_unit", "复查人员", unit, PASSWORD)
    concluded(app, number)
    who = {"lookup_token": case["lookup_token"], "phone_tail": "5678"}
    client.post("/api/v1/cases/review", json=who, headers={"Idempotency-Key": "levels-key-1"})
    assert reviewer_told(client, case) == "青禾县人民政府"
    with pytest.raises(DomainError, match="case_not_found"):  # the reviewed unit does not even see the review
        staff(app, "own", number, "decide_review", **UPHELD)
    assert staff(app, "county", number, "decide_review", **UPHELD).status == "reviewed"
    client.post("/api/v1/cases/review", json=who, headers={"Idempotency-Key": "levels-key-2"})
    assert reviewer_told(client, case) == "禾阳市人民政府"
    for name, refusal in (("county", "forbidden"), ("county-2", "forbidden"), ("own", "case_not_found")):
        with pytest.raises(DomainError, match=refusal):
            staff(app, name, number, "decide_reexamination", **UPHELD)
    assert staff(app, "city", number, "decide_reexamination", **UPHELD).status == "reexamined"


def test_the_joint_conference_does_not_decide_between_units_of_one_county(app: Flask, case: dict[str, Any]) -> None:
    number = case["case_number"]
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "unit", number, "object", reason="不是本单位的职责")
    said = {"decider": "联席会议", "unit": "u-0011", "reason": "按职责分工"}
    with pytest.raises(DomainError, match="incomplete") as caught:
        staff(app, "office", number, "decide_competence", decided_by="joint_conference", **said)
    assert [one.field for one in caught.value.errors] == ["decided_by"]
    assert staff(app, "office", number, "decide_competence", decided_by="common_superior", **said).status == "forwarded"
