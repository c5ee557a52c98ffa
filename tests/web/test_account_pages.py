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
