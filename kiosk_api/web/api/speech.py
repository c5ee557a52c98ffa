"""Reading aloud where the browser has no voice."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, Field

from kiosk_api.services.speak import speak
from kiosk_api.web.request import ctx, json_object
from kiosk_api.web.terminal_only import outside

bp = APIBlueprint("speech", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="terminal")])


class SpeechBody(BaseModel):
    """`POST /speech`; documents the shape, the use case checks it."""

    text: object = Field(None, description="1 to 600 characters")
    language: object = Field("zh", description="zh or en")


@bp.get("/speech", summary="Is there speech on this server")
def available() -> dict[str, bool]:
    """Recordings count too."""
    return {"available": ctx().speech.is_on()}


@bp.post("/speech", summary="A sentence as sound")
def sound(body: SpeechBody) -> Response:
    """Never kept: every answer of this server but static files is no-store."""
    del body
    sent = json_object()
    data, media = speak(ctx(), sent.get("text"), sent.get("language", "zh"), outside())
    return Response(data, mimetype=media)
