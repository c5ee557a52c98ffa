"""Whether a window is open now, said in the language of the page; of a window whose hours are not published nothing."""

from __future__ import annotations

from kiosk_api.domain.opening import opening_at
from kiosk_api.domain.opening_zh import Phrase, opening_phrase
from kiosk_api.services.base.as_json import JsonObject
from kiosk_api.services.base.context import Context
from kiosk_api.services.handbook.hall import working_days
from kiosk_api.web.view import say


def said(one: Phrase) -> str:
    """The phrase in the language of the page."""
    return say(one.text).format(**{
        name: said(value) if isinstance(value, Phrase) else value for name, value in one.values.items()
    })  # fmt: skip


def opening_now(ctx: Context, window: str) -> JsonObject | None:
    """State and words for a window of the hall; None where its hours are not given by days and times."""
    room = next((one for one in ctx.windows if one.key == window and one.opens), None)
    if room is None:
        return None
    now = ctx.clock.now()
    found = opening_at(room.opens, working_days(ctx), now)
    return {"state": found.state, "words": said(opening_phrase(found, now))}
