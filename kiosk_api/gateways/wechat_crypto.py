"""Signatures and encryption of WeChat official accounts.

https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html — every request is signed with
SHA-1 over the sorted token, timestamp and nonce; an encrypted body has a second signature that covers its ciphertext too.
The ciphertext is AES-256-CBC: 16 random bytes, the length of the message (4 bytes, big endian), the message and the
app id, padded to a multiple of 32 bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from kiosk_api.services.base.wechat_ports import NotGenuine

FRESH_S = 300  # seconds that a request's clock may be off from ours, either way
KEY_CHARACTERS = 43  # of an EncodingAESKey: 32 bytes in base64 without its last "="
_PAD_TO, _BLOCK, _HEAD = 32, 16, 20  # bytes
_TIME_DIGITS = 11


def signature(token: str, *parts: str) -> str:
    """40 hexadecimal digits over `token` and `parts`, sorted."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode(), usedforsecurity=False).hexdigest()


def is_signed(given: str, token: str, *parts: str) -> bool:
    """Whether `given` is their signature; takes the same time wherever the two differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), signature(token, *parts).encode())


def is_fresh(timestamp: str, now: datetime) -> bool:
    """Whether a request's timestamp (seconds since 1970) is within FRESH_S of `now`."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _TIME_DIGITS):
        return False
    return abs(int(timestamp) - now.timestamp()) <= FRESH_S


def aes_key(encoding_key: str) -> bytes:
    """The 32 bytes of an EncodingAESKey. Raises ValueError when it is not one."""
    if len(encoding_key) != KEY_CHARACTERS or not encoding_key.isascii() or not encoding_key.isalnum():
        raise ValueError("an EncodingAESKey has 43 letters and digits")
    # The last character carries two bits more than 32 bytes need; the platform makes keys in which they are set.
    return base64.b64decode(encoding_key + "=")


class WechatCipher:
    """Opens and seals messages. `previous` is the key before the last change: for a while the platform still uses it."""

    def __init__(
        self, app_id: str, encoding_key: str, previous: str | None = None,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:  # fmt: skip
        self._app_id = app_id.encode()
        self._keys = [aes_key(one) for one in (encoding_key, previous) if one]
        self._random = random

    def open(self, sealed: str) -> tuple[bytes, int]:
        """The message in a base64 ciphertext, and which key it was under: 0 the current, 1 the previous one. Raises
        NotGenuine, for whatever reason."""
        try:
            body = base64.b64decode(sealed.encode("ascii"), validate=True)
        except (binascii.Error, ValueError):
            raise NotGenuine from None
        # Both keys are always tried, so that the time does not tell which one it was.
        found = [self._opened(key, body) for key in self._keys]
        for place, message in enumerate(found):
            if message is not None:
                return message, place
        raise NotGenuine

    def seal(self, message: bytes, under: int = 0) -> str:
        """`message` in base64; an answer goes under the key of what it answers, which that part of the platform knows."""
        plain = self._random(_BLOCK) + len(message).to_bytes(4, "big") + message + self._app_id
        pad = _PAD_TO - len(plain) % _PAD_TO
        encryptor = _cipher(self._keys[under]).encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode("ascii")

    def _opened(self, key: bytes, body: bytes) -> bytes | None:
        if not body or len(body) % _BLOCK:
            return None
        decryptor = _cipher(key).decryptor()
        plain = decryptor.update(body) + decryptor.finalize()
        pad = plain[-1]
        if not 1 <= pad <= _PAD_TO or len(plain) - pad < _HEAD or plain[-pad:] != bytes([pad]) * pad:
            return None
        end = _HEAD + int.from_bytes(plain[_BLOCK:_HEAD], "big")
        if not hmac.compare_digest(plain[end : len(plain) - pad], self._app_id):
            return None  # for another account, or the length was changed
        return plain[_HEAD:end]


def _cipher(key: bytes) -> Cipher[CBC]:
    return Cipher(AES(key), CBC(key[:_BLOCK]))
