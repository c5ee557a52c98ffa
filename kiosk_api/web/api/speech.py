"""Reading aloud where the browser has no voice."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.services.terminal.speak import speak
from kiosk_api.web.api.more_answers import Available
from kiosk_api.web.api.publishing import answers, data
from kiosk_api.web.api.schemas import SpeechBody
from kiosk_api.web.request import ctx
from kiosk_api.web.terminal_only import outside

bp = APIBlueprint("speech", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="terminal")])


@bp.get("/speech", summary="Is there speech on this server", responses=answers(Available))
def available() -> dict[str, bool]:
    """Whether text can be read aloud; recordings count too."""
    return {"available": ctx().speech.is_on()}


@bp.post(
    "/speech",
    summary="A sentence as sound",
    responses=answers(data("audio/wav", "audio/ogg", "audio/mpeg", "audio/mp4")),
)
def sound(body: SpeechBody) -> Response:
    """The audio of piece `part`, and in Sound-Parts how many there are; never cached, as all but static files."""
    spoken = speak(ctx(), body.text, body.language, outside(), body.part)
    return Response(spoken.data, mimetype=spoken.media, headers={"Sound-Parts": str(spoken.parts)})
