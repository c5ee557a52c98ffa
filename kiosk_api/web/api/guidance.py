"""Handbook, windows and the conversation."""

from __future__ import annotations

from contextlib import suppress

from flask import request
from flask_openapi3 import APIBlueprint, Tag

from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.base.office import office_reached
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.chat import chat
from kiosk_api.services.chat.dangers import danger_told
from kiosk_api.services.chat.end_chat import end_chat
from kiosk_api.services.handbook import handbook
from kiosk_api.services.handbook.hall import windows_shown
from kiosk_api.web.api.answers import Contents, SectionInFull
from kiosk_api.web.api.more_answers import Asked, Ended, Turn, Windows
from kiosk_api.web.api.publishing import answers
from kiosk_api.web.api.schemas import ChatBody, ChatEndBody, QuestionBody, SlugPath
from kiosk_api.web.request import chat_repeats, ctx, forget_chat, remember_chat, source
from kiosk_api.web.terminal_only import is_terminal, terminal_place

bp = APIBlueprint("guidance", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="guidance")])


@bp.get("/handbook", summary="Booklets and their sections", responses=answers(Contents))
def contents() -> JsonObject:
    """Short answers included."""
    return as_json({"booklets": handbook.contents(ctx())})


@bp.get("/handbook/<slug>", summary="One section", responses=answers(SectionInFull, 200, 404))
def section(path: SlugPath) -> JsonObject:
    """With the articles it rests on."""
    return as_json(handbook.section(ctx(), path.slug))


@bp.post("/handbook/ask", summary="Ask the handbook", responses=answers(Asked))
def ask(body: QuestionBody) -> JsonObject:
    """An answer with its citation, choices, or a referral."""
    return as_json(handbook.ask(ctx(), body.question, body.before))


@bp.get("/windows", summary="Windows and support rooms", responses=answers(Windows))
def windows() -> JsonObject:
    """Each window: purpose, place, opening hours, whether it is open now, what to bring. `office`: its phone and hours, null while not filled in."""
    return as_json({"windows": windows_shown(ctx()), "office": office_reached(ctx())})


@bp.post("/chat", summary="One turn of the conversation", responses=answers(Turn))
def talk(body: ChatBody) -> JsonObject:
    """Offers the form instead when the assistant is away."""
    waited_s = request.environ.get("kiosk.waited_s", 0.0)
    chat.check_message_id(body.message_id)
    chat.spoken_words(body.text)  # an invalid message is refused, also where its id repeats that of a valid one

    def say() -> chat.Turn:
        return chat.say(ctx(), body.text, body.session_id, remember_chat, waited_s, _tell_staff)

    return as_json(chat_repeats().once(body.session_id, body.message_id, say))


def _tell_staff(kind: str) -> None:
    """A danger told in the hall goes to its desk; a failure there takes no answer from the citizen."""
    if is_terminal():
        with suppress(StoreBusy):
            danger_told(ctx(), kind, terminal_place(), source())


@bp.post("/chat/end", summary="End a conversation and forget what was not stored on purpose", responses=answers(Ended))
def end(body: ChatEndBody) -> dict[str, bool]:
    """200 with the assistant away as well; sent as a beacon when the screen is cleared."""
    end_chat(ctx(), body.session_id, forget_chat)
    return {"ended": True}
