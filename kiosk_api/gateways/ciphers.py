"""The two families of algorithms, by the key: AES-256-GCM with HMAC-SHA256, or SM4-GCM with HMAC-SM3.

AES-GCM is NIST SP 800-38D; SM4 is GB/T 32907 and SM3 GB/T 32905, put together with GCM as RFC 8998 does.
SM4 takes the first 16 of a key's 32 bytes, HMAC all of them. A nonce has 12 random bytes in both, so one key
seals at most 2^32 values (SP 800-38D, 8.3): rotate long before.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as hmacs
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk_api.domain.errors import StartRefused
from kiosk_api.domain.keys import AES, SM, Key

TAG_BYTES = 16
_SM4_BYTES = 16


class Aead(NamedTuple):
    """Authenticated encryption: (key, nonce, text, associated data) -> text; `decrypt` raises InvalidTag."""

    encrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    decrypt: Callable[[bytes, bytes, bytes, bytes], bytes]


def mac(key: Key, message: bytes) -> bytes:
    """32 bytes: HMAC of the message by the hash of the key's family."""
    if key.algorithm == AES:
        return hmac.new(key.value, message, hashlib.sha256).digest()
    made = hmacs.HMAC(key.value, hashes.SM3())
    made.update(message)
    return made.finalize()


def aead(key: Key) -> Aead:
    """How values under this key are sealed and opened; the tag of 16 bytes follows the ciphertext."""
    return _AEAD[key.algorithm]


def check_available(algorithm: str) -> None:
    """Raises StartRefused when this machine's OpenSSL was built without SM4 or SM3."""
    if algorithm == SM and not _has_sm():
        raise StartRefused(
            "不能启动：要求用国密算法（SM4、SM3），但这台机器的 OpenSSL 不支持。请换成带 SM4、SM3 的 OpenSSL，"
            "或者去掉 KIOSK_CIPHER；已经有国密钥匙的库不能去掉。 "
            "Refused to start: SM4 and SM3 are asked for, and the OpenSSL of this machine has none. Use one that "
            "has, or unset KIOSK_CIPHER (not with a store that has keys for SM4)."
        )


@cache
def _has_sm() -> bool:
    try:
        _sm4_encrypt(bytes(32), bytes(12), b"", b"")
        mac(Key("", "", 1, bytes(32), SM), b"")
    except UnsupportedAlgorithm:
        return False
    return True


def _aes_encrypt(key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, text, bound)


def _aes_decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce, sealed, bound)


def _sm4_encrypt(key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
    run = Cipher(algorithms.SM4(key[:_SM4_BYTES]), modes.GCM(nonce)).encryptor()
    run.authenticate_additional_data(bound)
    return run.update(text) + run.finalize() + run.tag


def _sm4_decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    text, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    if len(tag) < TAG_BYTES:
        raise InvalidTag
    run = Cipher(algorithms.SM4(key[:_SM4_BYTES]), modes.GCM(nonce, tag)).decryptor()
    run.authenticate_additional_data(bound)
    return run.update(text) + run.finalize()  # finalize compares the tag; nothing leaves before


_AEAD = {AES: Aead(_aes_encrypt, _aes_decrypt), SM: Aead(_sm4_encrypt, _sm4_decrypt)}
