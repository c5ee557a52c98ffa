"""Why an officer reads a case, where the office asks: the answer to the question in its place."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.staff.reading_log import NEEDED, give_reason
from kiosk_api.web.desk import session
from kiosk_api.web.desk.reason_page import reason_page
from kiosk_api.web.desk.views import bp, case_page, typed_fields
from kiosk_api.web.request import ctx


@bp.post("/cases/<number>/reason")
def give_reading_reason(number: str) -> Response:
    """Keep the reason and go on to what was asked for."""
    action, typed, target = request.form.get("action", ""), typed_fields(), request.form.get("next", "")
    try:
        give_reason(ctx(), g.officer, number, request.form.get("reason", ""))
    except DomainError as problem:
        if problem.code != NEEDED:
            raise
        return reason_page(number, action, typed, problem, target=target)
    if action:
        return case_page(number, action, typed, notice=session.NOTICES["kept"])
    inside = session.safe_next(target)
    return redirect(url_for("desk.case", number=number) if inside == session.COOKIE_PATH else inside, 303)
