"""One message of a messenger: heard once, answered in time or later, with the same answer to each repetition.

Whether the answer is the reply or goes by a Sender is decided once, in the store: also for a repetition that
comes while the first is worked on, and for one that another process gets.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.matter_cues import find_emergency
from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import Heard, Person
from kiosk_api.domain.policy import (
    CHANNEL_ANSWER_KEPT,
    CHANNEL_MESSAGES,
    CHANNEL_USER_KEPT,
    CHANNEL_WAITING_MOST,
)
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge_in
from kiosk_api.services.base.notice_ways import ORDER, sender_back
from kiosk_api.services.base.ports import Records, StoreBusy
from kiosk_api.services.channels.answer import LATER, NOTHING, Answer, before, restored, said, stored
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.channels.incoming import Incoming
from kiosk_api.services.channels.said import SESSION, Outcome, in_own_words
from kiosk_api.services.channels.talk import talk

DIALOGUE_S = 3.5
"""What a platform that waits five seconds leaves for the conversation."""

LATE_TOPIC = "channel_answer"
_TURN = timedelta(seconds=8)  # an ordinary turn at the longest; the lease of one that takes longer is renewed
_RENEWED_FOR = timedelta(minutes=2)  # four pictures of eight seconds and what waits behind them; a job that hangs ends
_TO_GIVE_UP_S = 0.15  # of the budget: the store has to keep that the answer comes late
_NEVER_IN_TIME = 3  # turns before this one: nobody waits for its answer then
_LOOK_EVERY_S = 0.1  # for the answer that another process works on
_TRIES = 5
_OWED, _FLOODED = "owed", "flooded"
_OWED_MOST = 3  # answers


@dataclass(frozen=True)
class _Taken:
    message: Heard
    is_new: bool


def hear(ctx: Context, desk: Desk, incoming: Incoming, budget_s: float = DIALOGUE_S) -> Answer:
    """The answer to one message, waited for up to `budget_s`; LATER when it will go by a Sender.

    An answer with `is_late` may hold words to be said at once. Raises StoreBusy when nothing could be stored: the
    platform repeats the message then.
    """
    if incoming.in_group:
        return NOTHING
    until = time.monotonic() + budget_s - _TO_GIVE_UP_S
    ahead = desk.turns_ahead()
    taken = _take_in(ctx, incoming, ahead)
    message = taken.message
    if message.is_done:
        return _given(message, incoming, ctx)
    if taken.is_new and not desk.add(
        message.user_mark, message.id, lambda: _work(ctx, desk, incoming, message), lambda ids: _renew(ctx, ids)
    ):
        _finish(ctx, incoming, message, in_own_words("full"))
    return _wait(ctx, desk, incoming, message, until if ahead < _NEVER_IN_TIME else 0.0)


def _take_in(ctx: Context, incoming: Incoming, ahead: int) -> _Taken:
    """Note a message that is new, with its place among those of its person; a flood is answered here.

    Its lease outlasts the turns before it, its person's and the `ahead` of everybody, and the pictures with it.
    """
    name = incoming.message_id or secrets.token_hex(16)
    mark = ctx.marks.mark("channel.message", f"{incoming.channel}|{name}")
    with ctx.store.read() as records:
        if found := records.channel_messages.find(mark):
            return _Taken(found, is_new=False)
    now = ctx.clock.now()
    with ctx.store.write() as records:
        person = records.channel_users.hold(
            messenger_mark(ctx, incoming.channel, incoming.user), incoming.channel, incoming.user
        )
        if found := records.channel_messages.find(mark):
            return _Taken(found, is_new=False)
        waiting = records.channel_messages.running(person.mark, now)
        person = replace(person, heard=person.heard + 1, heard_at=now, sent=0)
        turns = waiting + ahead + 1 + len(incoming.first)
        message = records.channel_messages.add(
            mark, person.mark, person.heard, now, now + _TURN * turns, now + CHANNEL_ANSWER_KEPT
        )
        was_flooded = bool(person.state.get(_FLOODED))
        flooded = waiting >= CHANNEL_WAITING_MOST or not _has_room(ctx, records, person)
        first = {SESSION: secrets.token_urlsafe(24)}
        person = replace(person, state={**first, **person.state, _FLOODED: flooded})
        if flooded:
            answer = NOTHING if was_flooded else said(word("too_fast", person.language))
            records.channel_messages.finish(message.id, stored(answer), now)
            message = replace(message, is_done=True, answer=stored(answer))
        records.channel_users.save(person, now + CHANNEL_USER_KEPT)
    return _Taken(message, is_new=True)


def _has_room(ctx: Context, records: Records, person: Person) -> bool:
    try:
        charge_in(ctx, records, CHANNEL_MESSAGES, person.mark)
    except DomainError:
        return False
    return True


def _wait(ctx: Context, desk: Desk, incoming: Incoming, message: Heard, until: float) -> Answer:
    while True:
        left = until - time.monotonic()
        here = desk.wait(message.id, left)
        with ctx.store.read() as records:
            found = records.channel_messages.get(message.id)
        if found is None or found.is_done or found.is_late:
            return NOTHING if found is None else _given(found, incoming, ctx)
        if left <= 0:
            break
        if here is None:  # another process has it
            time.sleep(min(_LOOK_EVERY_S, left))
    with ctx.store.write() as records:
        found = records.channel_messages.by_id(message.id)
        if found is not None and not found.is_done:
            records.channel_messages.make_late(found.id)
            found = replace(found, is_late=True)
    return NOTHING if found is None else _given(found, incoming, ctx)


def _given(message: Heard, incoming: Incoming, ctx: Context) -> Answer:
    """The stored answer; of one that a Sender brings, what cannot wait for that."""
    if not message.is_late:
        return restored(message.answer)
    if danger := find_emergency(incoming.text):
        languages = dict.fromkeys(("zh", _language(ctx, message)))  # the Chinese one says which danger
        return replace(LATER, texts=tuple(word("danger", one, danger=danger) for one in languages))
    if sender_back(ctx, incoming.channel) is None:
        return replace(LATER, texts=(word("next_time", _language(ctx, message)),))
    return LATER


def _language(ctx: Context, message: Heard) -> str:
    try:
        with ctx.store.read() as records:
            person = records.channel_users.find(message.user_mark)
    except StoreBusy:  # what is said at once does not wait for it
        return "zh"
    return person.language if person else "zh"


def _work(ctx: Context, desk: Desk, incoming: Incoming, message: Heard) -> None:
    """A message's turn: the person's earlier ones are answered, here or in another process."""
    try:
        _let_pass(ctx, message)
        with ctx.store.read() as records:
            person = records.channel_users.find(message.user_mark)
        if person is None:
            return
        outcome = talk(ctx, desk, person, incoming)
    except Exception as error:
        structlog.get_logger("messenger").error("message_failed", error=type(error).__name__)
        _finish(ctx, incoming, message, in_own_words("broken"))
        return
    _finish(ctx, incoming, message, outcome)


def _renew(ctx: Context, ids: Collection[str]) -> None:
    """This process still has these: nobody is to be told that they are lost."""
    now = ctx.clock.now()
    with ctx.store.write() as records:
        records.channel_messages.renew(ids, now, now + _TURN, now - _RENEWED_FOR)


def _let_pass(ctx: Context, message: Heard) -> None:
    """Wait for this person's earlier messages that another process works on, no longer than their leases."""
    until = time.monotonic() + max((message.lease_until - ctx.clock.now()).total_seconds(), 0.0)
    while time.monotonic() < until:
        with ctx.store.read() as records:
            if not records.channel_messages.running(message.user_mark, ctx.clock.now(), before=message.number):
                return
        time.sleep(_LOOK_EVERY_S)


