"""A file that only the holder of a private key can open: X25519, HKDF-SHA256, AES-256-GCM in chunks.

Laid out as age does it (age-encryption.org/v1): a key of its own for each file, agreed between a fresh key pair and
the public key; each chunk sealed under a counter whose last byte marks the final one, so that a file that was cut,
reordered, joined or added to does not open. The header is readable and authenticated: it enters the key.

    magic, 4 bytes length of the header, header (JSON), then chunks of CHUNK bytes and a tag of 16
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"petition-backup-1\n"
CHUNK = 1024 * 1024  # bytes of content
HEADER_MOST = 4096
_TAG = 16
_PURPOSE = b"petition backup 1"
_PRIVATE = "PETITION-BACKUP-PRIVATE-KEY-1 "
_PUBLIC = "PETITION-BACKUP-PUBLIC-KEY-1 "


class NotOpened(Exception):
    """The file is no whole backup, or this key does not open it. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_pair() -> tuple[str, str]:
    """(private, public) as one line of text each."""
    private = X25519PrivateKey.generate()
    return _PRIVATE + private.private_bytes_raw().hex(), _PUBLIC + private.public_key().public_bytes_raw().hex()


def read_private(text: str) -> X25519PrivateKey:
    """Raises ValueError when the text holds no private key; other lines are ignored."""
    return X25519PrivateKey.from_private_bytes(_raw(text, _PRIVATE))


def read_public(text: str) -> X25519PublicKey:
    """Raises ValueError when the text holds no public key; other lines are ignored."""
    return X25519PublicKey.from_public_bytes(_raw(text, _PUBLIC))


def _raw(text: str, prefix: str) -> bytes:
    for line in text.splitlines():
        if line.startswith(prefix):
            return bytes.fromhex(line.removeprefix(prefix).strip())
    raise ValueError("no key")


def key_name(public: X25519PublicKey) -> str:
    """16 hexadecimal digits that name a key pair."""
    return _digest(public.public_bytes_raw()).hex()[:16]


def seal(source: BinaryIO, target: BinaryIO, public: X25519PublicKey, about: dict[str, Any]) -> bytes:
    """Write everything of `source` sealed, with `about` readable in the header; returns the SHA-256 of what was written."""
    once = X25519PrivateKey.generate()
    header = json.dumps(
        {**about, "key": key_name(public), "once": once.public_key().public_bytes_raw().hex()}, sort_keys=True
    ).encode()
    cipher = AESGCM(_key(once.exchange(public), public, header))
    digest = Hash(SHA256())

    def write(part: bytes) -> None:
        digest.update(part)
        target.write(part)

    write(MAGIC + len(header).to_bytes(4) + header)
    number, part = 0, source.read(CHUNK)
    while True:
        following = source.read(CHUNK)
        write(cipher.encrypt(_nonce(number, not following), part, None))
        if not following:
            return digest.finalize()
        number, part = number + 1, following


def read_header(source: BinaryIO) -> dict[str, Any]:
    """What the header says; nobody has vouched for it until the first chunk opens. Raises NotOpened."""
    return _header(source)[1]


def opened(source: BinaryIO, private: X25519PrivateKey) -> Iterator[bytes]:
    """The content, chunk by chunk. Raises NotOpened; what came before is then no whole file, so keep none of it."""
    raw, header = _header(source)
    public = private.public_key()
    if header.get("key") != key_name(public):
        raise NotOpened("other_key")
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(str(header["once"]))))
    except (KeyError, ValueError):
        raise NotOpened("broken_header") from None
    cipher = AESGCM(_key(shared, public, raw))
    number, part = 0, source.read(CHUNK + _TAG)
    while True:
        following = source.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, not following), part, None)
        except (InvalidTag, ValueError):
            raise NotOpened("changed_or_cut") from None
        if not following:
            return
        number, part = number + 1, following


def digest_of(path: Path) -> bytes:
    """The SHA-256 of a file."""
    digest = Hash(SHA256())
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            digest.update(part)
    return digest.finalize()


def _header(source: BinaryIO) -> tuple[bytes, dict[str, Any]]:
    if source.read(len(MAGIC)) != MAGIC:
        raise NotOpened("no_backup")
    length = int.from_bytes(source.read(4))
    raw = source.read(length) if length <= HEADER_MOST else b""
    try:
        header = json.loads(raw)
    except ValueError:
        raise NotOpened("broken_header") from None
    if not isinstance(header, dict):
        raise NotOpened("broken_header")
    return raw, header


def _key(shared: bytes, public: X25519PublicKey, header: bytes) -> bytes:
    salt = _digest(public.public_bytes_raw() + MAGIC + header)
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=_PURPOSE).derive(shared)


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


def _digest(value: bytes) -> bytes:
    digest = Hash(SHA256())
    digest.update(value)
    return digest.finalize()
