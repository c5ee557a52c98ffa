"""Handwriting for the kiosk's keyboard: strokes in, characters out, nothing stored."""

from __future__ import annotations

from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.services.terminal import read_handwriting as service
from kiosk_api.web.api.more_answers import Available, Candidates
from kiosk_api.web.api.publishing import answers
from kiosk_api.web.api.schemas import StrokesBody
from kiosk_api.web.request import ctx
from kiosk_api.web.terminal_only import outside

bp = APIBlueprint("handwriting", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="handwriting")])


@bp.get("/handwriting", summary="Whether handwriting can be read here", responses=answers(Available))
def offered() -> dict[str, bool]:
    """Whether handwriting is available; the keyboard hides the tab when it is not."""
    return {"available": service.available(ctx())}


@bp.post("/handwriting", summary="Signs that look like these strokes", responses=answers(Candidates))
def read(body: StrokesBody) -> dict[str, list[str]]:
    """Candidates, most likely first; 503 `handwriting_off` where the library is absent."""
    return {"candidates": service.read_handwriting(ctx(), body.drawing(), outside())}
