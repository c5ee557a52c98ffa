"""Helpers for requests: the context, the caller's address, and the idempotency key."""

from __future__ import annotations

import hmac

from flask import current_app, request

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import Submission
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.chat.repeats import Repeats
from kiosk_api.services.chat.sessions import ChatSessions
from kiosk_api.web.checked import Sent
from kiosk_api.web.source import client_source


def ctx() -> Context:
    """The context of the use cases, built in app.py."""
    context: Context = current_app.extensions["kiosk"]
    return context


def source() -> str:
    """The caller's address, for budgets only; stored as an HMAC, never in clear.

    The bot calls from loopback on behalf of a conversation: then the address
    of that conversation counts, so one guesser cannot use up everybody's tries.
    """
    session_id = bot_session()
    if session_id:
        return chat_sessions().source_of(session_id) or session_id
    return client_source()


def bot_session() -> str | None:
    """The conversation on whose behalf the bot calls; None for any other caller."""
    session_id = request.headers.get("X-Chat-Session")
    return session_id if session_id and is_bot() else None


def chat_sessions() -> ChatSessions:
    """The open conversations."""
    found: ChatSessions = current_app.extensions["chat_sources"]
    return found


def chat_repeats() -> Repeats:
    """The last answer of each open conversation."""
    found: Repeats = current_app.extensions["chat_repeats"]
    return found


def channel_desk() -> Desk:
    """Where messages of messengers wait for their turn."""
    found: Desk = current_app.extensions["channel_desk"]
    return found


def waited_s() -> float:
    """Seconds that this request waited for a thread."""
    return float(request.environ.get("kiosk.waited_s", 0.0))


def remember_chat(session_id: str) -> None:
    """Record a turn of a conversation on a page. Raises DomainError `too_many_chats`."""
    for gone in chat_sessions().turn(session_id, client_source(), on_page=True):
        ctx().assistant.forget(gone)
        chat_repeats().forget(gone)


def forget_chat(session_id: str) -> None:
    """The conversation has ended."""
    chat_sessions().end(session_id)
    chat_repeats().forget(session_id)


def is_bot() -> bool:
    """Whether the caller has the action server's key."""
    given = request.headers.get("X-Bot-Key", "")
    return hmac.compare_digest(given.encode(), ctx().bot_key.encode())


def idempotency_key() -> str | None:
    """The header that makes a retry harmless."""
    return request.headers.get("Idempotency-Key")


def submission(body: Sent) -> Submission:
    """The idempotency key with the members that were sent. Defaults are not filled in, so that
    the fingerprint is that of the request."""
    return Submission(idempotency_key(), body.model_dump(exclude_unset=True))
