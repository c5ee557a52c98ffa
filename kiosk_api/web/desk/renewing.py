"""丢了回执: finding the case of somebody without receipt and number, and a new QR in place of the old one."""

from __future__ import annotations

from flask import g, make_response, render_template, request
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import PHONE_TYPED_MAX
from kiosk_api.services.staff.find_owner import find_owner
from kiosk_api.services.staff.renew_code import renew_code
from kiosk_api.web.desk.views import bp, case_page
from kiosk_api.web.errors import STATUS_OF, set_retry_after
from kiosk_api.web.request import ctx


@bp.get("/lost-receipt")
def lost_receipt() -> str:
    """What to ask for, and where to type it."""
    return render_template("desk/lost_receipt.html")


@bp.post("/lost-receipt")
def find_lost() -> Response:
    """By POST: what was typed is in no address and no log."""
    typed = request.form.get("owner", "").strip()[:PHONE_TYPED_MAX]
    checked = request.form.get("identity_checked") == "yes"
    try:
        found = find_owner(ctx(), g.officer, typed, identity_checked=checked)
    except DomainError as problem:
        if problem.code not in ("invalid_request", "too_many_tries"):
            raise
        page = render_template("desk/lost_receipt.html", problem=problem, typed=typed)
        return set_retry_after(make_response(page, STATUS_OF.get(problem.code, 422)), problem)
    return make_response(render_template("desk/lost_receipt.html", found=found))


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
