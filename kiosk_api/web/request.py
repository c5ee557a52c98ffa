"""Reading requests: the context, the caller's address, and a JSON object or a clear error."""

from __future__ import annotations

import hmac
from typing import Any

from flask import current_app, request

from kiosk_api.services.context import Context

_CHATS_KNOWN = 10_000


def ctx() -> Context:
    """The use cases' world, wired in app.py."""
    context: Context = current_app.extensions["kiosk"]
    return context


def source() -> str:
    """Where the caller is, for budgets only; stored as a keyed mark, never in clear.

    The bot calls from loopback on behalf of a conversation: what counts then is where that
    conversation comes from, so one guesser cannot use up everybody's tries.
    """
    session_id = request.headers.get("X-Chat-Session")
    if session_id and is_bot():
        return _chat_sources().get(session_id, session_id)
    return request.remote_addr or "unknown"


def remember_chat(session_id: str) -> None:
    """Note where a conversation comes from; in memory, the latest ten thousand."""
    sources = _chat_sources()
    sources.pop(session_id, None)
    sources[session_id] = request.remote_addr or "unknown"
    while len(sources) > _CHATS_KNOWN:
        sources.pop(next(iter(sources)), None)


def is_page_chat(session_id: str) -> bool:
    """Whether the conversation is held on a page of ours (and not by SMS)."""
    return session_id in _chat_sources()


def forget_chat(session_id: str) -> None:
    """The conversation has ended: nothing of it is stored any more, by a late turn either."""
    _chat_sources().pop(session_id, None)
    ended = _ended_chats()
    ended[session_id] = None
    while len(ended) > _CHATS_KNOWN:
        ended.pop(next(iter(ended)), None)


def chat_has_ended(session_id: str) -> bool:
    """True for the latest ten thousand that ended."""
    return session_id in _ended_chats()


def is_bot() -> bool:
    """Whether the caller knows the key that only the action server is given."""
    given = request.headers.get("X-Bot-Key", "")
    return hmac.compare_digest(given.encode(), ctx().bot_key.encode())


def _chat_sources() -> dict[str, str]:
    found: dict[str, str] = current_app.extensions.setdefault("chat_sources", {})
    return found


def _ended_chats() -> dict[str, None]:
    found: dict[str, None] = current_app.extensions.setdefault("ended_chats", {})
    return found


def json_object() -> dict[str, Any]:
    """The request body, read and checked by reading.py, which also says what it refuses."""
    body: dict[str, Any] = request.get_json()
    return body


def idempotency_key() -> str | None:
    """The header that makes a retry harmless."""
    return request.headers.get("Idempotency-Key")
