"""Staff API: accounts for the administrator, every officer's own account, and who has read a case."""

from __future__ import annotations

from flask import g

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.staff import manage_accounts, own_account, second_factor
from kiosk_api.services.staff.readings import readings_of
from kiosk_api.web.api.desk import bearer
from kiosk_api.web.api.desk_account_schemas import (
    AccountInFull,
    AccountList,
    AccountPath,
    AppCodeBody,
    FirstPassword,
    NewAccountBody,
    NewApp,
    OfficeBody,
    PasswordBody,
    Readings,
    SessionList,
    SessionPath,
)
from kiosk_api.web.api.desk_documents import bp
from kiosk_api.web.api.desk_schemas import CasePath
from kiosk_api.web.api.publishing import OFFICER, answers
from kiosk_api.web.request import ctx
from kiosk_api.web.source import client_source


@bp.post("/password", summary="Choose a password of one's own", responses=answers(None, 204), security=OFFICER)
def own_password(body: PasswordBody) -> tuple[str, int]:
    """{current, new}; every other session of the account ends."""
    own_account.change_password(ctx(), g.officer, bearer(), body.current, body.new, client_source())
    return "", 204


@bp.get("/sessions", summary="Where one is signed in", responses=answers(SessionList), security=OFFICER)
def own_sessions() -> JsonObject:
    """The latest first; `is_this` is the session that asks."""
    return as_json({"items": own_account.own_sessions(ctx(), g.officer, bearer())})


@bp.delete("/sessions", summary="Sign out everywhere but here", responses=answers(None, 204), security=OFFICER)
def own_other_sessions() -> tuple[str, int]:
    """The session that asks goes on."""
    own_account.end_other_sessions(ctx(), g.officer, bearer())
    return "", 204


@bp.post(
    "/authenticator",
    summary="A secret for an authenticator app",
    responses=answers(NewApp, 201, 403, 409),
    security=OFFICER,
)
def own_app() -> tuple[JsonObject, int]:
    """It counts once `confirm` has got a right code; until then the password alone is enough."""
    return as_json(second_factor.begin(ctx(), g.officer, bearer())), 201


@bp.post("/authenticator/confirm", summary="The app shows this code", responses=answers(None, 204), security=OFFICER)
def own_app_confirm(body: AppCodeBody) -> tuple[str, int]:
    """From now on a code is asked for at every sign-in."""
    second_factor.confirm(ctx(), g.officer, body.code, client_source())
    return "", 204


@bp.post("/authenticator/end", summary="No code any more", responses=answers(None, 204), security=OFFICER)
def own_app_end(body: AppCodeBody) -> tuple[str, int]:
    """With a code of the app that is given up."""
    second_factor.end(ctx(), g.officer, body.code, client_source())
    return "", 204


@bp.get("/accounts", summary="Every account", responses=answers(AccountList), security=OFFICER)
def accounts() -> JsonObject:
    """For administrators only, as all calls about accounts."""
    return as_json({"items": manage_accounts.accounts(ctx(), g.officer)})


@bp.post("/accounts", summary="Make an account", responses=answers(FirstPassword, 201, 409), security=OFFICER)
def account_create(body: NewAccountBody) -> tuple[JsonObject, int]:
    """{username, display_name, role, unit} → the first password, shown once."""
    made, password = manage_accounts.create(ctx(), g.officer, body.username, body.display_name, body.role, body.unit)
    return {"officer_id": made, "password": password}, 201


@bp.get("/accounts/<officer_id>", summary="One account", responses=answers(AccountInFull, 200, 404), security=OFFICER)
def account(path: AccountPath) -> JsonObject:
    """With its sessions and the offices it held."""
    return as_json(manage_accounts.account(ctx(), g.officer, path.officer_id))


@bp.post(
    "/accounts/<officer_id>/office", summary="Move to another role or unit",
    responses=answers(None, 204, 404, 409), security=OFFICER,
)  # fmt: skip
def account_move(path: AccountPath, body: OfficeBody) -> tuple[str, int]:
    """{role, unit}, from now on."""
    manage_accounts.move(ctx(), g.officer, path.officer_id, body.role, body.unit)
    return "", 204


@bp.post(
    "/accounts/<officer_id>/disable", summary="Disable an account",
    responses=answers(None, 204, 404, 409), security=OFFICER,
)  # fmt: skip
def account_disable(path: AccountPath) -> tuple[str, int]:
    """Its sessions end at once."""
    manage_accounts.set_active(ctx(), g.officer, path.officer_id, is_active=False)
    return "", 204


@bp.post(
    "/accounts/<officer_id>/enable", summary="Let an account sign in again",
    responses=answers(None, 204, 404), security=OFFICER,
)  # fmt: skip
def account_enable(path: AccountPath) -> tuple[str, int]:
    """With the password it had."""
    manage_accounts.set_active(ctx(), g.officer, path.officer_id, is_active=True)
    return "", 204


@bp.post(
    "/accounts/<officer_id>/first-password", summary="A new first password in place of a forgotten one",
    responses=answers(FirstPassword, 201, 404), security=OFFICER,
)  # fmt: skip
def account_reset(path: AccountPath) -> tuple[JsonObject, int]:
    """Every session of the account ends."""
    password = manage_accounts.reset_password(ctx(), g.officer, path.officer_id)
    return {"officer_id": path.officer_id, "password": password}, 201


@bp.delete(
    "/accounts/<officer_id>/sessions", summary="End every session of an account",
    responses=answers(None, 204, 404), security=OFFICER,
)  # fmt: skip
def account_sessions_end(path: AccountPath) -> tuple[str, int]:
    """At once."""
    manage_accounts.end_sessions(ctx(), g.officer, path.officer_id)
    return "", 204


@bp.delete(
    "/accounts/<officer_id>/sessions/<session_id>", summary="End one session of an account",
    responses=answers(None, 204, 404), security=OFFICER,
)  # fmt: skip
def account_session_end(path: SessionPath) -> tuple[str, int]:
    """By an `id` of the account's `sessions`."""
    manage_accounts.end_sessions(ctx(), g.officer, path.officer_id, path.session_id)
    return "", 204


@bp.get(
    "/cases/<number>/readings", summary="Who has read a case, for supervisors",
    responses=answers(Readings, 200, 404), security=OFFICER,
)  # fmt: skip
def readings(path: CasePath) -> JsonObject:
    """The latest 200, the latest first."""
    return as_json({"items": readings_of(ctx(), g.officer, path.number)})


__all__ = ["bp"]
