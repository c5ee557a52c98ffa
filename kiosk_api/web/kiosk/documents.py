"""A petitioner's own document, opened by a phone or printed at home."""

from __future__ import annotations

from flask import Response, request

from kiosk_api.domain.limits import CODE_MAX, PHONE_TYPED_MAX
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.services.cases.own_document import own_document
from kiosk_api.web.api.documents import pdf_answer
from kiosk_api.web.kiosk.views import bp
from kiosk_api.web.request import ctx, source


@bp.post("/document")
def document() -> Response:
    """By POST from the status page: token and phone are in no address. Every phone's browser opens a PDF that is
    the answer to a form; few open one that a script has fetched."""
    who = Identification(
        lookup_token=request.form.get("lookup_token", ""),
        phone_tail=request.form.get("phone_tail", "")[:PHONE_TYPED_MAX],
    )
    return pdf_answer(own_document(ctx(), who, request.form.get("document", "")[:CODE_MAX], source()))
