"""A new QR for a citizen whose receipt was lost or photographed."""

from __future__ import annotations

from flask import g, make_response, render_template, request
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.staff.renew_code import renew_code
from kiosk_api.web.desk.views import bp, case_page
from kiosk_api.web.request import ctx


@bp.post("/cases/<number>/new-code")
def new_code(number: str) -> Response:
    """Rendered in the response itself, so that the code is in no address."""
    checked = request.form.get("identity_checked") == "yes"
    try:
        given = renew_code(ctx(), g.officer, number, identity_checked=checked)
    except DomainError as problem:
        if problem.code != "invalid_request":
            raise
        return case_page(number, problem=problem, status=422)
    return make_response(render_template("desk/new_code.html", given=given))
