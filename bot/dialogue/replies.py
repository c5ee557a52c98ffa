"""The one shape of every bot message: the `custom` payload of the chat contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from bot.dialogue.api_answers import Citation
from bot.dialogue.card import Card


class Option(TypedDict):
    """A button; its value comes back as the citizen's text."""

    label: str
    value: str


class CaseOfReply(TypedDict):
    """What identifies the case that was just registered."""

    case_number: str
    lookup_token: str


class Link(TypedDict):
    """A page on which the citizen can go on."""

    label: str
    href: str


class CallbackOfReply(TypedDict):
    """What identifies the call back that was just asked for."""

    code: str
    phone_tail: str


class SavedOfReply(TypedDict):
    """The code that opens the draft that was just kept."""

    resume_code: str


class Reply(TypedDict):
    """The `custom` payload; `expects` is the slot that the next message answers. `text` says all of `card`.
    `danger` is the kind of danger that was told, for the staff of the hall."""

    text: str
    options: list[Option]
    citations: list[Citation]
    case: CaseOfReply | None
    callback: CallbackOfReply | None
    card: Card | None
    saved: SavedOfReply | None
    links: list[Link]
    expects: str | None
    danger: str | None


def option(label: str, value: str | None = None) -> Option:
    """A button; its value comes back as the citizen's text."""
    return {"label": label, "value": value if value is not None else label}


def reply(
    text: str,
    *,
    options: Iterable[str | Option] = (),
    citations: Iterable[Citation] = (),
    case: CaseOfReply | None = None,
    callback: CallbackOfReply | None = None,
    card: Card | None = None,
    saved: SavedOfReply | None = None,
    links: Iterable[Link] = (),
    expects: str | None = None,
    danger: str | None = None,
) -> Reply:
    """Payload of all members; a plain option is both label and value."""
    return {
        "text": text,
        "options": [option(item) if isinstance(item, str) else item for item in options],
        "citations": list(citations),
        "case": case,
        "callback": callback,
        "card": card,
        "saved": saved,
        "links": list(links),
        "expects": expects,
        "danger": danger,
    }
