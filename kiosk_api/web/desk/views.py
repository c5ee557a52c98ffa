"""Staff pages: sign in, work lists, one case, and a form for each action the table allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from kiosk_api.domain.errors import CaseErased, CaseUnreadable, DomainError, Unreadable
from kiosk_api.domain.limits import CODE_MAX
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.quarantine import quarantine_record
from kiosk_api.services.base.records import Officer
from kiosk_api.services.organisation.units import UnitLine
from kiosk_api.services.staff import case_documents, sign_in, staff_cases
from kiosk_api.services.staff.reading_log import NEEDED
from kiosk_api.web import gate
from kiosk_api.web.desk import next_step, presenting, session
from kiosk_api.web.desk.reason_page import PREFIX, reason_page
from kiosk_api.web.errors import STATUS_OF, set_retry_after
from kiosk_api.web.kiosk.emblem import emblem_address
from kiosk_api.web.request import ctx
from kiosk_api.web.source import client_source

bp = Blueprint("desk", __name__, url_prefix="/desk")
RESUMED: dict[str, Callable[[Mapping[str, str], str], Response]] = {}
"""Forms beside a case's actions whose typed text outlives a sign-in: action → the page, from text and session."""
for _name, _filter in presenting.FILTERS.items():
    bp.add_app_template_filter(_filter, _name)


def today() -> date:
    return presenting.day_of(ctx().clock.now())


@bp.context_processor
def _page_words() -> dict[str, Any]:
    officer = g.get("officer")
    return {
        "officer": officer,
        "csrf": session.form_token(session.session_token()) if officer else "",
        "views": presenting.VIEWS,
        "deadline_states": presenting.DEADLINE_STATES,
        "tag_of": presenting.TAG_OF,
        "office_emblem": emblem_address(),
    }


@bp.before_request
def _only_officers() -> BaseResponse | None:
    """Redirect to the sign-in page unless an officer is signed in; check the form token."""
    if request.endpoint in ("desk.sign_in_form", "desk.sign_in_submit"):
        return None
    token = session.session_token()
    g.officer = sign_in.officer_for(ctx(), token) if token else None
    if g.officer is None:
        return _ask_to_sign_in(expired=bool(token) or request.method == "POST")
    # an open page asks for its counts by itself: nobody need be there
    if request.endpoint != "desk.waiting" or request.args.get("used") == "1":
        sign_in.note_seen(ctx(), token)
    if request.method == "POST" and not session.form_is_genuine(request.form.get("csrf", "")):
        return _refuse_form()
    return gate.elsewhere(g.officer, request.endpoint)


@bp.after_request
def _finish(response: Response) -> Response:
    return session.finish(response)


@bp.errorhandler(CaseUnreadable)
def _unreadable(problem: CaseUnreadable) -> Response:
    """The page of a case that cannot be read in full: what is missing, and who can help."""
    with suppress(StoreBusy):
        quarantine_record(ctx(), problem)
    said = DomainError(
        problem.code,
        (
            "这件信访事项已经登记，但它的内容现在读不出来（数据损坏，或钥匙不对）。法定期限照常计算，请先用纸质材料和电话联系信访人。"
            "请告诉系统管理员：它已列入隔离清单，用命令 quarantine 查看，从备份恢复后用 quarantine --retry 放回。"
        ),
    )
    return make_response(render_template("desk/problem.html", problem=said), 409)


@bp.errorhandler(CaseErased)
def _erased(_problem: CaseErased) -> Response:
    """The page of a case whose content was erased: what is left of it."""
    detail = (
        "这件信访事项的内容已经按规定清除，只留着编号、日期、类别和办理结果的种类，列表和统计里照样有它。清除不能撤回。"
    )
    page = render_template("desk/problem.html", problem=DomainError("case_erased", detail))
    return make_response(page, 410)


@bp.errorhandler(Unreadable)
def _record_unreadable(problem: Unreadable) -> Response:
    """The same for any other record."""
    with suppress(StoreBusy):
        quarantine_record(ctx(), problem)
    detail = "这份内容已经收到，但现在读不出来（数据损坏，或钥匙不对）。请告诉系统管理员：它已列入隔离清单，用命令 quarantine 查看。"
    page = render_template("desk/problem.html", problem=DomainError(problem.code, detail))
    return make_response(page, 409)


@bp.errorhandler(DomainError)
def _problem(problem: DomainError) -> Response:
    """An error outside any form, on a page of the desk."""
    number = (request.view_args or {}).get("number", "")
    if problem.code == NEEDED and number:
        return reason_page(number, target=request.path if request.method == "GET" else "")
    status = STATUS_OF.get(problem.code, HTTPStatus.UNPROCESSABLE_ENTITY)
    return make_response(render_template("desk/problem.html", problem=problem), status)


def _ask_to_sign_in(expired: bool) -> BaseResponse:
    """Sign-in page; what was typed into an action form before the session ended is kept."""
    own_form = request.method == "POST" and request.form.get("action", "") in RESUMED
    if (own_form or request.endpoint == "desk.act") and session.came_from_here(request):
        number = (request.view_args or {}).get("number", "")
        page = _sign_in_page(
            {"next": url_for("desk.case", number=number) if number else session.COOKIE_PATH},
            notice=session.NOTICES["expired"],
            kept={"action": request.form.get("action", ""), **typed_fields(prefix=PREFIX)},
            status=401,
        )
        return session.forget_session(page)
    target = request.full_path.rstrip("?") if request.method == "GET" else session.COOKIE_PATH
    here = {} if target in ("/desk", "/desk/") else {"next": target}
    response = redirect(url_for("desk.sign_in_form", **here), 303)  # type: ignore[arg-type]
    return session.leave_notice(response, "expired") if expired else response  # type: ignore[arg-type]


