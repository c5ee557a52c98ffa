"""The desk's pages about accounts."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.services.staff.accounts import add_officer
from tests.factories import PASSWORD

OWN = "four quiet words 7"


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found.group(1)


def sign_in(client: FlaskClient, username: str, password: str = PASSWORD) -> str:
    """Sign in; the page that follows."""
    answer = client.post("/desk/sign-in", data={"username": username, "password": password}, follow_redirects=True)
    return answer.get_data(as_text=True)


def first_password(page: str) -> str:
    found = re.search(r'id="first-password">([^<]+)<', page)
    assert found
    return found.group(1)


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    add_officer(app.extensions["kiosk"], "admin", "administrator", "管理员庚", None, PASSWORD)
    return app.test_client()


def test_an_administrator_makes_an_account_and_its_officer_chooses_a_password(
    admin: FlaskClient, client: FlaskClient
) -> None:
    page = sign_in(admin, "admin")
    assert "新建账号" in page and "帮人填表" not in page
    form = {"csrf": csrf(page), "username": "chen", "display_name": "陈欣", "role": "petition_office", "unit": ""}
    made = admin.post("/desk/accounts", data=form)
    assert made.status_code == 201
    first = first_password(made.get_data(as_text=True))
    page = sign_in(client, "chen", first)
    assert "这是管理员给您的初始密码" in page
    assert client.get("/desk").headers["Location"] == "/desk/me"
    words = {"csrf": csrf(page), "current": first, "new": OWN}
    other = client.post("/desk/me/password", data={**words, "again": "something else"})
    assert "两次填写的新密码不一样" in other.get_data(as_text=True)
    done = client.post("/desk/me/password", data={**words, "again": OWN}, follow_redirects=True)
    assert "密码已经改好" in done.get_data(as_text=True)
    assert client.get("/desk").status_code == 200


def test_a_refused_account_keeps_what_was_typed(admin: FlaskClient) -> None:
    page = sign_in(admin, "admin")
    form = {"csrf": csrf(page), "username": "li na", "display_name": "李娜", "role": "unit_leader", "unit": ""}
    answer = admin.post("/desk/accounts", data=form)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="李娜"' in text and "这个岗位要选所在的单位" in text and "用户名用2到64个" in text


def test_an_account_is_moved_disabled_reset_and_signed_out_on_its_page(admin: FlaskClient, client: FlaskClient) -> None:
    page = sign_in(admin, "admin")
    found = re.search(r'href="(/desk/accounts/[0-9a-f]+)">office<', page)
    assert found
    path, token = found.group(1), csrf(page)

    def press(action: str, **more: str) -> str:
        data = {"csrf": token, "action": action, **more}
        return admin.post(path, data=data, follow_redirects=True).get_data(as_text=True)

    sign_in(client, "office")
    assert "现在没有在哪里登录着" not in admin.get(path).get_data(as_text=True)
    assert "现在没有在哪里登录着" in press("end_sessions")
    assert client.get("/desk").status_code == 303
    assert "信访部门负责人：" in press("move", role="supervisor", unit="")
    assert "恢复使用" in press("disable")
    assert "这个账号已经停用" in sign_in(client, "office")
    assert "停用，马上退出所有登录" in press("enable")
    assert "这是管理员给您的初始密码" in sign_in(client, "office", first_password(press("reset")))
    assert "没有这一步" in press("anything")


def test_accounts_are_no_page_for_other_officers(client: FlaskClient) -> None:
    sign_in(client, "office")
    assert client.get("/desk/accounts").status_code == 403


def test_the_unit_of_an_account_is_found_by_short_name_or_initials_and_chosen(admin: FlaskClient) -> None:
    page = sign_in(admin, "admin")
    assert page.count("<option") < 12  # the roles: no list of hundreds of units
    form = {"csrf": csrf(page), "username": "li na", "display_name": "李娜", "role": "unit_leader", "unit": "街道"}
    answer = admin.post("/desk/accounts", data=form)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "请从找到的单位里选“所在的单位”" in text and "用户名用2到64个" in text
    assert "名册里没有" not in text and 'name="u_unit" value="s-01"' in text
    picked = {**form, "username": "lina", "w_unit": "街道", "u_unit": "s-01"}
    elsewhere = admin.post("/desk/accounts", data={**picked, "unit": "没有的单位"})  # typed anew: the choice is void
    assert elsewhere.status_code == 422 and "名册里没有这个单位" in elsewhere.get_data(as_text=True)
    assert admin.post("/desk/accounts", data=picked).status_code == 201
    made = admin.post("/desk/accounts", data={**form, "username": "short", "unit": "住建局"})
    assert made.status_code == 201
    page = admin.get("/desk/accounts").get_data(as_text=True)
    assert "城关街道办事处" in row(page, "lina") and "住房和城乡建设局" in row(page, "short")


def test_a_move_asks_which_unit_is_meant_and_keeps_what_was_typed(admin: FlaskClient) -> None:
    page = sign_in(admin, "admin")
    path, token = row(page, "unit").split('href="')[1].split('"')[0], csrf(page)
    asked = admin.post(path, data={"csrf": token, "action": "move", "role": "unit_leader", "unit": "zjj"})
    text = asked.get_data(as_text=True)
    assert asked.status_code == 422 and 'value="zjj"' in text and 'value="unit_leader" selected' in text
    assert 'name="u_unit" value="u-0212"' in text
    again = {"csrf": token, "action": "move", "role": "unit_leader", "unit": "zjj", "w_unit": "zjj", "u_unit": "u-0212"}
    assert admin.post(path, data=again).status_code == 303
    assert "住房和城乡建设局" in row(admin.get("/desk/accounts").get_data(as_text=True), "unit")


def row(page: str, username: str) -> str:
    """The line of an account in the list."""
    return next(one for one in page.split("<tr>") if f">{username}</a>" in one)