def _finish(ctx: Context, incoming: Incoming, message: Heard, outcome: Outcome) -> None:
    """Store the answer, what it lets the person pick, and, when nobody waits any more, its sending."""
    for tries in range(_TRIES):
        try:
            with ctx.store.write() as records:
                _store(ctx, records, incoming, message, outcome)
            return
        except StoreBusy:
            time.sleep(_LOOK_EVERY_S * (tries + 1))
    structlog.get_logger("messenger").error("answer_not_stored")  # the worker says so once the lease has passed


def _store(ctx: Context, records: Records, incoming: Incoming, message: Heard, outcome: Outcome) -> None:
    now = ctx.clock.now()
    held = records.channel_messages.by_id(message.id)
    if held is None or held.is_done and not held.is_late:
        return  # one that is done and late was owned up to as lost while it was worked on: what came of it follows
    person = records.channel_users.hold(message.user_mark, incoming.channel, incoming.user)
    done = outcome(records, person)
    answer, person = done.answer, done.person
    owed = tuple(person.state.get(_OWED, ()))
    if not held.is_late and owed:
        answer = before(owed, answer)
        person = replace(person, state={**person.state, _OWED: []})
    records.channel_users.save(person, now + CHANNEL_USER_KEPT)
    records.channel_messages.finish(held.id, stored(answer), now)
    if held.is_late and (answer.texts or answer.options):
        send_later(records, person, answer)


def send_later(records: Records, person: Person, answer: Answer) -> None:
    """Leave an answer for the worker."""
    content = {"channel": person.channel, "to": person.address, "user": person.mark, "answer": stored(answer)}
    records.send(late_topic(person.channel), None, content)


def late_topic(channel: str) -> str:
    """Where the late answers of a channel wait: each that we send by has a lane of its own."""
    return f"{LATE_TOPIC}.{channel}" if channel in ORDER else LATE_TOPIC


def owe(person: Person, texts: tuple[str, ...]) -> Person:
    """What could not be sent is said with the next answer; of several answers the latest."""
    owed = [*person.state.get(_OWED, ()), "\n".join(texts)][-_OWED_MOST:]
    return replace(person, state={**person.state, _OWED: owed})
