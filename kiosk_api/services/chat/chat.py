"""The public entry to the conversation: limits the input, protects Rasa, and works when Rasa is away."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.policy import DRAFT_KEPT
from kiosk_api.domain.typed import clean
from kiosk_api.services.base.as_json import OPTIONAL, JsonObject
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import AssistantUnavailable
from kiosk_api.services.chat.sessions import ENDED

TOO_LATE_S = 2.5  # with the turn itself, nobody waits longer than eight seconds
SESSION = re.compile(r"[A-Za-z0-9_-]{16,64}")
_SLASH, _HARMLESS_SLASH = "/", "／"


@dataclass(frozen=True)
class Link:
    """A link to a page where the citizen can continue."""

    label: str
    href: str


@dataclass(frozen=True)
class Reply:
    """One message; `options`, `citations`, `case`, `callback` and `card` are as the assistant wrote them. `card` holds
    what is noted, a row each; `text` says the same in plain lines. `saved` is a kept draft's code, with the address that
    opens it on a phone."""

    text: str = ""
    options: list[Any] = field(default_factory=list, metadata=OPTIONAL)
    citations: list[Any] = field(default_factory=list, metadata=OPTIONAL)
    case: JsonObject = field(default_factory=dict, metadata=OPTIONAL)
    callback: JsonObject = field(default_factory=dict, metadata=OPTIONAL)
    card: JsonObject = field(default_factory=dict, metadata=OPTIONAL)
    saved: JsonObject = field(default_factory=dict, metadata=OPTIONAL)
    links: tuple[Link, ...] = field(default=(), metadata=OPTIONAL)


@dataclass(frozen=True)
class Turn:
    """The assistant's answer; `expects` names the field it asks for. `degraded`: it is away."""

    session_id: str
    degraded: bool
    expects: str | None
    replies: list[Reply]


_AWAY = Reply(
    text="小助手现在没法回话，您刚才说的这句没有收到，请先留着。"
    "您可以点“自己填表”，马上就能提交；也可以过一会儿再试，或请窗口工作人员帮忙。",
    links=(Link("自己填表", "/form"), Link("查进度", "/status")),
)


def say(
    ctx: Context,
    text: str | None,
    session_id: str | None = None,
    on_session: Callable[[str], None] = lambda _session_id: None,
    waited_s: float = 0.0,
    on_danger: Callable[[str], None] = lambda _kind: None,
) -> Turn:
    """The answer to `POST /chat`; `on_session` is given the conversation's id before the turn, `on_danger`
    the kind of a danger that was told in it.
    Without a `session_id` a conversation begins.

    With the assistant away the answer is `degraded`: it says so, offers the form, and the page
    keeps what was typed.
    """
    if session_id is None:
        session_id = secrets.token_urlsafe(24)
    if not SESSION.fullmatch(session_id):
        raise _invalid("session_id", ENDED)
    spoken = spoken_words(text)
    on_session(session_id)
    # A leading slash would reach Rasa as a command that bypasses understanding.
    if spoken.startswith(_SLASH):
        spoken = _HARMLESS_SLASH + spoken[1:]
    try:
        if waited_s > TOO_LATE_S:  # so many conversations are running that this turn would time out
            raise AssistantUnavailable("too many")
        messages = ctx.assistant.say(session_id, spoken)
    except AssistantUnavailable:
        return Turn(session_id, degraded=True, expects=None, replies=[_AWAY])
    for kind in {str(one["custom"]["danger"]) for one in messages if (one.get("custom") or {}).get("danger")}:
        on_danger(kind)
    return _merge(ctx, session_id, messages)


def check_message_id(message_id: str | None) -> None:
    """Raises DomainError `invalid_request` for an id that no client of ours makes; none, or an empty one, is fine."""
    if message_id and not SESSION.fullmatch(message_id):
        raise _invalid("message_id", "这句话没有送到，请再说一遍。")


def spoken_words(text: str | None) -> str:
    """What was said, cleaned. Raises DomainError `invalid_request` for nothing and for too much."""
    typed = text or ""
    if len(typed) > TEXT_MAX:  # as it came: the contract's limit knows nothing of signs that are taken out
        raise _invalid("text", f"一次最多说{TEXT_MAX}个字，现在有{len(typed)}个字，请分几次说，先说要紧的。")
    said = clean(typed).strip()
    if not said:
        raise _invalid("text", "请输入您想说的话。")
    return said


def _merge(ctx: Context, session_id: str, messages: list[JsonObject]) -> Turn:
    replies: list[Reply] = []
    expects: str | None = None
    for message in messages:
        payload = message.get("custom") or {"text": message.get("text", "")}
        expects = payload.get("expects") or expects
        said = {
            name: payload[name]
            for name in ("text", "options", "citations", "case", "callback", "card")
            if payload.get(name)
        }
        if code := (payload.get("saved") or {}).get("resume_code"):
            said["saved"] = _opened_on_a_phone(ctx, str(code))
        if said:
            links = tuple(Link(one["label"], one["href"]) for one in payload.get("links") or ())
            replies.append(Reply(**said, links=links))
    return Turn(session_id, degraded=False, expects=expects, replies=replies)


def _opened_on_a_phone(ctx: Context, code: str) -> JsonObject:
    """The code stands in the fragment of the address, which browsers send to no server."""
    url = f"{ctx.public_url}/m#{code}"
    return {"resume_code": code, "url": url, "qr_svg": ctx.pictures.svg(url), "days": DRAFT_KEPT.days}


def _invalid(field: str, detail: str) -> DomainError:
    return DomainError("invalid_request", detail, (FieldError(field, "invalid", detail),))
