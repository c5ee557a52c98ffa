"""Who is acting: set where a request, a job or a command begins, and written beside everything that is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

CITIZEN, STAFF, WORKER, OPERATOR, SERVICE = "citizen", "staff", "worker", "operator", "service"


@dataclass(frozen=True)
class Actor:
    """A kind, and the officer's id where it is an officer; nobody else is named."""

    kind: str = SERVICE
    officer: str = ""


_acting: ContextVar[Actor] = ContextVar("acting", default=Actor())  # noqa: B039  (frozen)


def acting() -> Actor:
    """Who is acting here; `service` where nobody has said."""
    return _acting.get()


def act_as(actor: Actor) -> None:
    """From now on, in this thread, until somebody else is named."""
    _acting.set(actor)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """For as long as the block lasts."""
    before = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(before)
