"""Ways in which the application fails or is slow, one layer at a time, with what people typed in every exception."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask

from kiosk_api.services.base.ports import AssistantUnavailable, StoreBusy, StoreFull
from tests.attacks.canaries import EVERYTHING


@contextmanager
def as_usual(app: Flask) -> Iterator[None]:
    yield


@contextmanager
def store_fails(app: Flask) -> Iterator[None]:
    """Every transaction raises an exception that holds the values, as a database driver may."""
    with _instead(app, store=_Failing(RuntimeError, f"INSERT failed for ({EVERYTHING!r})", at_once=True)):
        yield


@contextmanager
def store_is_busy(app: Flask) -> Iterator[None]:
    """Somebody else writes for ever."""
    with _instead(app, store=_Failing(StoreBusy, f"locked while writing {EVERYTHING!r}")):
        yield


@contextmanager
def store_is_full(app: Flask) -> Iterator[None]:
    with _instead(app, store=_Failing(StoreFull, f"disk full while writing {EVERYTHING!r}")):
        yield


@contextmanager
def helpers_fail(app: Flask) -> Iterator[None]:
    """Assistant, classifier and marks raise with the text they were given."""
    failing = _Failing(ValueError, EVERYTHING)
    with _instead(app, assistant=failing, understanding=failing, marks=failing, identity=failing):
        yield


@contextmanager
def assistant_is_slow(app: Flask) -> Iterator[None]:
    """It does not answer in time; every address is looked for all the same."""
    with _instead(app, assistant=_Failing(AssistantUnavailable, f"no answer to {EVERYTHING}")):
        yield


@contextmanager
def rules_fail(app: Flask) -> Iterator[None]:
    """A function of the domain that reads what was typed."""
    with _everywhere("kiosk_api.domain.typed", "clean"):
        yield


@contextmanager
def use_cases_fail(app: Flask) -> Iterator[None]:
    """Looking a case up, and putting one down."""
    with (
        _everywhere("kiosk_api.services.cases.case_view", "citizen_view"),
        _everywhere("kiosk_api.services.cases.projection", "put_projection"),
        _everywhere("kiosk_api.services.staff.sight", "sight_of"),
    ):
        yield


@contextmanager
def pages_fail(app: Flask) -> Iterator[None]:
    """A template that cannot be drawn; the page that says so is drawn."""
    with _everywhere("flask", "render_template", but=("error.html", "desk/problem.html")):
        yield


WAYS = (
    as_usual, store_fails, helpers_fail, store_is_busy, store_is_full, assistant_is_slow, rules_fail, use_cases_fail,
    pages_fail,
)  # fmt: skip


class _Failing:
    """Whatever is asked of it raises, with what it was given."""

    def __init__(self, kind: type[Exception], words: str, *, at_once: bool = False) -> None:
        self._kind, self._words, self._at_once = kind, words, at_once

    def __getattr__(self, name: str) -> Any:
        if self._at_once:
            raise self._kind(self._words)

        def fail(*given: Any, **more: Any) -> Any:
            raise self._kind(f"{name} {given!r} {more!r} {self._words}")

        return fail


@contextmanager
def _instead(app: Flask, **parts: Any) -> Iterator[None]:
    ctx = app.extensions["kiosk"]
    app.extensions["kiosk"] = replace(ctx, **parts)
    yield
    app.extensions["kiosk"] = ctx


@contextmanager
def _everywhere(module: str, name: str, but: tuple[str, ...] = ()) -> Iterator[None]:
    """The function raises wherever it was imported to, unless its first argument is one of `but`."""
    real: Callable[..., Any] = getattr(sys.modules[module], name)

    def fail(*given: Any, **more: Any) -> Any:
        if given and isinstance(given[0], str) and given[0] in but:
            return real(*given, **more)
        raise ValueError(f"{given!r} {more!r} {EVERYTHING}")

    held = [
        one for key, one in list(sys.modules.items()) if key.startswith("kiosk_api") and vars(one).get(name) is real
    ]
    for one in held:
        setattr(one, name, fail)
    assert held
    try:
        yield
    finally:
        for one in held:
            setattr(one, name, real)
