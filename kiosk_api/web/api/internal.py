"""For the bot's actions on loopback only: field checks and drafts, behind a shared key."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from pydantic import Field, JsonValue

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.petition_fields import check_field, mask
from kiosk_api.services.base.as_json import JsonObject, as_json
from kiosk_api.services.chat import drafts
from kiosk_api.web.checked import Sent, read_body
from kiosk_api.web.request import bot_session, chat_sessions, ctx, is_bot, source

bp = Blueprint("internal", __name__, url_prefix="/internal/v1")
SessionId = Annotated[str, Field(min_length=8, max_length=100)]


class FieldBody(Sent):
    """`POST /fields/check`: whatever was typed, under the name of a field."""

    field: JsonValue = None
    value: JsonValue = None


class DiscardBody(Sent):
    """`POST /drafts/discard`."""

    refusal, sentence = "bad_json", "缺少对话编号。"
    session_id: SessionId


class SaveBody(Sent):
    """`POST /drafts/save`; the owner has `asked_for` it to be kept by saying 先存着."""

    refusal, sentence = "bad_json", "草稿格式不对，或缺少对话编号。"
    session_id: SessionId
    draft: dict[str, JsonValue]
    asked_for: bool = False


class LoadBody(Sent):
    """`POST /drafts/load`: by resume code or, without one, by conversation."""

    session_id: str | None = None
    resume_code: str | None = None


@bp.before_request
def _bot_only() -> None:
    if not is_bot():
        raise DomainError("forbidden", "这个地址只供系统内部使用。")


@bp.post("/fields/check")
def check() -> JsonObject:
    """Check one field; the rule and the sentence are the same as on the form."""
    body = read_body(FieldBody)
    field = str(body.field)
    try:
        value = check_field(field, body.value, ctx().identity)
    except DomainError as error:
        return {"ok": False, "code": error.code, "detail": error.detail}
    return {"ok": True, "value": value, "masked": mask(field, value)}


@bp.post("/drafts/save")
def save() -> JsonObject:
    """Store a draft; after the conversation has ended, only one that its owner asked to keep."""
    body, sessions = read_body(SaveBody), chat_sessions()
    return as_json(drafts.save_draft(
        ctx(), body.session_id, body.draft, asked_for=body.asked_for,
        on_a_page=sessions.is_on_page(body.session_id), is_over=lambda: sessions.has_ended(body.session_id),
    ))  # fmt: skip


@bp.post("/drafts/load")
def load() -> JsonObject:
    """Find a draft by conversation or resume code."""
    body = read_body(LoadBody)
    code = body.resume_code or None
    return as_json(drafts.load_draft(ctx(), body.session_id or None, code, source(), bot_session() if code else None))


@bp.post("/drafts/discard")
def discard() -> dict[str, str]:
    """Forget a draft."""
    drafts.discard_draft(ctx(), read_body(DiscardBody).session_id)
    return {}
