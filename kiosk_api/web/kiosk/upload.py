"""`/u`: the page a phone opens from the kiosk's code; its token stays in the fragment."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from kiosk_api.domain.policy import MOST_PICTURE_BYTES, MOST_PICTURES

bp = Blueprint("upload_page", __name__)


@bp.get("/u")
def upload() -> str:
    """Render the page without reading the store; the page's script calls the API."""
    return render_template("kiosk/upload.html")


@bp.get("/u/<path:_lost>")
@bp.get("/u#<path:_lost>")
def upload_by_changed_link(_lost: str) -> str:
    """The same where an app has made a path of the fragment, or encoded its #."""
    return render_template("kiosk/upload.html")


@bp.app_context_processor
def _limits() -> dict[str, Any]:
    """The limits, shown before anybody chooses a file."""
    return {"picture_limits": {"most": MOST_PICTURES, "mib": MOST_PICTURE_BYTES // 1024 // 1024}}
