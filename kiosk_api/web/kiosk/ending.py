"""What surrounds a visit: its end, the shell that outlasts the network, the hand-over of text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.web.files import version
from kiosk_api.web.view import COOKIE

bp = Blueprint("ending", __name__)
_SHELL_KINDS = {".css", ".js", ".woff2", ".json"}
_NOT_FOR_CITIZENS = ("css/desk", "css/paper", "js/visit/sw.js")


@bp.get("/end")
def end() -> Response:
    """The visit is over: the browser forgets cookies, cache and storage, and shows the home page.

    Clear-Site-Data is obeyed on https and loopback only; elsewhere the page has cleared its own.
    A page of somebody else's that merely points here clears nothing.
    """
    answer = redirect("/", code=303)
    if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        answer.delete_cookie(COOKIE, httponly=True, samesite="Strict", secure=request.is_secure)
        answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@bp.post("/form")
def form_with_text() -> str:
    """The form with what the assistant could not take; the text is in the body and kept nowhere."""
    return render_template("kiosk/form.html", facts=request.form.get("facts", "")[:TEXT_MAX])


@bp.get("/receipt")
def receipt_again() -> Response:
    """A printed receipt leaves a bare address in the history: that leads to looking it up."""
    return redirect("/status", code=303)


@bp.get("/offline")
def offline() -> str:
    """What the service worker shows while nobody answers; the same for everybody."""
    return render_template("kiosk/offline.html")


@bp.get("/offline/posted")
def offline_posted() -> str:
    """The same after something was sent: it may have come through, so nothing is promised."""
    return render_template("kiosk/offline.html", posted=True)


@bp.get("/sw.js")
def service_worker() -> Response:
    """At the root, so that it may answer for every page. It names the version of the static files: after
    an upgrade a browser sees another script, installs it, and fills the shell again."""
    root = Path(current_app.static_folder or "")
    script = (root / "js/visit/sw.js").read_text(encoding="utf-8")
    return Response(f'const VERSION = "{version(root)}";\n{script}', mimetype="text/javascript")


@bp.get("/shell.json")
def shell() -> dict[str, list[str]]:
    """Addresses of everything a page needs to stand up, and of nothing about a person."""
    return {"files": ["/offline", "/offline/posted", *(url_for("static", filename=one) for one in _shell_files())]}


@cache
def _shell_files() -> tuple[str, ...]:
    root = Path(current_app.static_folder or "")
    found = (path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.suffix in _SHELL_KINDS)
    return tuple(name for name in found if not name.startswith(_NOT_FOR_CITIZENS))
