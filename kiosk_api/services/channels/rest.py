"""An answer for a platform that takes one short message as the reply: what does not fit follows by a Sender."""

from __future__ import annotations

from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import SavedAnswer
from kiosk_api.services.channels.answer import Answer, said
from kiosk_api.services.channels.hear import send_later
from kiosk_api.services.channels.incoming import Incoming
from kiosk_api.services.channels.plain_text import WECHAT, choice_lines, clipped, parts

_CUT = "……（太长，这里只放得下这些）"


def fitted(answer: Answer, *, can_send: bool) -> tuple[str, list[str]]:
    """The reply, "" for none, and what follows it. When nothing can follow, all choices stand in the reply."""
    found = parts(answer, WECHAT)
    if len(found) < 2 or can_send:
        return (found[0] if found else ""), found[1:]
    choices = choice_lines(answer.options)
    below = f"\n{choices}" if choices else ""
    room = WECHAT.longest - WECHAT.size(_CUT + below)
    return clipped("\n".join(answer.texts), WECHAT.size, max(room, 0)) + _CUT + below, []


def send_rest(ctx: Context, incoming: Incoming, texts: list[str]) -> None:
    """Leave the rest for the worker, once for each message however often the platform repeats it."""
    now = ctx.clock.now()
    key = ctx.marks.mark("channel.rest", f"{incoming.channel}|{incoming.message_id}")
    with ctx.store.write() as records:
        person = records.channel_users.find(messenger_mark(ctx, incoming.channel, incoming.user))
        if person is None or records.saved_answer(key) is not None:
            return
        records.save_answer(key, SavedAnswer("", {}), now)
        send_later(records, person, said(*texts))
