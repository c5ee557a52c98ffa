"""What the reading makes of clauses whose acts are known: no model is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialogue.emergency import emergency
from bot.dialogue.reading.meaning import Meaning
from bot.dialogue.reading.message import Clause, Message
from bot.dialogue.reading.read import read

SURELY = 0.95


def message(*clauses: tuple[str, str]) -> Message:
    """(words, acts parted by blanks) of each clause, in order."""
    read_as = tuple(Clause(words, dict.fromkeys(acts.split(), SURELY)) for words, acts in clauses)
    return Message("".join(words for words, _ in clauses), read_as)


def meaning(*clauses: tuple[str, str], asked: str = "none", known: Mapping[str, Any] | None = None) -> Meaning:
    """What the message does while `asked` is open and `known` is in the record."""
    return read(message(*clauses), asked, known or {})


def value(field: str, *clauses: tuple[str, str], asked: str = "none") -> str | None:
    """The value of a field of the petition; None when there is none, or more than one."""
    found = [one.value for one in meaning(*clauses, asked=asked).values if one.field == field]
    return found[0] if len(found) == 1 else None


def danger_in(text: str, clause: float, **whole: float) -> str | None:
    """The danger that is seen in `text`: `clause` is the share of the reader of clauses, `whole` of the matter model."""
    dangers = {**whole, "none": 1 - sum(whole.values())}
    return emergency(Message(text, (Clause(text, {"danger": clause}),), dangers=dangers))
