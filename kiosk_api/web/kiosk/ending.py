"""The end of a visit, the offline shell, and handing what was told to the form."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.services.attachments.talk_pictures import pictures_of_talk
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.chat.chat import SESSION
from kiosk_api.services.chat.draft_on_form import form_of_draft
from kiosk_api.services.chat.drafts import load_draft
from kiosk_api.web.cookies import came_by_tls, name_of
from kiosk_api.web.errors import set_retry_after
from kiosk_api.web.files import version
from kiosk_api.web.request import ctx, source
from kiosk_api.web.view import COOKIE

bp = Blueprint("ending", __name__)
_NO_CODE = "没找到这个续填码，可能过期了或者有字打错了。"
_SHELL_KINDS = {".css", ".js", ".woff2", ".json", ".svg"}
_NOT_FOR_CITIZENS = (
    "css/desk",
    "js/case/desk_",
    "js/pages/desk",
    "css/paper",
    "js/visit/sw.js",
    "css/design",
    "js/pages/design",
)


@bp.get("/end")
@bp.get("/end/m")
def end() -> Response:
    """End the visit: clear cookies, cache and storage of the browser, and show the home page; of a phone with `/end/m`.

    Browsers obey Clear-Site-Data on https and loopback only; elsewhere the page clears its own data.
    A link from another site clears nothing.
    """
    answer = redirect("/m" if request.path == "/end/m" else "/", code=303)
    if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        name = name_of(COOKIE, whole_site=True)
        answer.delete_cookie(name, httponly=True, samesite="Strict", secure=came_by_tls())
        answer.delete_cookie("upload_visit", path="/u", samesite="Strict", secure=came_by_tls())
        answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@bp.post("/form")
def form_with_text() -> str | Response:
    """The form with all that was told: of a conversation, or under a resume code, and the text that the assistant
    could not accept. It is sent in the body, stands in no address, and nothing is stored here.
    """
    unsent = request.form.get("facts", "")[:TEXT_MAX]
    code = request.form.get("resume_code", "").strip()
    session_id = request.form.get("session_id", "")
    try:
        told = _told(session_id, code)
    except DomainError as problem:
        page = render_template("kiosk/form.html", facts=unsent, code_problem=problem.detail)
        return set_retry_after(make_response(page, 429), problem)
    if told is None:
        return render_template("kiosk/form.html", facts=unsent, code_problem=_NO_CODE if code else "")
    handed_over = form_of_draft(told, unsent)
    if not code and (pictures := pictures_of_talk(ctx(), session_id)):
        handed_over["attachments"] = pictures
    return render_template("kiosk/form.html", handed_over=handed_over, told=True)


def _told(session_id: str, code: str) -> JsonObject | None:
    """The draft of an open conversation, or the one kept under a code. Raises DomainError `too_many_tries`."""
    if code:
        return load_draft(ctx(), None, code, source()).draft
    return load_draft(ctx(), session_id, None, source()).draft if SESSION.fullmatch(session_id) else None


@bp.get("/receipt")
def receipt_again() -> Response:
    """Redirect the receipt's address, as left in the history after printing, to the status page."""
    return redirect("/status", code=303)


@bp.get("/offline")
def offline() -> str:
    """The page that the service worker shows while the server is unreachable; the same for everybody."""
    return render_template("kiosk/offline.html")


@bp.get("/offline/posted")
def offline_posted() -> str:
    """The offline page after a POST: the request may have been received, so the page promises nothing."""
    return render_template("kiosk/offline.html", posted=True)


@bp.get("/sw.js")
def service_worker() -> Response:
    """Served at the root, so that its scope covers every page. It contains the version of the static
    files: after an upgrade a browser sees a changed script, installs it and caches the shell again."""
    root = Path(current_app.static_folder or "")
    script = (root / "js/visit/sw.js").read_text(encoding="utf-8")
    return Response(f'const VERSION = "{version(root)}";\n{script}', mimetype="text/javascript")


@bp.get("/shell.json")
def shell() -> dict[str, list[str]]:
    """Addresses of all files that a page needs; nothing personal."""
    return {"files": ["/offline", "/offline/posted", *(url_for("static", filename=one) for one in _shell_files())]}


@cache
def _shell_files() -> tuple[str, ...]:
    root = Path(current_app.static_folder or "")
    found = (path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.suffix in _SHELL_KINDS)
    return tuple(name for name in found if not name.startswith(_NOT_FOR_CITIZENS))
