"""What is said after the platform's reply: late answers, and a word where an answer will never come.

Run by the worker. A part is sent again only after the platform said that it never saw it.
"""

from __future__ import annotations

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.policy import CHANNEL_USER_KEPT
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import OutboxMessage
from kiosk_api.services.base.sending import Delivery, NotSent, Outgoing, Refused, Sender, Unknown
from kiosk_api.services.channels.answer import restored, said, stored
from kiosk_api.services.channels.hear import owe, send_later
from kiosk_api.services.channels.text_messages import texts_for

MENDED_AT_ONCE = 20
_TRIES_MOST = 6  # afterwards, some five minutes later, it is said with the next answer
_HAS_IT = (Delivery.SENT, Delivery.DELIVERED, Delivery.CANNOT_TELL)


def send_answer(ctx: Context, message: OutboxMessage) -> None:
    """The outbox's handler of late answers. Raises NotSent to be tried again."""
    content = message.payload
    sender = ctx.senders.get(content["channel"])
    texts = texts_for(content["channel"], restored(content["answer"]), ctx.public_url)
    for place, text in enumerate(texts):
        if sender is None or not sender.is_on() or message.attempts > _TRIES_MOST:
            _owe(ctx, content["user"], tuple(texts[place:]))
            return
        try:
            sent = _send_once(sender, content["to"], Outgoing(f"{message.id}-{place}", text), message.attempts > 1)
        except Refused:
            _owe(ctx, content["user"], tuple(texts[place:]))
            return
        if sent:
            with ctx.store.write() as records:
                records.channel_users.count_sent(content["user"])


def _send_once(sender: Sender, to: str, message: Outgoing, tried_before: bool) -> bool:
    """Whether it was sent just now; False when the platform has it from before."""
    if tried_before and sender.find(message.key, "") in _HAS_IT:
        return False
    try:
        sender.send(to, message)
    except Unknown:
        if sender.find(message.key, "") in _HAS_IT:
            return True
        raise NotSent("never_seen") from None
    return True


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
