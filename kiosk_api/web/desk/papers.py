"""放入交来的材料: a letter that was photographed or scanned, with its case."""

from __future__ import annotations

import secrets
from typing import Any

from flask import g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk_api.domain.errors import DomainError
from kiosk_api.services.staff.add_papers import add_paper
from kiosk_api.web.desk import session
from kiosk_api.web.desk.views import bp, case_page
from kiosk_api.web.errors import STATUS_OF
from kiosk_api.web.request import ctx

_ELSEWHERE = ("case_not_found", "forbidden")


@bp.context_processor
def _key() -> dict[str, Any]:
    return {"new_key": lambda: secrets.token_urlsafe(16)}


@bp.post("/cases/<number>/papers")
def put_paper(number: str) -> Response:
    """One picture at a time; a refusal says what to do with it."""
    sent = request.files.get("file")
    data = sent.stream.read() if sent else b""
    try:
        if not data:
            raise DomainError("invalid_request", "请先选一张照片或扫描件（JPG、PNG、WebP）。")
        add_paper(ctx(), g.officer, number, data, request.form.get("key", ""))
    except DomainError as problem:
        if problem.code in _ELSEWHERE:
            raise
        return make_response(case_page(number, problem=problem, status=STATUS_OF.get(problem.code, 422)))
    return session.leave_notice(redirect(url_for("desk.case", number=number), 303), "paper_kept")  # type: ignore[arg-type]
