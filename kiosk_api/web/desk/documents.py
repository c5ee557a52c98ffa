"""文书 on a case's page: make, look at, approve or return, hand over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow_review import METHODS
from kiosk_api.services.staff import approve_documents, case_documents, deliver_documents
from kiosk_api.web.api.documents import pdf_answer
from kiosk_api.web.desk import session
from kiosk_api.web.desk.views import bp, case_page, typed_fields
from kiosk_api.web.errors import STATUS_OF
from kiosk_api.web.request import ctx

_SHOWN_ON_THE_CASE = (
    "incomplete", "forbidden", "with_colleague", "not_allowed_now", "document_changed", "document_final", "no_unit", "unknown_document",
    "case_changed",
)  # fmt: skip


@bp.context_processor
def _ways() -> dict[str, Any]:
    return {"delivery_methods": METHODS}


@bp.post("/cases/<number>/documents")
def make_document(number: str) -> BaseResponse:
    """The document of a decision, or its next version."""
    place = request.form.get("event", "")
    event = int(place) if place.isascii() and place.isdigit() and len(place) < 6 else -1
    body = typed_fields().get("body", "")
    return _done(number, f"make-{event}", lambda: case_documents.make(ctx(), g.officer, number, event, body))


@bp.get("/cases/<number>/documents/<document_id>")
def document(number: str, document_id: str) -> Response:
    """The PDF in a tab of its own, from which it is printed."""
    return pdf_answer(case_documents.document_file(ctx(), g.officer, number, document_id))


@bp.get("/cases/<number>/documents/<document_id>/sheet")
def delivery_sheet(number: str, document_id: str) -> Response:
    """送达回证."""
    return pdf_answer(deliver_documents.delivery_sheet(ctx(), g.officer, number, document_id))


@bp.post("/cases/<number>/documents/<document_id>/decision")
def decide_document(number: str, document_id: str) -> BaseResponse:
    """A leader's word: approve, or return with the reason."""
    if request.form.get("decision") == "approve":
        return _done(
            number, "", lambda: approve_documents.approve(ctx(), g.officer, number, document_id), "document_approved"
        )
    reason = typed_fields().get("reason", "")
    return _done(
        number,
        f"return-{document_id}",
        lambda: approve_documents.send_back(ctx(), g.officer, number, document_id, reason),
        "document_returned",
    )


@bp.post("/cases/<number>/documents/<document_id>/deliveries")
def deliver_document(number: str, document_id: str) -> BaseResponse:
    """How and when it was handed over."""
    return _done(
        number,
        f"deliver-{document_id}",
        lambda: deliver_documents.deliver(ctx(), g.officer, number, document_id, typed_fields()),
        "document_delivered",
    )


def _done(number: str, form: str, act: Callable[[], Any], notice: str = "document_made") -> BaseResponse:
    """The case's page again; a refusal comes back with what was typed."""
    try:
        act()
    except DomainError as problem:
        if problem.code not in _SHOWN_ON_THE_CASE:
            raise
        return case_page(number, form, typed_fields(), problem, STATUS_OF.get(problem.code, 422))
    target = url_for("desk.case", number=number) + "#documents"
    return session.leave_notice(redirect(target, 303), notice)  # type: ignore[arg-type]
