"""结束并清除 at the server: delete the data of a conversation."""

from __future__ import annotations

from collections.abc import Callable

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.services.base.context import Context
from kiosk_api.services.chat.chat import SESSION
from kiosk_api.services.chat.drafts import end_draft

_UNKNOWN = "没有这次对话，不用再清除。"


def end_chat(
    ctx: Context,
    session_id: str | None,
    on_end: Callable[[str], None] = lambda _session_id: None,
) -> None:
    """End a conversation; also accepts an unknown id.

    `on_end` comes first, so that a turn still under way stores nothing after this. With the
    assistant away the draft is deleted anyway; the assistant forgets by itself when idle.
    """
    if session_id is None or not SESSION.fullmatch(session_id):
        raise DomainError("invalid_request", _UNKNOWN, (FieldError("session_id", "invalid", _UNKNOWN),))
    on_end(session_id)
    try:
        end_draft(ctx, session_id)
    finally:  # forget the conversation in the assistant even when the store is busy
        ctx.assistant.forget(session_id)
