"""Which calls an officer may make before anything else is asked: the same rule for pages and API.

Before the first password has been changed only the officer's own account is open. An administrator
sees accounts and no case; that nobody else sees accounts is asked where they are (manage_accounts).
"""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.records import Officer

_ALWAYS = ("close_session", "sign_out")


def problem(officer: Officer, endpoint: str | None) -> DomainError | None:
    """Why this officer may not make this call; None when the call decides for itself."""
    call = (endpoint or "").partition(".")[2]
    if call in _ALWAYS or call.startswith("own_"):
        return None
    if officer.must_change:
        return DomainError("password_change_needed", "请先改掉初始密码，再办别的。")
    if officer.role is Role.ADMINISTRATOR and not call.startswith("account"):
        return DomainError("forbidden", "管理员只管账号，不看信访件。请换有权限的账号登录。")
    return None


def elsewhere(officer: Officer, endpoint: str | None) -> Response | None:
    """The page to go to instead; an administrator's start page is the list of accounts."""
    refused = problem(officer, endpoint)
    if refused is None:
        return None
    if refused.code == "password_change_needed":
        return redirect(url_for("desk.own_account_page"), 303)
    if officer.role is Role.ADMINISTRATOR and endpoint == "desk.cases":
        return redirect(url_for("desk.accounts"), 303)
    raise refused
