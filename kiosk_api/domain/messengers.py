"""What is known of a person at a messenger, and what a bare number chooses there; no input or output."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

GIVEN_AS_NUMBERS = frozenset({"phone", "phone_tail", "id_number", "amount", "happened", "case_number", "sms_code"})
"""Questions that a number may answer: while one of them is open, a number chooses nothing."""

_FILLERS = re.compile(r"[\s.,;:!?。，、；：！？（）()“”\"'#]+")
_PICK = re.compile(r"(?:我?要?选|回复|按)?第?([0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:个|项|条|号)?")
_LONGEST_PICK = 12  # characters; whatever is longer is no choice
_HAN = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_TEN = "十"


class Proof(StrEnum):
    """How a person showed that a case is theirs."""

    FILED = "filed"  # it was filed in this talk
    TOKEN = "token"  # noqa: S105 -- no secret: the receipt's code or address was sent
    CODE = "code"  # a code that was sent to the phone on record


@dataclass(frozen=True)
class Option:
    """A choice under an answer; `value` is said in its place. `number` 0: shown without one."""

    label: str
    value: str
    number: int = 0


@dataclass(frozen=True)
class Person:
    """A user of a messenger, decrypted. `mark` is the row's key; `address` what a Sender takes. `heard` counts messages,
    `sent` those that were sent since the last one was heard. `options` were offered at `offered_at`. `state` holds what the conversation behind needs."""

    mark: str
    channel: str
    address: str
    heard: int = 0
    heard_at: datetime | None = None
    sent: int = 0
    language: str = "zh"
    options: tuple[Option, ...] = ()
    offered_at: datetime | None = None
    expects: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """A message that came in. `answer` is there once `is_done`; `is_late`: it goes by a Sender, not as the reply."""

    id: str
    user_mark: str
    number: int
    is_done: bool
    is_late: bool
    lease_until: datetime
    answer: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseLink:
    """A person who is told of a case over a messenger."""

    id: str
    case_id: str
    channel: str
    address: str
    language: str
    proof: Proof
    since: datetime


def chosen(text: str, options: Sequence[Option], expects: str) -> str | None:
    """The value of the option that a message picks, by its number alone or by its words; None for any other message."""
    plain = plainly(text)
    for one in options:
        if plain and plain in (plainly(one.label), plainly(one.value)):
            return one.value
    if expects in GIVEN_AS_NUMBERS:
        return None
    number = number_in(text)
    return next((one.value for one in options if number and one.number == number), None)


def number_in(text: str) -> int:
    """1 for `1.`, `１`, `一`, `第一个` and `选1`; 0 for anything that is not only a number."""
    if len(text) > 2 * _LONGEST_PICK:
        return 0
    plain = plainly(text)
    found = _PICK.fullmatch(plain) if len(plain) <= _LONGEST_PICK else None
    if not found:
        return 0
    said = found[1]
    return int(said) if said.isdigit() else _of_han(said)


def plainly(text: str) -> str:
    """Half width, small letters, without blanks and stops."""
    return _FILLERS.sub("", unicodedata.normalize("NFKC", text[:200])).lower()


def _of_han(said: str) -> int:
    """Up to 99; 0 for what is no numeral."""
    tens, ten, ones = said.rpartition(_TEN)
    if not ten:
        return _HAN.get(said, 0)
    if (tens and tens not in _HAN) or (ones and ones not in _HAN):
        return 0
    return 10 * _HAN.get(tens, 1) + _HAN.get(ones, 0)
