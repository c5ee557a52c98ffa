"""本人在窗口: the petitioner's own steps, entered by the officer there."""

from __future__ import annotations

from flask import g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.staff import at_the_window, staff_cases
from kiosk_api.web.desk import session
from kiosk_api.web.desk.trouble import trouble
from kiosk_api.web.desk.views import bp, typed_fields
from kiosk_api.web.request import ctx


def _page(number: str, action: str = "", problem: DomainError | None = None, status: int = 200) -> Response:
    view = staff_cases.view_case(ctx(), g.officer, number)
    steps = at_the_window.steps_at_the_window(ctx(), g.officer, number)
    errors = {error.field.removeprefix("data."): error for error in problem.errors} if problem else {}
    page = render_template(
        "desk/at_window.html", case=view, steps=steps, open_action=action, problem=problem, errors=errors,
        typed=typed_fields() if action else {},
    )  # fmt: skip
    return make_response(page, status)


@bp.get("/cases/<number>/at-the-window")
def at_window(number: str) -> Response:
    """The steps that are open to the petitioner now."""
    return _page(number)


@bp.post("/cases/<number>/at-the-window")
def take_at_window(number: str) -> Response:
    """Enter one step; a refusal comes back with what was typed."""
    action, checked = request.form.get("action", ""), request.form.get("identity_checked") == "yes"
    try:
        at_the_window.take_step(ctx(), g.officer, number, action, typed_fields(), identity_checked=checked)
    except StoreBusy as error:
        busy = DomainError("store_busy", "系统正忙，还没有提交。内容都在，请过几秒再提交一次。")
        return _page(number, action, trouble(error, busy), 503)
    except DomainError as problem:
        if problem.code in ("case_not_found", "forbidden"):
            raise
        return _page(number, action, problem, 409 if problem.code == "not_allowed_now" else 422)
    return session.leave_notice(redirect(url_for("desk.case", number=number), 303), f"done.{action}")  # type: ignore[arg-type]
