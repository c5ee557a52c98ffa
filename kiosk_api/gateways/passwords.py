"""Staff passwords with argon2id (RFC 9106), few at a time: each hash takes 64 MiB and a whole core."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from kiosk_api.gateways.common_passwords import is_common
from kiosk_api.services.base.ports import PasswordsBusy

AT_ONCE = 2
WAITING = 3  # so that sign-ins never hold all of the server's threads
WAIT_S = 4.0


class Argon2Passwords:
    """Hashes and verifies; a hash takes tens of milliseconds, so callers throttle first."""

    def __init__(
        self,
        at_once: int = AT_ONCE,
        waiting: int = WAITING,
        wait_s: float = WAIT_S,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._hasher = hasher or PasswordHasher()
        self._places = threading.BoundedSemaphore(at_once + waiting)
        self._running = threading.BoundedSemaphore(at_once)
        self._wait_s = wait_s

    def hash(self, password: str) -> str:
        """The encoded argon2id hash. Raises PasswordsBusy."""
        with self._turn():
            return self._hasher.hash(password)

    def matches(self, encoded: str, password: str) -> bool:
        """Whether the password is the one hashed. Raises PasswordsBusy."""
        with self._turn():
            try:
                return self._hasher.verify(encoded, password)
            except (VerifyMismatchError, InvalidHashError):
                return False

    def is_common(self, password: str) -> bool:
        """Whether it is among those that are tried first."""
        return is_common(password)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise PasswordsBusy
        try:
            if not self._running.acquire(timeout=self._wait_s):
                raise PasswordsBusy
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._places.release()
