"""A case's pictures on the desk, visible to those who may see the case."""

from __future__ import annotations

from flask import Response, g, render_template

from kiosk_api.services.staff import view_attachments
from kiosk_api.web.api.attachments import picture_answer
from kiosk_api.web.desk.views import bp
from kiosk_api.web.request import ctx


@bp.get("/cases/<number>/pictures/<picture_id>")
def picture(number: str, picture_id: str) -> Response:
    """One picture, in a tab of its own or as a thumbnail."""
    return picture_answer(*view_attachments.case_picture(ctx(), g.officer, number, picture_id))


@bp.get("/cases/<number>/pictures/<picture_id>/large")
def large_picture(number: str, picture_id: str) -> str:
    """A page with the picture as wide as the window and as long as it takes, so that a long one can be read."""
    place, shown = view_attachments.place_of_picture(ctx(), g.officer, number, picture_id)
    return render_template("desk/picture.html", number=number, place=place, shown=shown)