def _refuse_form() -> BaseResponse:
    """Refuse a form token of another session (or none): nothing is done, typed text is kept."""
    own = RESUMED.get(request.form.get("action", ""))
    if own and session.came_from_here(request):
        return own(typed_fields(), session.session_token())
    if request.endpoint == "desk.act" and session.came_from_here(request):
        number = (request.view_args or {}).get("number", "")
        problem = DomainError("form_expired", session.NOTICES["csrf"])
        return case_page(number, request.form.get("action", ""), typed_fields(), problem, 403)
    return session.leave_notice(
        redirect(url_for("desk.cases"), 303),  # type: ignore[arg-type]
        "csrf",
    )


def typed_fields(prefix: str = "") -> dict[str, str]:
    """What was typed into an action form, by field name (kept under `prefix`)."""
    return {
        prefix + name[len(PREFIX) :]: ",".join(values).strip().replace("\r\n", "\n")
        for name, values in request.form.lists()
        if name.startswith(PREFIX)
    }


def _sign_in_page(
    values: Mapping[str, str],
    problem: DomainError | None = None,
    notice: str = "",
    kept: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    page = render_template("desk/sign_in.html", values=values, problem=problem, notice=notice, kept=kept or {})
    return make_response(page, status)


@bp.get("/sign-in")
def sign_in_form() -> BaseResponse:
    """The sign-in form."""
    target = session.safe_next(request.args.get("next", ""))
    return _sign_in_page({"next": target}, notice=session.take_notice())


@bp.post("/sign-in")
def sign_in_submit() -> BaseResponse:
    """Check name and password; the service limits guessing."""
    values = {
        "username": request.form.get("username", "").strip()[:CODE_MAX],
        "next": session.safe_next(request.form.get("next", "")),
    }
    kept = {"action": request.form.get("action", ""), **typed_fields(prefix=PREFIX)}
    kept = kept if kept["action"] else {}
    if not session.came_from_here(request):
        problem = DomainError("cross_site", "请从本页面登录。")
        return _sign_in_page(values, problem, status=403)
    try:
        password, code = request.form.get("password", ""), request.form.get("code", "")[:CODE_MAX]
        token, officer = sign_in.sign_in(ctx(), values["username"], password, client_source(), code)
        if former := session.session_token():  # no session outlives a new sign-in in the same browser
            sign_in.sign_out(ctx(), former)
    except DomainError as problem:
        page = _sign_in_page(values, problem, kept=kept, status=STATUS_OF[problem.code])
        return set_retry_after(page, problem)
    if kept and gate.problem(officer, "desk.act") is None:
        return _resume_after_sign_in(token, officer, values["next"])
    response = redirect(values["next"], 303)
    return session.remember_session(response, token)  # type: ignore[arg-type]


def _resume_after_sign_in(token: str, officer: Officer, target: str) -> Response:
    """After signing in again: the case with the typed text back in its form, not yet sent."""
    g.officer = officer
    if own := RESUMED.get(request.form["action"]):
        return session.remember_session(own(typed_fields(), token), token)
    page = case_page(
        target.rsplit("/", 1)[-1],
        request.form["action"],
        typed_fields(),
        notice=session.NOTICES["kept"],
        token=token,
    )
    return session.remember_session(page, token)


@bp.post("/sign-out")
def sign_out() -> BaseResponse:
    """End the session here and in the store."""
    sign_in.sign_out(ctx(), session.session_token())
    response = redirect(url_for("desk.sign_in_form"), 303)
    session.leave_notice(response, "signed_out")  # type: ignore[arg-type]
    return session.forget_session(response)  # type: ignore[arg-type]


@bp.get("/cases/<number>")
def case(number: str) -> BaseResponse:
    """One case with everything the officer may know and do."""
    return case_page(number, notice=session.take_notice())


def case_page(
    number: str,
    open_action: str = "",
    typed: Mapping[str, str] | None = None,
    problem: DomainError | None = None,
    status: int = 200,
    notice: str = "",
    token: str = "",
    units_found: Mapping[str, Sequence[UnitLine]] | None = None,
) -> Response:
    try:
        view = staff_cases.view_case(ctx(), g.officer, number)
    except DomainError as asked:
        if asked.code != NEEDED:
            raise
        return reason_page(number, open_action, typed, token=token)
    day = today()
    found = problem.errors if problem else ()
    errors = {error.field.removeprefix("data."): error for error in found}
    page = render_template(
        "desk/case.html",
        case=view,
        documents=case_documents.documents_view(ctx(), g.officer, number),
        clocks=[presenting.clock_of(deadline, day) for deadline in view.deadlines],
        now=next_step.now_of(view, day),
        open_action=open_action,
        typed=typed or {},
        problem=problem,
        errors=errors,
        notice=notice,
        units_found=units_found or {},
        **({"csrf": session.form_token(token)} if token else {}),
    )
    return make_response(page, status)
