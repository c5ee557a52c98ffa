"""没通知到的: notices that reached nobody, to be told by other ways."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.services.staff import petitioner_notices
from kiosk_api.web.api.desk_schemas import CallbacksQuery
from kiosk_api.web.checked import read_query
from kiosk_api.web.desk import session
from kiosk_api.web.desk.views import bp
from kiosk_api.web.request import ctx


@bp.context_processor
def _untold() -> dict[str, Any]:
    """The count of the navigation."""
    officer = g.get("officer")
    return {"untold_count": petitioner_notices.untold_count(ctx(), officer) if officer else 0}


@bp.get("/untold")
def untold() -> str:
    """Owed by law, or, under `view=others`, what can be read on the status page anyway."""
    others = request.args.get("view") == "others"
    query = read_query(CallbacksQuery, view="open")
    return render_template(
        "desk/untold.html",
        found=petitioner_notices.untold(ctx(), g.officer, others=others, page=query.page),
        others=others,
        page=query.page,
        notice=session.take_notice(),
    )


@bp.post("/untold/told")
def told_otherwise() -> Response:
    """One tap: this officer has told it."""
    petitioner_notices.told_otherwise(ctx(), g.officer, request.form.get("notice", "")[:120])
    return session.leave_notice(redirect(url_for("desk.untold"), 303), "told_otherwise")  # type: ignore[arg-type]
