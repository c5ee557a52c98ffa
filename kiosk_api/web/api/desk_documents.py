"""Staff API: written documents of a case, as on the case's page at the desk."""

from __future__ import annotations

from flask import Response, g

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.staff import approve_documents, case_documents, deliver_documents
from kiosk_api.web.api.desk_at_window import bp
from kiosk_api.web.api.desk_document_schemas import CaseDocuments, DecideBody, DeliverBody, DocumentPath, MakeBody
from kiosk_api.web.api.desk_schemas import CasePath
from kiosk_api.web.api.documents import PDF, pdf_answer
from kiosk_api.web.api.publishing import OFFICER, answers, data
from kiosk_api.web.request import ctx


@bp.get(
    "/cases/<number>/documents",
    summary="Written documents of a case",
    responses=answers(CaseDocuments, 200, 404),
    security=OFFICER,
)
def documents(path: CasePath) -> JsonObject:
    """What there is, with approvals and deliveries, and which decisions can be told in writing."""
    return as_json(case_documents.read_documents(ctx(), g.officer, path.number))


@bp.post(
    "/cases/<number>/documents",
    summary="Make the document of a decision, or its next version",
    responses=answers(CaseDocuments, 201, 404, 409),
    security=OFFICER,
)
def make_document(path: CasePath, body: MakeBody) -> tuple[JsonObject, int]:
    """{event, body?} → the documents afterwards; final once approved."""
    return as_json(case_documents.make(ctx(), g.officer, path.number, body.event, body.body)), 201


@bp.get(
    "/cases/<number>/documents/<document_id>",
    summary="A document as PDF",
    responses=answers(data(PDF), 200, 404),
    security=OFFICER,
)
def document(path: DocumentPath) -> Response:
    """As approved; before that a draft, marked as one on every page."""
    return pdf_answer(case_documents.document_file(ctx(), g.officer, path.number, path.document_id))


@bp.get(
    "/cases/<number>/documents/<document_id>/sheet",
    summary="The delivery sheet of a document as PDF",
    responses=answers(data(PDF), 200, 404, 409),
    security=OFFICER,
)
def delivery_sheet(path: DocumentPath) -> Response:
    """With the last day to ask for review or re-examination once the document was received."""
    return pdf_answer(deliver_documents.delivery_sheet(ctx(), g.officer, path.number, path.document_id))


@bp.post(
    "/cases/<number>/documents/<document_id>/decision",
    summary="A leader approves a document, which numbers it, or returns it",
    responses=answers(CaseDocuments, 200, 404, 409),
    security=OFFICER,
)
def decide_document(path: DocumentPath, body: DecideBody) -> JsonObject:
    """{decision, reason?} → the documents afterwards."""
    if body.decision == "approve":
        return as_json(approve_documents.approve(ctx(), g.officer, path.number, path.document_id))
    return as_json(approve_documents.send_back(ctx(), g.officer, path.number, path.document_id, body.reason))


@bp.post(
    "/cases/<number>/documents/<document_id>/deliveries",
    summary="Record that a document was sent, received, refused or not handed over",
    responses=answers(CaseDocuments, 200, 404, 409),
    security=OFFICER,
)
def deliver_document(path: DocumentPath, body: DeliverBody) -> JsonObject:
    """{method, sent_on?, received_on?, note?, delivery?} → the documents afterwards."""
    stated = body.model_dump()
    return as_json(deliver_documents.deliver(ctx(), g.officer, path.number, path.document_id, stated))


__all__ = ["bp"]
