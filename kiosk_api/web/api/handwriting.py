"""Handwriting for the kiosk's keyboard: strokes in, signs out, nothing kept."""

from __future__ import annotations

from typing import Annotated, Any

from flask_openapi3 import APIBlueprint, Tag
from pydantic import WithJsonSchema

from kiosk_api.services import read_handwriting as service
from kiosk_api.web.api.schemas import Open
from kiosk_api.web.request import ctx, json_object
from kiosk_api.web.terminal_only import outside

bp = APIBlueprint("handwriting", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="handwriting")])


Side = Annotated[Any, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 4096})]
Point = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
Strokes = Annotated[
    Any,
    WithJsonSchema(
        {
            "type": "array", "minItems": 1, "maxItems": 64,
            "items": {"type": "array", "minItems": 1, "items": Point},
        }
    ),
]  # fmt: skip


class StrokesBody(Open):
    """`POST /handwriting`: one sign as it was drawn, in pixels; together at most 5000 points."""

    width: Side = None
    height: Side = None
    strokes: Strokes = None


@bp.get("/handwriting", summary="Whether handwriting can be read here")
def offered() -> dict[str, Any]:
    """The keyboard hides its handwriting when it cannot."""
    return {"available": service.available(ctx())}


@bp.post("/handwriting", summary="Signs that look like these strokes")
def read(body: StrokesBody) -> dict[str, Any]:
    """Likeliest first; 503 `handwriting_off` where the library is absent."""
    del body
    return {"candidates": service.read_handwriting(ctx(), json_object(), outside())}
