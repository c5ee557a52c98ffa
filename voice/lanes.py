"""One thing at a time, and a few that wait: a slow machine says so instead of keeping people waiting in a long line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Busy(Exception):
    """As many wait as may."""


class Lane:
    """Work of one kind; `waiting` more may wait for their turn, at most `within_s` each."""

    def __init__(self, waiting: int, within_s: float = 20.0) -> None:
        self._places = threading.BoundedSemaphore(waiting + 1)
        self._turn = threading.Lock()
        self._within_s = within_s

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises Busy."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            if not self._turn.acquire(timeout=self._within_s):
                raise Busy
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._places.release()
