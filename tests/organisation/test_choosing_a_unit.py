"""An officer types a name, a short name or initials on the desk and chooses from what is found; no script is needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.organisation.typed import SHOWN_MOST
from tests.factories import PASSWORD, UNIT, UNIT_NAME, fresh_app, petition, register


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, officers=True)


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.post("/desk/sign-in", data={"username": "office", "password": PASSWORD})
    return client


def forward(desk: FlaskClient, number: str, words: str, **more: str) -> tuple[int, str]:
    """The status and the page after the form was sent."""
    page = desk.get(f"/desk/cases/{number}").get_data(as_text=True)
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    form = {"csrf": found.group(1), "action": "forward", "f_unit": words, **more}
    answer = desk.post(f"/desk/cases/{number}/actions", data=form)
    return answer.status_code, answer.get_data(as_text=True)


def offered(page: str) -> list[str]:
    return re.findall(r'name="u_unit" value="([^"]+)"', page)


@pytest.mark.parametrize("words", [UNIT_NAME, "住建局", "房管局", UNIT])
def test_a_name_that_is_one_units_alone_needs_no_choice(app: Flask, desk: FlaskClient, words: str) -> None:
    number = register(app)["case_number"]
    assert forward(desk, number, words)[0] == 303
    with app.extensions["kiosk"].store.read() as records:
        assert records.cases.by_number(number).responsible_unit == UNIT


def test_initials_lead_to_units_to_choose_from(app: Flask, desk: FlaskClient) -> None:
    number = register(app)["case_number"]
    status, page = forward(desk, number, "zjj")
    assert status == 422 and UNIT in offered(page) and len(offered(page)) <= SHOWN_MOST
    assert "请从找到的单位里选" in page and 'name="f_unit" type="text" value="zjj"' in page
    status, page = forward(desk, number, "zjj", w_unit="zjj", u_unit=UNIT)
    assert status == 303


def test_other_words_afterwards_are_looked_for_anew(app: Flask, desk: FlaskClient) -> None:
    number = register(app)["case_number"]
    status, page = forward(desk, number, "rsj", w_unit="zjj", u_unit=UNIT)
    assert status == 422 and "u-0209" in offered(page)


def test_nothing_that_is_not_in_the_tree_is_taken(app: Flask, desk: FlaskClient) -> None:
    number = register(app)["case_number"]
    status, page = forward(desk, number, "没有这样的单位")
    assert status == 422 and "名册里没有这个单位" in page and not offered(page)
    status, page = forward(desk, number, "zjj", w_unit="zjj", u_unit="u-9999")
    assert status == 422
    with app.extensions["kiosk"].store.read() as records:
        assert records.cases.by_number(number).responsible_unit is None


def test_whoever_is_accused_is_not_proposed_for_their_own_case(app: Flask, desk: FlaskClient) -> None:
    numbers = []
    for key, confidential in (("choosing-a-unit-1", False), ("choosing-a-unit-2", True)):
        body = petition(about_unit="青禾县城关街道办事处", confidential=confidential)
        answer = app.test_client().post("/api/v1/petitions", json=body, headers={"Idempotency-Key": key})
        numbers.append(answer.get_json()["case_number"])
    ordinary, walled = (forward(desk, number, "青禾县城") for number in numbers)
    assert ordinary[0] == walled[0] == 422
    assert "s-01" in offered(ordinary[1]) and not {"s-01", "c-011"} & set(offered(walled[1]))
