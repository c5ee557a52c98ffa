"""Staff passwords with argon2id (RFC 9106)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError


class Argon2Passwords:
    """Hashes and verifies; a hash takes tens of milliseconds, so callers throttle first."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def hash(self, password: str) -> str:
        """The encoded argon2id hash."""
        return self._hasher.hash(password)

    def matches(self, encoded: str, password: str) -> bool:
        """Whether the password is the one hashed."""
        try:
            return self._hasher.verify(encoded, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
