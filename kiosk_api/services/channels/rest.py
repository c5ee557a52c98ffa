"""An answer for a platform that takes one short message as the reply: what does not fit follows by a Sender."""

from __future__ import annotations

from dataclasses import replace

from kiosk_api.domain.messenger_words import MENU_HEAD
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import SavedAnswer
from kiosk_api.services.base.sending import Outgoing
from kiosk_api.services.channels.answer import NOTHING, Answer, said
from kiosk_api.services.channels.hear import send_later
from kiosk_api.services.channels.incoming import Incoming
from kiosk_api.services.channels.plain_text import WECHAT, choice_lines, clipped, parts

_CUT = "……（太长，这里只放得下这些）"


def fitted(answer: Answer, *, can_send: bool) -> tuple[str, Answer]:
    """The reply, "" for none, and what follows it. When nothing can follow, all choices stand in the reply."""
    found = parts(answer, WECHAT)
    if len(found) < 2:
        return (found[0] if found else ""), NOTHING
    choices = choice_lines(answer.options)
    if can_send:
        rest = "\n".join(found[1:])
        if choices and rest.endswith(choices):  # they are told apart again when they are sent
            texts = tuple(one for one in [rest.removesuffix(choices).rstrip("\n")] if one)
            return found[0], Answer(texts, answer.options)
        return found[0], said(rest)
    below = f"\n{choices}" if choices else ""
    room = WECHAT.longest - WECHAT.size(_CUT + below)
    return clipped("\n".join(answer.texts), WECHAT.size, max(room, 0)) + _CUT + below, NOTHING


def with_choices(message: Outgoing, answer: Answer) -> Outgoing:
    """The same, with the choices that end its text told apart for platforms on which they can be tapped."""
    lines = choice_lines(answer.options)
    if not lines or not message.text.endswith(lines) or not all(one.number for one in answer.options):
        return message
    head = message.text.removesuffix(lines).rstrip("\n") or MENU_HEAD
    return replace(message, head=head, choices={one.number: one.label for one in answer.options})


def send_rest(ctx: Context, incoming: Incoming, rest: Answer) -> None:
    """Leave the rest for the worker, once for each message however often the platform repeats it."""
    now = ctx.clock.now()
    key = ctx.marks.mark("channel.rest", f"{incoming.channel}|{incoming.message_id}")
    with ctx.store.write() as records:
        person = records.channel_users.find(messenger_mark(ctx, incoming.channel, incoming.user))
        if person is None or records.saved_answer(key) is not None:
            return
        records.save_answer(key, SavedAnswer("", {}), now)
        send_later(records, person, rest)
