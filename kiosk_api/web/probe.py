"""Run the readiness check on a thread of its own, so that a hanging store never blocks a health check."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace

import structlog
from flask import current_app

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.readiness import Readiness, readiness

PATIENCE_S = 1.0  # how long an answer waits for a new check
LOCKED_AFTER_S = 4.0  # a write that waits longer than this would fail for a citizen too


@dataclass
class _Check:
    """One check that is running or finished."""

    began: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    found: Readiness | None = None


class Prober:
    """Runs at most one check at a time; calls that arrive meanwhile share its result."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._current: _Check | None = None
        self._last = Readiness("degraded", {}, [])

    def state(self, ctx: Context) -> Readiness:
        """The current readiness; when the check takes too long, the last result, marked as hanging."""
        with self._lock:
            check = self._current
            if check is None or check.done.is_set():
                check = self._current = _Check()
                threading.Thread(target=self._run, args=(check, ctx), daemon=True).start()
        if check.done.wait(self._patience_s) and check.found is not None:
            self._last = check.found
            return check.found
        stuck = time.monotonic() - check.began >= LOCKED_AFTER_S
        store = "off" if stuck else "degraded"
        return replace(self._last, status=store, parts={**self._last.parts, "store": store})

    def _run(self, check: _Check, ctx: Context) -> None:
        try:
            check.found = readiness(ctx)
        except Exception as error:
            structlog.get_logger("readiness").error("look_failed", error=type(error).__name__)
        finally:
            check.done.set()


def prober() -> Prober:
    """The application's one, made in app.py."""
    found: Prober = current_app.extensions["prober"]
    return found
