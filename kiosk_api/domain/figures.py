"""What an operator watches: counts of messages and dates. Nothing here names a person, a unit or a case."""

from __future__ import annotations

from dataclasses import dataclass

SPANS = ("overdue", "3_days", "7_days")
"""Of running clocks: late, due within three days from today on, due within seven and not within three."""


@dataclass(frozen=True)
class Queue:
    """Messages of one topic that wait for the worker; `failing` of them have been tried often."""

    topic: str
    waiting: int
    failing: int


@dataclass(frozen=True)
class Due:
    """Running clocks of one kind within one of SPANS."""

    clock: str
    span: str
    count: int
