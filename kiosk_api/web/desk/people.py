"""本单位同事: who has a case inside its unit, who is away and who stands in."""

from __future__ import annotations

from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.assignments import HANDLERS
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.staff import people
from kiosk_api.services.staff.entrust import entrust
from kiosk_api.web.desk import session
from kiosk_api.web.desk.trouble import trouble
from kiosk_api.web.desk.views import bp, case_page, typed_fields
from kiosk_api.web.errors import STATUS_OF
from kiosk_api.web.request import ctx

_BUSY = DomainError("store_busy", "系统正忙，还没有提交。内容都在，请过几秒再提交一次。")


@bp.context_processor
def _colleagues() -> dict[str, Any]:
    officer = g.get("officer")
    return {"has_colleagues": bool(officer and officer.role in HANDLERS and officer.unit)}


@bp.post("/cases/<number>/person")
def person(number: str) -> Response:
    """Take the case, or hand it over; a refusal comes back on the page of the case."""
    to = request.form.get("f_officer", "")
    try:
        entrust(ctx(), g.officer, number, to, request.form.get("seen", type=int))
    except StoreBusy as error:
        return case_page(number, "person", typed_fields(), trouble(error, _BUSY), 503)
    except DomainError as problem:
        if problem.code == "case_not_found":
            raise
        return case_page(number, "person", typed_fields(), problem, STATUS_OF.get(problem.code, 422))
    target = url_for("desk.case", number=number)
    return session.leave_notice(redirect(target, 303), "person_kept")  # type: ignore[arg-type]


@bp.get("/people")
def people_page() -> Response:
    """Everybody of the unit, and the form for an absence."""
    return _page({}, notice=session.take_notice())


@bp.post("/people")
def be_away() -> Response:
    """Record an absence; a refusal comes back with what was typed."""
    typed = typed_fields()
    try:
        given = (typed.get(name, "") for name in ("officer", "deputy", "from_on", "to_on"))
        people.be_away(ctx(), g.officer, *given)
    except StoreBusy as error:
        return _page(typed, trouble(error, _BUSY))
    except DomainError as problem:
        if problem.code == "forbidden":
            raise
        return _page(typed, problem)
    return session.leave_notice(redirect(url_for("desk.people_page"), 303), "absence_kept")  # type: ignore[arg-type]


@bp.post("/people/back")
def be_back() -> Response:
    """Somebody is back, or does not go."""
    try:
        people.be_back(ctx(), g.officer, request.form.get("f_officer", ""))
    except StoreBusy as error:
        return _page({}, trouble(error, _BUSY))
    except DomainError as problem:
        if problem.code == "forbidden":
            raise
        return _page({}, problem)
    return session.leave_notice(redirect(url_for("desk.people_page"), 303), "absence_ended")  # type: ignore[arg-type]


def _page(typed: dict[str, str], problem: DomainError | None = None, notice: str = "") -> Response:
    page = render_template(
        "desk/people.html",
        people=people.people(ctx(), g.officer),
        is_leader=g.officer.role is Role.UNIT_LEADER,
        typed=typed,
        problem=problem,
        errors={one.field: one.detail for one in problem.errors} if problem else {},
        today=ctx().clock.now().date().isoformat(),
        notice=notice,
    )
    return make_response(page, STATUS_OF.get(problem.code, 422) if problem else 200)
