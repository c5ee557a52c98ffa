"""督办和建议: what waits for an answer of a unit, and how advice was adopted."""

from __future__ import annotations

from flask import g, render_template, request

from kiosk_api.services.staff.oversight import oversight
from kiosk_api.web.desk.views import bp
from kiosk_api.web.request import ctx


@bp.get("/oversight")
def oversight_page() -> str:
    """Of all units, or of the one in `unit`."""
    return render_template("desk/oversight.html", found=oversight(ctx(), g.officer, request.args.get("unit", "")))
