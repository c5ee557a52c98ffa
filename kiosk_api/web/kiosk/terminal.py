"""`/terminal`: whether everything at this machine works, for attendants."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from kiosk_api.web.terminal_only import is_terminal

bp = Blueprint("terminal_page", __name__)


@bp.get("/terminal")
def terminal() -> str:
    """Raises NotFound for callers that are not a terminal."""
    if not is_terminal():
        abort(404)
    return render_template("kiosk/terminal.html")
