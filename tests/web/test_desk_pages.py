from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.web.desk.presenting import data_rows
from tests.factories import OFFICERS, fresh_app, petition, reading
from tests.factories import PASSWORD as FACTORY_PASSWORD
from tests.web.desk_helpers import UNIT, UNIT_NAME, csrf, make_app, register, sign_in


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def number(client: FlaskClient) -> str:
    return register(client)


def _page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def test_without_a_session_the_sign_in_page_is_shown(client: FlaskClient, number: str) -> None:
    for path in ("/desk", "/desk/", f"/desk/cases/{number}"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/desk/sign-in")


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(app: Flask) -> None:
    for base, secure in (("http://localhost", False), ("https://localhost", True)):
        answer = app.test_client().post(
            "/desk/sign-in",
            data={"username": "wang", "password": "correct horse battery 9"},
            base_url=base,
        )
        cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "desk_session" in c)
        for mark in ("HttpOnly", "SameSite=Strict", "Path=/desk"):
            assert mark in cookie
        assert ("Secure" in cookie) is secure


def test_a_wrong_password_keeps_the_name_and_never_shows_the_password(client: FlaskClient) -> None:
    answer = sign_in(client, password="wrong-password-77")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert 'value="wang"' in page and "wrong-password-77" not in page
    assert 'role="alert"' in page


def test_guessing_passwords_is_slowed_down(client: FlaskClient) -> None:
    statuses = [sign_in(client, password=f"guess-{i}").status_code for i in range(30)]
    assert statuses[0] == 401
    assert 429 in statuses
    assert sign_in(client).status_code == 429


def test_sign_in_refuses_forms_of_other_sites(client: FlaskClient) -> None:
    form = {"username": "wang", "password": "correct horse battery 9"}
    for header in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        answer = client.post("/desk/sign-in", data=form, headers=header)
        assert answer.status_code == 403
        assert not any("desk_session" in c for c in answer.headers.getlist("Set-Cookie"))


