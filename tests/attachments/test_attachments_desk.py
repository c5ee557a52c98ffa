"""Pictures on the desk: for those who may see the case."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.workflow import Role
from kiosk_api.services.staff.accounts import add_officer
from tests.attachments.helpers import add_to, later, open_bundle, paper, register, send
from tests.attachments.sheets import encoded, is_readable, written
from tests.factories import PASSWORD, UNIT


@pytest.fixture
def number(client: FlaskClient) -> str:
    token = open_bundle(client)
    send(client, token, paper())
    send(client, token, paper(300, 500))
    return str(register(client, "desk", attachments=token).get_json()["case_number"])


def sign_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    answer = client.post("/desk/sign-in", data={"username": name, "password": PASSWORD})
    assert answer.status_code == 303
    return client


def bearer(client: FlaskClient, name: str) -> dict[str, str]:
    answer = client.post("/api/v1/desk/session", json={"username": name, "password": PASSWORD})
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def pictures(client: FlaskClient, number: str) -> list[str]:
    page = client.get(f"/desk/cases/{number}").get_data(as_text=True)
    return re.findall(r'<img src="(/desk/cases/[^"]+)"', page)


def test_the_office_sees_the_pictures_beside_the_petition(app: Flask, number: str) -> None:
    office = sign_in(app, "office")
    found = pictures(office, number)
    assert len(found) == 2
    answer = office.get(found[0])
    assert answer.status_code == 200 and answer.mimetype == "image/jpeg"
    assert answer.data.startswith(b"\xff\xd8\xff")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_officers_who_may_not_see_the_case_cannot_open_its_pictures(app: Flask, number: str) -> None:
    office = sign_in(app, "office")
    path = pictures(office, number)[0]
    add_officer(app.extensions["kiosk"], "accused", Role.RESPONSIBLE_UNIT.value, "经办戊",
                "u-0213", PASSWORD)  # fmt: skip
    for name in ("unit", "review", "accused"):
        assert sign_in(app, name).get(path).status_code == 404
    nobody = app.test_client().get(path)
    assert nobody.status_code == 303 and "/desk/sign-in" in nobody.headers["Location"]
    page = office.get(f"/desk/cases/{number}").get_data(as_text=True)
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    done = office.post(f"/desk/cases/{number}/actions",
                       data={"csrf": found.group(1), "action": "forward", "f_unit": UNIT})  # fmt: skip
    assert done.status_code == 303, done.get_data(as_text=True)
    assert sign_in(app, "unit").get(path).status_code == 200  # handed to this unit
    assert sign_in(app, "accused").get(path).status_code == 404  # and to no other


def test_a_picture_of_one_case_does_not_open_under_the_number_of_another(
    app: Flask, client: FlaskClient, number: str
) -> None:
    office = sign_in(app, "office")
    path = pictures(office, number)[0]
    other = register(client, "other").get_json()["case_number"]
    assert office.get(path.replace(number, other)).status_code == 404
    assert not pictures(office, other)


def test_a_case_without_pictures_says_nothing_about_them(app: Flask, client: FlaskClient) -> None:
    bare = register(client, "bare").get_json()["case_number"]
    page = sign_in(app, "office").get(f"/desk/cases/{bare}").get_data(as_text=True)
    assert "材料照片" not in page


def test_the_desk_and_its_api_show_pictures_that_came_later_and_say_so(app: Flask, client: FlaskClient) -> None:
    first = open_bundle(client)
    send(client, first, paper())
    case = register(client, "both", attachments=first).get_json()
    later(app, hours=2)
    second = open_bundle(client)
    send(client, second, paper(300, 500))
    added = add_to(client, case, second, "desk-later-1")
    assert added.status_code == 200
    number = case["case_number"]
    page = sign_in(app, "office").get(f"/desk/cases/{number}").get_data(as_text=True)
    assert page.count("登记后补交") == 1
    assert re.search(r"<strong>信访人补交材料照片</strong>.*?照片张数</dt><dd>1</dd>", page, re.S)
    seen = client.get(f"/api/v1/desk/cases/{number}", headers=bearer(client, "office")).get_json()
    assert [(one["width"], one["height"], one["later"]) for one in seen["pictures"]] == [
        (800, 600, False), (300, 500, True),
    ]  # fmt: skip
    assert (seen["timeline"][-1]["event"], seen["timeline"][-1]["data"]) == ("add_material", {"count": "1"})


def test_the_api_gives_a_picture_to_those_who_may_see_the_case_and_to_nobody_else(
    client: FlaskClient, number: str
) -> None:
    case = f"/api/v1/desk/cases/{number}"
    seen = client.get(case, headers=bearer(client, "office")).get_json()
    path = f"{case}/pictures/{seen['pictures'][0]['id']}"
    answer = client.get(path, headers=bearer(client, "office"))
    assert answer.data.startswith(b"\xff\xd8\xff")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert client.get(path).status_code == 401
    assert client.get(path, headers=bearer(client, "unit")).status_code == 404
    assert client.get(f"{case}/pictures/none", headers=bearer(client, "office")).status_code == 404


def test_a_long_picture_has_a_page_as_wide_as_the_window(app: Flask, client: FlaskClient) -> None:
    token = open_bundle(client)
    assert send(client, token, encoded(written(1080, 9000, 30), "PNG")).status_code == 201
    case = register(client, "long", attachments=token).get_json()["case_number"]
    office = sign_in(app, "office")
    assert 'class="long"' in (listed := office.get(f"/desk/cases/{case}").get_data(as_text=True))
    assert "长图，点开看全部" in listed
    path = pictures(office, case)[0]
    page = office.get(f"{path}/large").get_data(as_text=True)
    assert f'class="picture" src="{path}" width="1080" height="9000"' in page
    assert "第1张材料照片" in page
    assert is_readable(office.get(path).data, 30)


@pytest.mark.parametrize("name", ["unit", "review", ""])
def test_the_page_of_a_picture_opens_for_nobody_who_may_not_see_the_case(app: Flask, number: str, name: str) -> None:
    path = pictures(sign_in(app, "office"), number)[0]
    other = sign_in(app, name) if name else app.test_client()
    answer = other.get(f"{path}/large")
    assert answer.status_code in (302, 303, 404)
    assert 'class="picture"' not in answer.get_data(as_text=True)
