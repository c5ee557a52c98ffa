"""Helping at the desk: a code for a kiosk, and what a citizen handed over, ready to go on with."""

from __future__ import annotations

import json

from flask import Response, current_app, g, make_response, render_template, request

from kiosk_api.domain.errors import DomainError
from kiosk_api.services import assist, handover
from kiosk_api.web.desk import presenting
from kiosk_api.web.desk.views import bp


@bp.get("/handover")
def handover_page() -> str:
    """Both ways of helping."""
    return render_template("desk/handover.html")


@bp.post("/assist")
def open_assist() -> str:
    """A fresh code, shown large; not a redirect, so that it stands in no address."""
    given = assist.open_assist(current_app.extensions["kiosk"], g.officer)
    return render_template("desk/handover.html", given=given)


@bp.post("/handover")
def take_over() -> Response:
    """What was left under a code; taken once, so the page carries it from here on."""
    typed = request.form.get("code", "").strip()[:40]
    try:
        draft = handover.take_over(current_app.extensions["kiosk"], g.officer, typed)
    except DomainError as problem:
        status = 429 if problem.code == "too_many_tries" else 404
        page = render_template("desk/handover.html", problem=problem, typed=typed)
        return make_response(page, status)
    return make_response(render_template(
        "desk/handover.html", rows=presenting.draft_rows(draft),
        draft=json.dumps(draft, ensure_ascii=False)))


@bp.post("/handover/form")
def assisted_form() -> str:
    """The citizens' form with what was typed, marked as filed with this officer's help."""
    try:
        draft = json.loads(request.form.get("draft", ""))
    except ValueError:
        draft = None
    if not isinstance(draft, dict):
        raise DomainError("invalid_handover", "内容没有收好，请群众再交接一次。")
    code = assist.open_assist(current_app.extensions["kiosk"], g.officer)["code"]
    return render_template("kiosk/form.html", handed_over={**draft, "assisted_by_code": code})
