"""Encryption at rest, keyed look-up indexes and receipt signatures.

Values are sealed with the place of the value as associated data, so that a sealed value moved to
another row or column does not open. Look-ups go through an HMAC with a key of its own and a tag per
column (a "blind index"). Each key belongs to one family of algorithms (`ciphers.py`).

A sealed value names its algorithm and its key: version byte (2: AES-256-GCM, 3: SM4-GCM), 4 bytes of
key id, 12-byte nonce, ciphertext and tag. Values of version 1, without a key id, were sealed with the
first key by AES-256-GCM.
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import b32encode
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag

from kiosk_api.domain.codes_read import mac_alike
from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.keys import AES, SM, Key, Mark
from kiosk_api.gateways.ciphers import TAG_BYTES, aead, mac
from kiosk_api.gateways.key_ring import KeyRing

_V1 = b"\x01"
_VERSIONS = {AES: b"\x02", SM: b"\x03"}
_ID_BYTES = 4
_NONCE_BYTES = 12
_FILE = b"\x1ffile"  # authenticated, so that a file is never read as a JSON value or the reverse
# Always under the first key: tokens that people keep, and counts that a new key must not reset.
_STEADY = ("draft.code", "twilio.session", "limit.")
Place = tuple[str, str, str]


class GcmCipher:
    """Seals JSON values and files bound to (table, column, row id)."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def seal(self, place: Place, value: Mapping[str, Any]) -> bytes:
        """Encrypt `value` for this place with the key in use."""
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return self._seal(place, plain, b"")

    def open(self, place: Place, sealed: bytes) -> dict[str, Any]:
        """Decrypt; raises Unreadable when key, place or bytes do not match."""
        try:
            value: dict[str, Any] = json.loads(self._open(place, sealed, b""))
        except ValueError:
            raise Unreadable("no_json", place) from None
        return value

    def seal_bytes(self, place: Place, value: bytes) -> bytes:
        """Encrypt a file for this place; laid out as by `seal`, never opened by `open`."""
        return self._seal(place, value, _FILE)

    def open_bytes(self, place: Place, sealed: bytes) -> bytes:
        """The inverse; raises Unreadable when key, place or bytes do not match."""
        return self._open(place, sealed, _FILE)

    def prefix(self) -> bytes:
        """The first bytes of every value that is sealed with the key in use."""
        return _head(self._ring.current("encryption"))

    def reseal(self, place: Place, sealed: bytes) -> bytes:
        """The same content under the key in use. Raises Unreadable."""
        for kind in (b"", _FILE):
            try:
                return self._seal(place, self._open(place, sealed, kind), kind)
            except Unreadable as error:
                failed = error
        raise failed

    def _seal(self, place: Place, plain: bytes, kind: bytes) -> bytes:
        key = self._ring.current("encryption")
        head, nonce = _head(key), secrets.token_bytes(_NONCE_BYTES)
        return head + nonce + aead(key).encrypt(key.value, nonce, plain, head + _aad(place) + kind)

    def _open(self, place: Place, sealed: bytes, kind: bytes) -> bytes:
        version = sealed[:1]
        if version == _V1:
            head, key = _V1, self._ring.first("encryption")
        elif version in _VERSIONS.values():
            head = sealed[: 1 + _ID_BYTES]
            key = self._ring.by_id("encryption", head[1:].hex())
        else:
            raise Unreadable("unknown_version", place)
        body = sealed[len(head) + _NONCE_BYTES :]
        if len(body) < TAG_BYTES:
            raise Unreadable("too_short", place)
        if key is None:
            raise Unreadable("unknown_key", place)
        if version not in (_V1, _VERSIONS[key.algorithm]):
            raise Unreadable("unknown_version", place)  # not what this key was ever used for
        nonce = sealed[len(head) : len(head) + _NONCE_BYTES]
        try:
            return aead(key).decrypt(key.value, nonce, body, head + _aad(place) + kind)
        except InvalidTag:
            raise Unreadable("changed", place) from None


def _head(key: Key) -> bytes:
    return _VERSIONS[key.algorithm] + bytes.fromhex(key.id)


def _aad(place: Place) -> bytes:
    return "\x1f".join(place).encode()


class BlindIndex:
    """Keyed one-way index: equal inputs of one column give equal marks; nothing else is revealed.

    A mark also holds its values under former keys, so that rows stored before a rotation are still found.
    """

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def mark(self, column: str, value: str) -> Mark:
        """64 hexadecimal digits for a normalised value of `column`."""
        keys = self._ring.all("blind_index")
        if column.startswith(_STEADY):
            return Mark(_digits(keys[-1], column, value))
        return Mark(*(_digits(key, column, value) for key in keys))


def _digits(key: Key, column: str, value: str) -> str:
    message = f"{column}\x1f{value}".encode()
    return mac(key, message).hex()


class ReceiptSigner:
    """Signs the content of a printed receipt, so that a forged one can be recognised."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def sign(self, case_number: str, registered_on: str) -> str:
        """The code printed on the receipt: case number and 80 bits of HMAC, base32."""
        code = _code(self._ring.current("receipt"), case_number, registered_on)
        return f"{case_number}.{code}"

    def is_genuine(self, code_mac: str, case_number: str, registered_on: str) -> bool:
        """Compare in constant time with what each key, former ones too, would have signed; signs that look
        alike count as the same, which leaves more than 70 of the 80 bits."""
        given = mac_alike(code_mac).encode()
        genuine = [
            hmac.compare_digest(given, mac_alike(_code(key, case_number, registered_on)).encode())
            for key in self._ring.all("receipt")
        ]
        return any(genuine)


def _code(key: Key, case_number: str, registered_on: str) -> str:
    message = f"receipt\x1f{case_number}\x1f{registered_on}".encode()
    return b32encode(mac(key, message)[:10]).decode()
