"""What is said after the platform's reply: late answers, and a word where an answer will never come.

Run by the worker. A part is sent again only after the platform said that it never saw it.
"""

from __future__ import annotations

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.policy import CHANNEL_USER_KEPT
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notice_ways import sender_back
from kiosk_api.services.base.records import OutboxMessage
from kiosk_api.services.base.sending import Outgoing, Refused
from kiosk_api.services.channels.answer import restored, said, stored
from kiosk_api.services.channels.hear import owe, send_later
from kiosk_api.services.channels.late_parts import send_once, was_sent
from kiosk_api.services.channels.rest import with_choices
from kiosk_api.services.channels.text_messages import texts_for

MENDED_AT_ONCE = 20
_TRIES_MOST = 6  # afterwards, some five minutes later, it is said with the next answer


def send_answer(ctx: Context, message: OutboxMessage) -> None:
    """The outbox's handler of late answers. Raises NotSent to be tried again."""
    content = message.payload
    sender = sender_back(ctx, content["channel"])
    answer = restored(content["answer"])
    texts = texts_for(content["channel"], answer, ctx.public_url)
    for place, text in enumerate(texts):
        if was_sent(ctx, f"{message.id}-{place}"):
            continue
        if sender is None or message.attempts > _TRIES_MOST:
            _owe(ctx, content["user"], tuple(texts[place:]))
            return
        part = with_choices(Outgoing(f"{message.id}-{place}", text), answer)
        try:
            send_once(ctx, sender, content["to"], part, message.attempts)
        except Refused:
            _owe(ctx, content["user"], tuple(texts[place:]))
            return


def mend(ctx: Context) -> bool:
    """Answer messages whose process has died with an honest word; whether there may be more."""
    now = ctx.clock.now()
    with ctx.store.read() as records:
        found = records.channel_messages.abandoned(now, MENDED_AT_ONCE)
    for one in found:
        with ctx.store.write() as records:
            held = records.channel_messages.by_id(one.id)
            person = records.channel_users.find(one.user_mark)
            if held is None or held.is_done or person is None:
                continue
            answer = said(word("lost", person.language))
            records.channel_messages.make_late(held.id)
            records.channel_messages.finish(held.id, stored(answer), now)
            send_later(records, person, answer)
    return len(found) == MENDED_AT_ONCE


def _owe(ctx: Context, mark: str, texts: tuple[str, ...]) -> None:
    with ctx.store.write() as records:
        person = records.channel_users.find(mark)
        if person is not None and person.heard_at is not None:
            held = records.channel_users.hold(mark, person.channel, person.address)
            records.channel_users.save(owe(held, texts), ctx.clock.now() + CHANNEL_USER_KEPT)
