"""What a message leads to: an answer, and what is known of the person afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import Option, Person
from kiosk_api.domain.policy import CHOICES_OPEN
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notice_ways import sender_on
from kiosk_api.services.base.ports import OutcomeUnknown, Records, StoreBusy
from kiosk_api.services.channels.answer import Answer
from kiosk_api.services.channels.answer import said as in_words

SESSION = "session"  # in a person's state


@dataclass(frozen=True)
class Said:
    """An answer, and the person as known afterwards."""

    answer: Answer
    person: Person


Outcome = Callable[[Records, Person], Said]
"""Run inside the transaction that keeps the answer; given the person as stored at that moment."""


def unchanged(answer: Answer) -> Outcome:
    """A messenger's own word: what the conversation asked before, and its choices, stay open."""
    return lambda records, person: Said(answer, person)


def in_own_words(key: str, **values: object) -> Outcome:
    """The same by the key of its sentence."""
    return lambda records, person: Said(in_words(word(key, person.language, **values)), person)


def not_kept(error: StoreBusy) -> Answer:
    """What is said where the store kept nothing of a message, or where nobody knows whether it did."""
    return in_words(word("lost" if isinstance(error, OutcomeUnknown) else "full", "zh"))


def asking(answer: Answer, person: Person, now: datetime) -> Said:
    """An answer of the conversation: its choices and its question are open now, no earlier ones."""
    return Said(answer, replace(person, options=answer.picks, offered_at=now, expects=answer.expects))


def open_options(person: Person, now: datetime) -> tuple[Option, ...]:
    """What a number alone may still pick: whoever comes back much later means something else by it."""
    is_open = person.offered_at is not None and now - person.offered_at < CHOICES_OPEN
    return person.options if is_open else ()


def tells_here(ctx: Context, records: Records, channel: str) -> bool:
    """Whether notices can be sent over this channel."""
    return sender_on(ctx, records, channel) is not None


def source_of(person: Person) -> str:
    """For budgets: one person is one source."""
    return f"{person.channel}:{person.mark}"
