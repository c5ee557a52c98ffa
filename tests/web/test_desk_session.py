"""The officer's browser session in its parts: who sent a form, where it goes on, which cookies come and go; and which
calls are open to whom before anything else is asked."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

import pytest
from flask import Flask, Response, g

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import ACTION_LABELS
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.records import Officer
from kiosk_api.web.desk import session
from kiosk_api.web.gate import elsewhere, problem

OFFICE = Officer("0" * 32, "office", "窗口甲", Role.PETITION_OFFICE, None, None)
ADMIN = replace(OFFICE, username="admin", role=Role.ADMINISTRATOR)
SITE = "http://kiosk.test"


@pytest.mark.parametrize(
    "target",
    ["/desk", "/desk/", "/desk/cases/XF20261123-ABCD-EFGH-CC", "/desk?page=2", "/desk/cases?kind=appeal#list"],
)
def test_signing_in_goes_on_at_the_page_that_was_asked_for(target: str) -> None:
    assert session.safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    ["", "/", "/desktop", "/api/v1/desk/cases", "desk/", "//evil.test", "https://evil.test/desk/", "/desk//evil.test",
     "/desk/../api", "/desk/\\evil.test", "/desk/a\rb", "/desk/a\nb", "/desk/..", "\\desk"],
)  # fmt: skip
def test_signing_in_goes_nowhere_else(target: str) -> None:
    assert session.safe_next(target) == "/desk"


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": SITE}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.test"}, True),
        ({"Origin": SITE}, True),
        ({"Origin": SITE + ":81"}, False),
        ({"Origin": "https://evil.test"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://[::1"}, False),
    ],
)
def test_a_sign_in_that_another_site_sent_is_known(app: Flask, headers: dict[str, str], own: bool) -> None:
    with app.test_request_context("/desk/sign-in", base_url=SITE, headers=headers) as context:
        assert session.came_from_here(context.request) is own


def test_the_form_token_is_made_of_the_session_and_fits_no_other(app: Flask) -> None:
    token = hmac.new(b"session-1", b"desk form token v1", hashlib.sha256).hexdigest()
    assert session.form_token("session-1") == token
    with app.test_request_context("/desk/", headers={"Cookie": "desk_session=session-1"}):
        assert session.session_token() == "session-1"
        assert session.form_is_genuine(token) is True
        for other in ("", token[:-1], token.upper(), session.form_token("session-2"), "令牌"):
            assert session.form_is_genuine(other) is False
    with app.test_request_context("/desk/"):
        assert session.session_token() == ""
        assert session.form_is_genuine(token) is False


def set_by(response: Response) -> list[set[str]]:
    """The parts of each cookie that an answer sets, without the two ways of saying when it ends."""
    found = [set(one.split("; ")) for one in response.headers.getlist("Set-Cookie")]
    return [{part for part in one if not part.startswith("Expires=")} for one in found]


KEPT_IN = {"Path=/desk", "HttpOnly", "SameSite=Strict"}


def test_cookies_of_the_desk_stay_at_the_desk_and_out_of_the_reach_of_scripts(app: Flask) -> None:
    with app.test_request_context("/desk/"):
        assert set_by(session.remember_session(Response(), "session-1")) == [{"desk_session=session-1"} | KEPT_IN]
        assert set_by(session.forget_session(Response())) == [{"desk_session=", "Max-Age=0"} | KEPT_IN]
        assert set_by(session.leave_notice(Response(), "signed_in")) == [
            {"desk_notice=signed_in", "Max-Age=60"} | KEPT_IN
        ]


def test_a_notice_is_shown_once(app: Flask) -> None:
    with app.test_request_context("/desk/", headers={"Cookie": "desk_notice=signed_in"}):
        assert session.take_notice() == "已登录。"
        assert set_by(session.finish(Response())) == [{"desk_notice=", "Max-Age=0"} | KEPT_IN]
    with app.test_request_context("/desk/"):
        assert session.take_notice() == ""
        left = session.finish(Response())
        assert "desk_notice_taken" not in g and set_by(left) == []
        assert (left.headers["Cache-Control"], left.headers["Referrer-Policy"]) == ("no-store", "same-origin")


def test_a_notice_is_a_sentence_of_ours_or_nothing() -> None:
    for action, label in ACTION_LABELS.items():
        assert session.notice_text(f"done.{action}") == f"已完成：{label}。"
    for unknown in ("", "done.", "done.nothing", "done", "<b>", "undone.forward", *ACTION_LABELS):
        assert session.notice_text(str(unknown)) == ""
    assert [session.notice_text(key) for key in session.NOTICES] == list(session.NOTICES.values())


def code_of(officer: Officer, endpoint: str | None) -> str | None:
    found = problem(officer, endpoint)
    return found.code if found else None


@pytest.mark.parametrize("officer", [OFFICE, ADMIN])
def test_an_officer_with_a_first_password_reaches_the_own_account_alone(officer: Officer) -> None:
    new = replace(officer, must_change=True)
    for open_to_all in ("desk.own_account_page", "desk.own_password", "desk.sign_out", "api.close_session"):
        assert code_of(new, open_to_all) is None, open_to_all
    for closed in ("desk.cases", "desk.accounts", "api.desk_cases", "desk", "own_account_page", None, ""):
        assert code_of(new, closed) == "password_change_needed", closed


def test_an_administrator_is_let_to_accounts_alone_and_others_to_every_call() -> None:
    for open_to_it in ("desk.accounts", "desk.account", "api.account_office", "desk.own_account_page", "desk.sign_out"):
        assert code_of(ADMIN, open_to_it) is None, open_to_it
    for closed in ("desk.cases", "api.assist", "accounts", "desk.the_account", None):
        assert code_of(ADMIN, closed) == "forbidden", closed
    assert all(code_of(OFFICE, one) is None for one in ("desk.cases", "desk.accounts", None))


def test_who_may_not_see_a_page_is_led_on_or_refused(app: Flask) -> None:
    with app.test_request_context("/desk/"):
        assert elsewhere(OFFICE, "desk.cases") is None
        for officer in (OFFICE, ADMIN):
            led = elsewhere(replace(officer, must_change=True), "desk.cases")
            assert led is not None and (led.status_code, led.location) == (303, "/desk/me")
        start = elsewhere(ADMIN, "desk.cases")
        assert start is not None and (start.status_code, start.location) == (303, "/desk/accounts")
        with pytest.raises(DomainError) as refused:
            elsewhere(ADMIN, "desk.case")
        assert refused.value.code == "forbidden"
