"""`POST /cases/document` and `/cases/materials`: a petitioner's own document as PDF, and a copy of all that is kept."""

from __future__ import annotations

from typing import Annotated

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import Field

from kiosk_api.domain.limits import CODE_MAX
from kiosk_api.services.cases.find_case import Identification
from kiosk_api.services.cases.own_document import own_document
from kiosk_api.services.cases.own_materials import own_materials
from kiosk_api.web.api.publishing import answers, data
from kiosk_api.web.api.schemas import Tail, Text, must_have
from kiosk_api.web.checked import Sent
from kiosk_api.web.materials import ZIP, zip_answer
from kiosk_api.web.request import ctx, source

PDF = "application/pdf"
bp = APIBlueprint("documents", __name__, url_prefix="/api/v1/cases", abp_tags=[Tag(name="cases")])


class OwnDocumentBody(Sent):
    """Token and phone tail together; `document` is the id that the look-up gives."""

    model_config = must_have("lookup_token", "phone_tail", "document")
    lookup_token: Text = None
    phone_tail: Tail = None
    document: Annotated[str, Field(max_length=CODE_MAX)] = ""


class OwnMaterialsBody(Sent):
    """Token and phone tail together."""

    model_config = must_have("lookup_token", "phone_tail")
    lookup_token: Text = None
    phone_tail: Tail = None


@bp.post("/materials", summary="A copy of one's own case as ZIP", responses=answers(data(ZIP), 200, 404))
def materials(body: OwnMaterialsBody) -> Response:
    """Needs token and phone tail together: the copy names the petitioner. At most ten of one case in an hour."""
    who = Identification(lookup_token=body.lookup_token, phone_tail=body.phone_tail)
    return zip_answer(ctx(), own_materials(ctx(), who, source()))


@bp.post("/document", summary="A written document as PDF", responses=answers(data(PDF), 200, 404))
def document(body: OwnDocumentBody) -> Response:
    """Needs token and phone tail together: the document names the petitioner."""
    who = Identification(lookup_token=body.lookup_token, phone_tail=body.phone_tail)
    return pdf_answer(own_document(ctx(), who, body.document, source()))


def pdf_answer(file: bytes) -> Response:
    """A PDF to show or print; nobody keeps a copy on the way, and its name tells nothing."""
    answer = Response(file, mimetype=PDF)
    answer.headers["Content-Disposition"] = 'inline; filename="document.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
