"""Art. 20: at most five people speak about one matter, the one who files included. One table for the API that the
form uses, for staff's API, and for the assistant."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from bot.dialogue.talks.whose import MOST_OTHERS as MOST_OTHERS_IN_CHAT
from kiosk_api.domain.petition import MOST_OTHERS
from kiosk_api.domain.statute import MAX_REPRESENTATIVES
from tests.bot.helpers import ANSWERS, Citizen
from tests.desk import bearer, seen_by_staff
from tests.factories import fresh_app, petition

FILER = petition()["petitioner"]
OTHERS = [{"name": name, "phone": f"1390000{tail}"} for name, tail in
          (("李大川", 2201), ("赵五妹", 2202), ("周大勇", 2203), ("孙小禾", 2204), ("郑一平", 2205))]  # fmt: skip
OUTCOMES = [(0, True), (1, True), (4, True), (5, False)]
"""(people beside the one who files, whether that is lawful)"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return fresh_app(tmp_path_factory.mktemp("speakers"), officers=True)


def test_the_one_who_files_is_one_of_the_five() -> None:
    assert MOST_OTHERS == MOST_OTHERS_IN_CHAT == MAX_REPRESENTATIVES - 1


@pytest.mark.parametrize(("others", "lawful"), OUTCOMES)
def test_the_form_takes_five_in_all(app: Flask, others: int, lawful: bool) -> None:
    body = petition(representatives=OTHERS[:others])
    answer = app.test_client().post("/api/v1/petitions", json=body, headers={"Idempotency-Key": f"online-{others}"})
    assert (answer.status_code == 201) == lawful
    if not lawful:
        assert [one["field"] for one in answer.get_json()["errors"]] == ["representatives"]


@pytest.mark.parametrize(("others", "lawful"), OUTCOMES)
def test_the_desk_takes_five_in_all(app: Flask, others: int, lawful: bool) -> None:
    client = app.test_client()
    body = {"channel": "visit", "received_on": "2026-03-02", "reach": "in_person", "petitioner": {"name": "钱多米"},
            "facts": petition()["facts"], "representatives": OTHERS[:others]}  # fmt: skip
    headers = {**bearer(client), "Idempotency-Key": f"at-the-desk-{others}"}
    answer = client.post("/api/v1/desk/petitions", json=body, headers=headers)
    assert (answer.status_code == 201) == lawful


@pytest.mark.parametrize(("others", "lawful"), OUTCOMES)
def test_the_assistant_takes_five_in_all(others: int, lawful: bool) -> None:
    citizen = Citizen().knows("phone", **{key: ANSWERS[key] for key in ("petitioner_name", "facts", "request")})
    for one in OTHERS[:others]:
        said = f"加代表 {one['name']} {one['phone']}"
        citizen = citizen.means((said, "gives.representative gives.phone"))
    assert (len(citizen.state.get("representatives") or []) == others) == lawful
    assert ("最多5人" in citizen.said) != lawful


@pytest.mark.parametrize(("changes", "kept"), [
    ([{"name": FILER["name"], "phone": FILER["phone"]}, OTHERS[0]], 1),  # the one who files, once more
    ([OTHERS[0], OTHERS[0], OTHERS[1]], 2),
])  # fmt: skip
def test_who_is_written_down_twice_counts_once(app: Flask, changes: list[dict[str, Any]], kept: int) -> None:
    client = app.test_client()
    answer = client.post("/api/v1/petitions", json=petition(representatives=changes),
                         headers={"Idempotency-Key": f"twice-{kept}-{len(changes)}"}).get_json()  # fmt: skip
    assert len(seen_by_staff(client, answer["case_number"])["representatives"]) == kept
