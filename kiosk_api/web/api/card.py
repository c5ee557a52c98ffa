"""An identity card or a receipt before the camera: a photo in, what is surely read out; nothing is stored."""

from __future__ import annotations

from flask import request
from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.domain.attachments import TOO_LARGE
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import CARD_BYTES_MAX
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.terminal import read_card as service
from kiosk_api.web.api.more_answers import Available, CardFields
from kiosk_api.web.api.publishing import answers
from kiosk_api.web.request import ctx
from kiosk_api.web.terminal_only import outside

bp = APIBlueprint("card", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="terminal")])
_PHOTO = {"required": True, "content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}


@bp.get("/card", summary="Whether a card can be read here", responses=answers(Available))
def offered() -> dict[str, bool]:
    """Whether a reader runs; the pages hide its buttons when none does."""
    return {"available": service.available(ctx())}


@bp.post(
    "/card",
    summary="Name, number and address of an identity card, or a receipt's number",
    responses=answers(CardFields, 200, 413, 415, 422),
    openapi_extensions={"requestBody": _PHOTO},
)
def read() -> JsonObject:
    """Only what is sure is filled in; 503 `card_off` where no reader runs, `card_busy` while it reads another photo."""
    found = service.read_card(ctx(), _photo(), outside())
    return {
        "kind": found.kind,
        "name": found.name,
        "id_number": found.id_number,
        "address": found.address,
        "case_number": found.case_number,
        "id_number_checked": bool(found.id_number),
    }


def _photo() -> bytes:
    request.max_content_length = CARD_BYTES_MAX  # for this request only
    if (request.content_length or 0) > CARD_BYTES_MAX:
        raise DomainError("picture_too_large", TOO_LARGE)
    return request.get_data(cache=False)
