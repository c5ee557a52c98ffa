"""A case's pictures on the desk, visible to those who may see the case."""

from __future__ import annotations

from flask import Response, g

from kiosk_api.services.staff import view_attachments
from kiosk_api.web.api.attachments import picture_answer
from kiosk_api.web.desk.views import bp
from kiosk_api.web.request import ctx


@bp.get("/cases/<number>/pictures/<picture_id>")
def picture(number: str, picture_id: str) -> Response:
    """One picture, in a tab of its own or as a thumbnail."""
    return picture_answer(*view_attachments.case_picture(ctx(), g.officer, number, picture_id))
