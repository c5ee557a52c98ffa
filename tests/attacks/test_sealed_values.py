"""The header of a sealed value is authenticated with its content; an invalid value gives a reason."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.keys import Key
from kiosk_api.gateways.crypto import GcmCipher
from kiosk_api.gateways.key_ring import KeyRing

PLACE = ("cases", "petition", "0123456789abcdef")
BOUND = "\x1f".join(PLACE).encode()
KEY = Key("0a0b0c0d", "encryption", 1, bytes(range(32)))
V1, V2, KEY_ID = b"\x01", b"\x02", bytes.fromhex(KEY.id)
HEAD, NONCE, TAG = 5, 12, 16
VALUE = {"name": "钱多米"}


@pytest.fixture
def cipher() -> GcmCipher:
    return GcmCipher(KeyRing([KEY]))


def reason(cipher: GcmCipher, sealed: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        cipher.open(PLACE, sealed)
    assert refused.value.place == PLACE
    return refused.value.reason


def sealed_as_v1(plain: bytes) -> bytes:
    nonce = b"n" * NONCE
    return V1 + nonce + AESGCM(KEY.value).encrypt(nonce, plain, V1 + BOUND)


def test_a_truncated_value_is_reported_as_such(cipher: GcmCipher) -> None:
    sealed = cipher.seal(PLACE, VALUE)
    assert reason(cipher, sealed[:10]) == "too_short"
    assert reason(cipher, V1 + bytes(9)) == "too_short"
    assert {reason(cipher, sealed[:length]) for length in range(1, HEAD + NONCE + TAG)} == {"too_short"}
    assert reason(cipher, sealed[: HEAD + NONCE + TAG]) == "changed"
    assert reason(cipher, b"") == "unknown_version"


@pytest.mark.parametrize("version", [b"\x00", b"\x03", b"\xff", b"{"])
def test_an_unknown_version_is_reported(cipher: GcmCipher, version: bytes) -> None:
    sealed = cipher.seal(PLACE, VALUE)
    assert sealed[:1] == V2
    assert reason(cipher, version + sealed[1:]) == "unknown_version"


def test_the_version_is_bound_to_the_content(cipher: GcmCipher) -> None:
    """A value of one version that is laid out as one of the other does not open."""
    old = sealed_as_v1(b'{"name":"x"}')
    assert cipher.open(PLACE, old) == {"name": "x"}
    assert reason(cipher, V2 + KEY_ID + old[1:]) == "changed"
    sealed = cipher.seal(PLACE, VALUE)
    assert reason(cipher, V1 + sealed[HEAD:]) == "changed"


def test_version_and_key_are_part_of_what_is_authenticated(cipher: GcmCipher) -> None:
    sealed = cipher.seal(PLACE, VALUE)
    nonce, body, aead = sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :], AESGCM(KEY.value)
    assert "钱多米" in aead.decrypt(nonce, body, V2 + KEY_ID + BOUND).decode()
    for without in (BOUND, KEY_ID + BOUND, V2 + BOUND, V1 + KEY_ID + BOUND, V2 + KEY_ID):
        with pytest.raises(InvalidTag):
            aead.decrypt(nonce, body, without)


def test_a_missing_key_is_reported_and_not_mistaken_for_tampering(cipher: GcmCipher) -> None:
    sealed = cipher.seal(PLACE, VALUE)
    assert reason(cipher, V2 + b"\xee" * 4 + sealed[HEAD:]) == "unknown_key"
