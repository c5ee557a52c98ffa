"""Encryption at rest, keyed look-up indexes and receipt signatures.

AES-256-GCM (NIST SP 800-38D) with the place of the value as associated data, so that a
sealed value moved to another row or column does not open. Look-ups go through HMAC-SHA256
with a key of its own and a tag per column (a "blind index").
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import b32encode
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_NONCE_BYTES = 12
_FILE = b"\x1ffile"  # bound in, so that a file is never read as a JSON value or the reverse


class AesGcmCipher:
    """Seals JSON values bound to (table, column, row id)."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, place: tuple[str, str, str], value: Mapping[str, Any]) -> bytes:
        """Encrypt `value` for this place: version byte, 12-byte nonce, ciphertext and tag."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return _VERSION + nonce + self._aead.encrypt(nonce, plain, _aad(place))

    def open(self, place: tuple[str, str, str], sealed: bytes) -> dict[str, Any]:
        """Decrypt; raises cryptography's InvalidTag when key, place or bytes are not right."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        value: dict[str, Any] = json.loads(self._aead.decrypt(nonce, body, _aad(place)))
        return value

    def seal_bytes(self, place: tuple[str, str, str], value: bytes) -> bytes:
        """Encrypt a file for this place; laid out as by `seal`, never opened by `open`."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _VERSION + nonce + self._aead.encrypt(nonce, value, _aad(place) + _FILE)

    def open_bytes(self, place: tuple[str, str, str], sealed: bytes) -> bytes:
        """The inverse; raises InvalidTag when key, place or bytes are not right."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        return self._aead.decrypt(nonce, body, _aad(place) + _FILE)


def _aad(place: tuple[str, str, str]) -> bytes:
    return _VERSION + "\x1f".join(place).encode()


class BlindIndex:
    """Keyed one-way index: equal inputs of one column give equal marks, nothing else shows."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def mark(self, column: str, value: str) -> str:
        """64 hexadecimal digits for a normalised value of `column`."""
        message = f"{column}\x1f{value}".encode()
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()


class ReceiptSigner:
    """Signs what a printed receipt says, so that a forged one is told from a genuine one."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, case_number: str, registered_on: str) -> str:
        """The code printed on the receipt: case number and 80 bits of HMAC, base32."""
        return f"{case_number}.{self._mac(case_number, registered_on)}"

    def is_genuine(self, code_mac: str, case_number: str, registered_on: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(
            code_mac.upper().encode(), self._mac(case_number, registered_on).encode()
        )

    def _mac(self, case_number: str, registered_on: str) -> str:
        message = f"receipt\x1f{case_number}\x1f{registered_on}".encode()
        return b32encode(hmac.new(self._key, message, hashlib.sha256).digest()[:10]).decode()
