"""Helping at the desk: a code for a kiosk, and unfinished petitions that citizens handed over."""

from __future__ import annotations

import json

from flask import (
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow import RULE_OF, Action
from kiosk_api.services.petitions import assist
from kiosk_api.services.staff import handover
from kiosk_api.web.desk import presenting
from kiosk_api.web.desk.views import bp
from kiosk_api.web.errors import set_retry_after
from kiosk_api.web.reading import read_json
from kiosk_api.web.request import ctx


@bp.get("/handover")
def handover_page() -> str:
    """Both ways of helping."""
    return render_template("desk/handover.html")


@bp.post("/assist")
def open_assist() -> str:
    """A new code, shown large; rendered directly, so that it is in no address."""
    given = assist.open_assist(ctx(), g.officer)
    return render_template("desk/handover.html", given=given)


@bp.post("/handover")
def take_over() -> Response:
    """Show the draft that was left under a code, with a link to continue it."""
    typed = request.form.get("code", "").strip()[:40]
    try:
        draft = handover.take_over(ctx(), g.officer, typed)
    except DomainError as problem:
        status = 429 if problem.code == "too_many_tries" else 404
        page = render_template("desk/handover.html", problem=problem, typed=typed)
        return set_retry_after(make_response(page, status), problem)
    return make_response(
        render_template(
            "desk/handover.html",
            rows=presenting.draft_rows(draft),
            may_register=g.officer.role in RULE_OF[Action.REGISTER].roles,
            draft=json.dumps(draft, ensure_ascii=False),
            code=typed,
        )
    )


@bp.get("/handover/form")
def assisted_form_again() -> Response:
    """Redirect to the code page after the form was left or cleared; the code stays valid for this officer."""
    return redirect(url_for("desk.handover_page"))


@bp.post("/handover/form")
def assisted_form() -> str:
    """The citizens' form with what was typed, marked as filed with this officer's help.

    Two people use it together, so its idle timeout is longer than a terminal's, and clearing it leads
    back to the desk instead of signing the officer out.
    """
    try:
        draft = read_json(request.form.get("draft", ""))
    except DomainError as problem:
        detail = "内容没有收好，请群众再交接一次。"
        raise DomainError("invalid_handover", detail, problem.errors) from None
    mark = handover.mark_of(ctx(), request.form.get("code", "")[:40])
    code = assist.open_assist(ctx(), g.officer, mark).code
    times = current_app.config["KIOSK_IDLE"]
    return render_template(
        "kiosk/form.html",
        handed_over={**draft, "assisted_by_code": code},
        end=url_for("desk.handover_page"),
        idle={"standard": times.desk, "elder": times.desk, "phone": times.desk, "countdown": times.countdown},
    )
