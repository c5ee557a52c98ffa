"""A petitioner's own document, opened by a phone or printed at home, and a copy of all that is kept of a case."""

from __future__ import annotations

from flask import Response, request

from kiosk_api.domain.limits import CODE_MAX, PHONE_TYPED_MAX
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.services.cases.own_document import own_document
from kiosk_api.services.cases.own_materials import own_materials
from kiosk_api.web.api.documents import pdf_answer
from kiosk_api.web.kiosk.views import bp
from kiosk_api.web.materials import zip_answer
from kiosk_api.web.request import ctx, source


@bp.post("/document")
def document() -> Response:
    """By POST from the status page: token and phone are in no address. Every phone's browser opens a PDF that is
    the answer to a form; few open one that a script has fetched."""
    return pdf_answer(own_document(ctx(), _who(), request.form.get("document", "")[:CODE_MAX], source()))


@bp.post("/materials")
def materials() -> Response:
    """The same way: a form of the case's page on somebody's own phone, where a file may stay."""
    return zip_answer(ctx(), own_materials(ctx(), _who(), source()))


def _who() -> Identification:
    return Identification(
        lookup_token=request.form.get("lookup_token", ""),
        phone_tail=request.form.get("phone_tail", "")[:PHONE_TYPED_MAX],
    )
