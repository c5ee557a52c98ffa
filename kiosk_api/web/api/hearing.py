"""Speaking instead of typing: a piece of speech in, words to be checked out; nothing is stored."""

from __future__ import annotations

from typing import Literal

from flask import request
from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import HEARD_MAX_S, HEARD_PIECE_S, SOUND_BYTES_MAX
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.terminal import hear as service
from kiosk_api.services.terminal import read_card
from kiosk_api.web.api.more_answers import HeardWords, HearingOffered
from kiosk_api.web.api.publishing import answers
from kiosk_api.web.checked import Sent
from kiosk_api.web.request import ctx
from kiosk_api.web.terminal_only import outside

bp = APIBlueprint("hearing", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="terminal")])
_SOUND = {"required": True, "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}}
_TOO_LONG = f"一次最多听{HEARD_PIECE_S}秒，请分几段说。"


class HearingQuery(Sent):
    """For which field somebody speaks."""

    kind: Literal["words", "name", "phone", "id_number", "case_number", "address"] = "words"


@bp.get("/hearing", summary="Whether speech can be recognised here", responses=answers(HearingOffered))
def offered() -> JsonObject:
    """The pages show no microphone where this says no."""
    return {
        "available": service.available(ctx()),
        "cards": read_card.available(ctx()),
        "longest_s": HEARD_MAX_S,
        "piece_s": HEARD_PIECE_S,
    }


@bp.post(
    "/hearing",
    summary="A piece of speech as words",
    responses=answers(HeardWords, 200, 413),
    openapi_extensions={"requestBody": _SOUND},
)
def hear(query: HearingQuery) -> JsonObject:
    """Words to be shown and checked, never sent unseen; 503 `hearing_off` where nothing listens, `hearing_busy` for now."""
    request.max_content_length = SOUND_BYTES_MAX  # for this request only
    if (request.content_length or 0) > SOUND_BYTES_MAX:
        raise DomainError("sound_too_long", _TOO_LONG)
    found = service.hear(ctx(), request.get_data(cache=False), query.kind, outside())
    return {"text": found.text, "spelt": list(found.spelt)}
