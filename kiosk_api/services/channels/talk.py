"""What is said to one message: the conversation's answer, or a messenger's own words where it has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.matter_cues import find_emergency
from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import Person, chosen
from kiosk_api.domain.typed import clean
from kiosk_api.services.base.context import Context
from kiosk_api.services.channels.answer import NOTHING, Answer, answer_of, before, said
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.channels.incoming import Incoming, Kind
from kiosk_api.services.chat.chat import say


@dataclass(frozen=True)
class Said:
    """An answer, and the person as known afterwards."""

    answer: Answer
    person: Person


Outcome = Callable[[Person], Said]
"""What a message leads to; given the person as stored at that moment, inside the transaction that keeps it."""

_ITS_KIND = {Kind.OTHER: "only_text", Kind.PICTURE: "only_text", Kind.JOINED: "welcome"}


def talk(ctx: Context, desk: Desk, person: Person, incoming: Incoming) -> Outcome:
    """Answer one message. No transaction is open while the assistant is asked."""
    text = clean(incoming.text).strip()
    if incoming.kind is Kind.LEFT:
        return unchanged(NOTHING)
    if key := _ITS_KIND.get(incoming.kind):
        return unchanged(said(word(key, person.language)))
    if not text:
        return unchanged(said(word("type_it" if incoming.kind is Kind.VOICE else "empty", person.language)))
    return unchanged(_asked(ctx, desk, person, chosen(text, person.options, person.expects) or text))


def unchanged(answer: Answer) -> Outcome:
    """An answer after which nothing else is known of the person."""
    return lambda person: Said(answer, person)


def _asked(ctx: Context, desk: Desk, person: Person, text: str) -> Answer:
    """What the assistant says; what it cannot take in is answered with the reason."""
    try:
        turn = say(ctx, text, session_of(ctx, person), lambda one: _remember(ctx, desk, person, one))
    except DomainError as error:
        return said(error.detail)
    answer = answer_of(turn, ctx.public_url)
    danger = find_emergency(text) if turn.degraded else None
    return before((word("danger", person.language, danger=danger),), answer) if danger else answer


def session_of(ctx: Context, person: Person) -> str:
    """The one conversation of a person at a messenger."""
    return str(ctx.marks.mark("channel.session", f"{person.channel}|{person.address}"))[:40]


def _remember(ctx: Context, desk: Desk, person: Person, session_id: str) -> None:
    """Note the turn; the person is the source, so that a flood of one takes nothing from another."""
    for gone in desk.sessions.turn(session_id, f"{person.channel}:{session_id}", on_page=False):
        ctx.assistant.forget(gone)
        desk.repeats.forget(gone)
