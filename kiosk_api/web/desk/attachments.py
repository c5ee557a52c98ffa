"""A case's pictures on the desk, under the same right to see as the case itself."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, g

from kiosk_api.services import attach_view
from kiosk_api.web.api.attachments import picture_answer
from kiosk_api.web.desk.views import bp


@bp.get("/cases/<number>/pictures/<picture_id>")
def picture(number: str, picture_id: str) -> Response:
    """One picture, in a tab of its own or as a thumbnail."""
    context = current_app.extensions["kiosk"]
    return picture_answer(*attach_view.case_picture(context, g.officer, number, picture_id))


@bp.app_context_processor
def _case_pictures() -> dict[str, Any]:
    """`case_pictures(number)` for the case page."""

    def case_pictures(number: str) -> list[dict[str, Any]]:
        context = current_app.extensions["kiosk"]
        return attach_view.case_pictures(context, g.officer, number)

    return {"case_pictures": case_pictures}
