"""For the bot's actions on loopback only: field checks and drafts, behind a shared key."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.petition_fields import check_field, mask
from kiosk_api.services.chat import drafts
from kiosk_api.web.request import chat_sessions, ctx, is_bot, json_object, source

bp = Blueprint("internal", __name__, url_prefix="/internal/v1")


@bp.before_request
def _bot_only() -> None:
    if not is_bot():
        raise DomainError("forbidden", "这个地址只供系统内部使用。")


@bp.post("/fields/check")
def check() -> dict[str, Any]:
    """Check one field; the rule and the sentence are the same as on the form."""
    body = json_object()
    field = str(body.get("field"))
    try:
        value = check_field(field, body.get("value"), ctx().identity)
    except DomainError as error:
        return {"ok": False, "code": error.code, "detail": error.detail}
    return {"ok": True, "value": value, "masked": mask(field, value)}


@bp.post("/drafts/save")
def save() -> dict[str, Any]:
    """Keep a draft; of a conversation that has ended only what its owner asked to keep."""
    body = json_object()
    values = body.get("draft")
    if not isinstance(values, dict):
        raise DomainError("bad_json", "草稿格式不对。")
    session_id, sessions = _session(body), chat_sessions()
    return drafts.save_draft(
        ctx(), session_id, values, asked_for=body.get("asked_for") is True,
        on_a_page=sessions.is_on_page(session_id), is_over=lambda: sessions.has_ended(session_id),
    )  # fmt: skip


@bp.post("/drafts/load")
def load() -> dict[str, Any]:
    """Find a draft by conversation or resume code."""
    body = json_object()
    code = body.get("resume_code")
    session_id = body.get("session_id")
    return drafts.load_draft(ctx(), str(session_id) if session_id else None, str(code) if code else None, source())


@bp.post("/drafts/discard")
def discard() -> dict[str, Any]:
    """Forget a draft."""
    drafts.discard_draft(ctx(), _session(json_object()))
    return {}


def _session(body: dict[str, Any]) -> str:
    session_id = body.get("session_id")
    if not isinstance(session_id, str) or not 8 <= len(session_id) <= 100:
        raise DomainError("bad_json", "缺少对话编号。")
    return session_id
