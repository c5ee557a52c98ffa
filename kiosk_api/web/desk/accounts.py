"""账号: accounts for the administrator, 我的账号 for every officer, and who has read a case."""

from __future__ import annotations

from flask import g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.accounts import ACCOUNT_ROLES, READ_LABELS
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.labels_zh import ROLE_LABELS
from kiosk_api.domain.limits import NAME_MAX
from kiosk_api.domain.policy import PASSWORD_LEAST
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.organisation.typed import UnitsRead, read_unit
from kiosk_api.services.staff import manage_accounts, own_account, second_factor
from kiosk_api.services.staff.readings import readings_of
from kiosk_api.web.desk import session
from kiosk_api.web.desk.trouble import trouble
from kiosk_api.web.desk.views import bp
from kiosk_api.web.errors import STATUS_OF
from kiosk_api.web.request import ctx
from kiosk_api.web.source import client_source

_BUSY = DomainError("store_busy", "系统正忙，还没有办成。请过几秒再提交一次。")
_NOTHING = UnitsRead({}, {})
_ROLES = [(one.value, ROLE_LABELS[one.value]) for one in ACCOUNT_ROLES]


def _status(problem: DomainError | None) -> int:
    return STATUS_OF.get(problem.code, 422) if problem else 200


def _typed(*names: str) -> dict[str, str]:
    return {name: request.form.get(name, "").strip()[:NAME_MAX] for name in names}


def _errors(problem: DomainError | None) -> dict[str, str]:
    return {one.field: one.detail for one in problem.errors} if problem else {}


def _office(*names: str) -> UnitsRead:
    """What was typed, its unit found by name, other name or initials; a choice of several where they do not name one."""
    typed, found = _typed(*names), _typed("w_unit", "u_unit")  # the words a choice was offered for, and the choice
    chosen = found["u_unit"] if found["w_unit"] == typed["unit"] else ""
    return read_unit(ctx(), typed, "unit", "所在的单位", chosen)


@bp.get("/me")
def own_account_page() -> Response:
    """Change the password; where one is signed in."""
    return _own_page()


def _own_page(problem: DomainError | None = None, app: second_factor.NewApp | None = None) -> Response:
    page = render_template(
        "desk/own_account.html", sessions=own_account.own_sessions(ctx(), g.officer, session.session_token()),
        problem=problem, errors=_errors(problem), least=PASSWORD_LEAST, notice=session.take_notice(),
        app=app, app_is_on=second_factor.is_on(ctx(), g.officer),
    )  # fmt: skip
    return make_response(page, _status(problem))


@bp.post("/me/password")
def own_password() -> Response:
    """A password of the officer's own."""
    current, new = request.form.get("current", ""), request.form.get("new", "")
    try:
        if new != request.form.get("again", ""):
            raise DomainError("not_the_same", "两次填写的新密码不一样，请再填一次。")
        own_account.change_password(ctx(), g.officer, session.session_token(), current, new, client_source())
    except StoreBusy as error:
        return _own_page(trouble(error, _BUSY))
    except DomainError as problem:
        return _own_page(problem)
    return session.leave_notice(redirect(url_for("desk.own_account_page"), 303), "password_changed")  # type: ignore[arg-type]


@bp.post("/me/app")
def own_app() -> Response:
    """Begin, confirm or end the use of an authenticator app."""
    action, code = request.form.get("action", ""), request.form.get("code", "")[:NAME_MAX]
    try:
        if action == "begin":
            return _own_page(app=second_factor.begin(ctx(), g.officer, session.session_token()))
        if action == "confirm":
            second_factor.confirm(ctx(), g.officer, code, client_source())
        elif action == "end":
            second_factor.end(ctx(), g.officer, code, client_source())
    except StoreBusy as error:
        return _own_page(trouble(error, _BUSY))
    except DomainError as problem:
        return _own_page(problem)
    return session.leave_notice(redirect(url_for("desk.own_account_page"), 303), "account_changed")  # type: ignore[arg-type]


@bp.post("/me/sessions")
def own_other_sessions() -> Response:
    """Sign out everywhere but here."""
    own_account.end_other_sessions(ctx(), g.officer, session.session_token())
    return session.leave_notice(redirect(url_for("desk.own_account_page"), 303), "sessions_ended")  # type: ignore[arg-type]


@bp.get("/accounts")
def accounts() -> Response:
    """Every account, and a form for a new one."""
    return _accounts_page()


def _accounts_page(
    problem: DomainError | None = None, made: tuple[str, str] | None = None, read: UnitsRead = _NOTHING
) -> Response:
    page = render_template(
        "desk/accounts.html", accounts=manage_accounts.accounts(ctx(), g.officer), roles=_ROLES, typed=read.shown,
        problem=problem, errors={**_errors(problem), **_errors(read.problem)}, made=made,
        units_found=read.found.get("unit"),
    )  # fmt: skip
    return make_response(page, 201 if made else _status(problem))


@bp.post("/accounts")
def account_create() -> Response:
    """A new account; its first password is on the page that answers, and nowhere else."""
    read = _office("username", "display_name", "role", "unit")
    try:
        _, password = manage_accounts.create(ctx(), g.officer, **read.data)  # refuses a unit that is not yet chosen
    except StoreBusy as error:
        return _accounts_page(trouble(error, _BUSY), read=read)
    except DomainError as problem:
        return _accounts_page(problem, read=read)
    return _accounts_page(made=(read.data["username"], password))


@bp.get("/accounts/<officer_id>")
def account(officer_id: str) -> Response:
    """One account: its office, its sessions, and what can be done with it."""
    return _account_page(officer_id)


def _account_page(
    officer_id: str, problem: DomainError | None = None, password: str = "", read: UnitsRead = _NOTHING
) -> Response:
    page = render_template(
        "desk/account.html", found=manage_accounts.account(ctx(), g.officer, officer_id), roles=_ROLES,
        problem=problem, errors={**_errors(problem), **_errors(read.problem)}, password=password,
        notice=session.take_notice(), typed=read.shown, units_found=read.found.get("unit"),
    )  # fmt: skip
    return make_response(page, _status(problem))


@bp.post("/accounts/<officer_id>")
def account_change(officer_id: str) -> Response:
    """Move, disable, enable, a new first password, or the end of sessions."""
    action, who = request.form.get("action", ""), g.officer
    read = _office("role", "unit") if action == "move" else _NOTHING
    try:
        if action == "move":
            manage_accounts.move(ctx(), who, officer_id, **read.data)
        elif action in ("disable", "enable"):
            manage_accounts.set_active(ctx(), who, officer_id, is_active=action == "enable")
        elif action == "reset":
            return _account_page(officer_id, password=manage_accounts.reset_password(ctx(), who, officer_id))
        elif action == "end_sessions":
            manage_accounts.end_sessions(ctx(), who, officer_id, _typed("session_id")["session_id"])
        else:
            raise DomainError("unknown_action", "没有这一步，请从页面上的按钮里选。")
    except StoreBusy as error:
        return _account_page(officer_id, trouble(error, _BUSY), read=read)
    except DomainError as problem:
        if problem.code == "account_not_found":
            raise
        return _account_page(officer_id, problem, read=read)
    target = url_for("desk.account", officer_id=officer_id)
    return session.leave_notice(redirect(target, 303), "account_changed")  # type: ignore[arg-type]


@bp.get("/cases/<number>/readings")
def readings(number: str) -> str:
    """Who has read this case, for supervisors."""
    found = readings_of(ctx(), g.officer, number)
    return render_template("desk/readings.html", number=number, readings=found, read_labels=READ_LABELS)
