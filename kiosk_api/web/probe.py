"""Readiness asked on a thread of its own, so that no health check ever hangs with the store."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

import structlog
from flask import current_app

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.readiness import Readiness, readiness

PATIENCE_S = 1.0  # how long an answer waits for a fresh look
LOCKED_AFTER_S = 4.0  # a write that waits longer than this would fail for a citizen too


@dataclass
class _Look:
    """One look that is under way or done."""

    began: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    found: Readiness | None = None


class Prober:
    """At most one look at a time; who asks meanwhile shares it."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._current: _Look | None = None
        self._last = Readiness("degraded", {}, [])

    def state(self, ctx: Context) -> Readiness:
        """What readiness says now; when it takes too long, what it said last and that it hangs."""
        with self._lock:
            look = self._current
            if look is None or look.done.is_set():
                look = self._current = _Look()
                threading.Thread(target=self._run, args=(look, ctx), daemon=True).start()
        if look.done.wait(self._patience_s) and look.found is not None:
            self._last = look.found
            return look.found
        stuck = time.monotonic() - look.began >= LOCKED_AFTER_S
        store = "off" if stuck else "degraded"
        return replace(self._last, status=store, parts={**self._last.parts, "store": store})

    def _run(self, look: _Look, ctx: Context) -> None:
        try:
            look.found = readiness(ctx)
        except Exception as error:
            structlog.get_logger("readiness").error("look_failed", error=type(error).__name__)
        finally:
            look.done.set()


def prober() -> Prober:
    """The application's one, made in app.py."""
    found: Prober = current_app.extensions["prober"]
    return found