def test_sign_in_takes_the_forms_that_browsers_send_from_its_own_page(app: Flask) -> None:
    page = app.test_client().get("/desk/sign-in")
    assert page.headers["Referrer-Policy"] == "same-origin"  # else browsers send Origin: null
    form = {"username": "wang", "password": "correct horse battery 9"}
    own = ({"Origin": "http://localhost"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"})
    for header in own:
        assert app.test_client().post("/desk/sign-in", data=form, headers=header).status_code == 303


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/desk", "/desk//x", "/desk/../x", "/deskx"])
def test_sign_in_continues_only_inside_the_desk(client: FlaskClient, target: str) -> None:
    form = {"username": "wang", "password": "correct horse battery 9", "next": target}
    assert client.post("/desk/sign-in", data=form).headers["Location"] == "/desk"


def test_the_list_shows_the_new_case_and_its_deadline_but_no_name(client: FlaskClient, number: str) -> None:
    sign_in(client)
    page = _page(client, "/desk?view=new")
    assert number in page and "还剩15天" in page
    assert "周大勇" not in page and "13900001001" not in page


def test_every_view_answers_and_an_unknown_one_means_mine(client: FlaskClient) -> None:
    sign_in(client)
    for view in ("mine", "new", "due", "overdue", "urged", "all", "nonsense"):
        assert "<h1>" in _page(client, f"/desk?view={view}&page=2")


def test_a_case_shows_the_petition_escaped_and_is_never_cached(client: FlaskClient, number: str) -> None:
    sign_in(client)
    answer = client.get(f"/desk/cases/{number}")
    page = answer.get_data(as_text=True)
    assert "&lt;script&gt;" in page and "<script>" not in page
    assert "style=" not in page and "周大勇" in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_control_has_a_label_and_every_table_head_a_scope(client: FlaskClient, number: str) -> None:
    sign_in(client)
    page = _page(client, f"/desk/cases/{number}")
    for control in re.findall(r"<(?:input|select|textarea)\b[^>]*>", page):
        if 'type="hidden"' in control or 'type="radio"' in control or 'name="f_recipients"' in control:
            continue
        found = re.search(r'id="([^"]+)"', control)
        assert found, control
        assert f'for="{found.group(1)}"' in page, control
    assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", page))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def _forward(client: FlaskClient, number: str, token: str, **more: str) -> object:
    form = {"csrf": token, "action": "forward", "f_unit": UNIT, **more}
    return client.post(f"/desk/cases/{number}/actions", data=form)


def test_forwarding_moves_the_case_and_says_so_once(client: FlaskClient, number: str) -> None:
    sign_in(client)
    token = csrf(_page(client, f"/desk/cases/{number}"))
    answer = _forward(client, number, token)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    page = _page(client, answer.headers["Location"])
    assert "已完成：转送有权处理的单位。" in page and UNIT_NAME in page
    assert "已完成：转送有权处理的单位。" not in _page(client, f"/desk/cases/{number}")


def test_a_refused_action_keeps_the_typed_text_and_marks_the_field(client: FlaskClient, number: str) -> None:
    sign_in(client)
    token = csrf(_page(client, f"/desk/cases/{number}"))
    answer = _forward(client, number, token, f_unit="", f_reason='理由"<b>保留')
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page and 'id="forward-unit-error"' in page
    assert '<details class="action" open' in page and "<b>" not in page


@pytest.mark.parametrize("token", ["", "0" * 64, "汉字"])
def test_a_form_without_its_token_changes_nothing(client: FlaskClient, number: str, token: str) -> None:
    sign_in(client)
    answer = _forward(client, number, token)
    assert answer.status_code == 403
    assert "尚未转送" in _page(client, f"/desk/cases/{number}")


def test_a_form_token_of_another_session_is_refused(app: Flask, number: str) -> None:
    first, second = app.test_client(), app.test_client()
    sign_in(first)
    sign_in(second)
    token = csrf(_page(first, f"/desk/cases/{number}"))
    assert _forward(second, number, token).status_code == 403


def test_text_typed_before_the_session_ended_comes_back_after_signing_in(client: FlaskClient, number: str) -> None:
    sign_in(client)
    token = csrf(_page(client, f"/desk/cases/{number}"))
    client.delete_cookie("desk_session", path="/desk")
    answer = _forward(client, number, token)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401 and UNIT in page
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    hidden |= {"username": "wang", "password": "correct horse battery 9"}
    back = client.post("/desk/sign-in", data=hidden)
    text = back.get_data(as_text=True)
    assert back.status_code == 200 and f'value="{UNIT}"' in text and "尚未提交" in text
    assert _forward(client, number, csrf(text)).status_code == 303


def test_signing_out_ends_the_session_in_the_store_too(client: FlaskClient) -> None:
    sign_in(client)
    cookie = client.get_cookie("desk_session", path="/desk")
    assert cookie is not None
    token = csrf(_page(client, "/desk"))
    assert client.post("/desk/sign-out", data={"csrf": token}).status_code == 303
    client.set_cookie("desk_session", cookie.value, path="/desk")
    assert client.get("/desk").status_code == 303


def test_an_unknown_case_is_not_found_and_other_units_cases_look_the_same(client: FlaskClient, number: str) -> None:
    sign_in(client, "liu")
    unknown = client.get("/desk/cases/XF20200101-0000-0000-0")
    foreign = client.get(f"/desk/cases/{number}")
    assert unknown.status_code == foreign.status_code == 404
    assert "text/html" in foreign.headers["Content-Type"]
    assert "周大勇" not in foreign.get_data(as_text=True)


def test_a_wrong_address_under_the_desk_is_answered_by_the_desk(client: FlaskClient) -> None:
    for path in ("/desk/nothing-here", "/desk/cases/1/2/3"):
        answer = client.get(path)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 404
        assert "工作台没有这个页面" in page and 'href="/desk/"' in page
        assert "回到首页" not in page


def test_dates_of_the_history_are_written_as_elsewhere_on_the_page() -> None:
    data = {"document": "opinion", "method": "post", "received_on": "2027-01-04"}
    assert ("收到或拒收的日期（没有送到的，填知道没有送到的日期）", "2027年1月4日") in data_rows(data, "deliver")


def test_the_desk_shows_the_basis_of_the_proposal(tmp_path: Path) -> None:
    """Topic, answers, the model's version, and the sum and date the citizen named."""
    app = fresh_app(tmp_path / "read", officers=True)
    app.extensions["kiosk"].understanding.reading = reading()
    body = petition(amount="三万二千元", happened="去年冬天", route_answers={"judged": "no"})
    client = app.test_client()
    said = client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "desk-route-1"})
    sign_in(client, OFFICERS[0][0], FACTORY_PASSWORD)
    page = _page(client, f"/desk/cases/{said.get_json()['case_number']}")
    for shown in ("三万二千元", "去年冬天", "识别模型 matters-test", "城市建设和市政管理", "判过了吗"):
        assert shown in page, shown


def test_the_desk_shows_when_only_keywords_proposed(client: FlaskClient, number: str) -> None:
    sign_in(client)
    assert "关键词规则" in _page(client, f"/desk/cases/{number}")
