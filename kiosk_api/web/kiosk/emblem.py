"""`/emblem`: the bureau's own mark. It is shown as an image only; opened by itself it runs nothing."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, url_for

bp = Blueprint("emblem", __name__)


@bp.get("/emblem")
def emblem() -> Response:
    """The file of KIOSK_OFFICE_EMBLEM. Raises NotFound without one."""
    found = current_app.extensions.get("emblem")
    if found is None:
        abort(404)
    answer = Response(found.data, mimetype=found.mime)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def emblem_address() -> str:
    """Where pages find it; "" without one."""
    found = current_app.extensions.get("emblem")
    return url_for("emblem.emblem", v=found.mark) if found else ""
