"""The key of the record of changes, and the key that signs its anchors.

HMAC (RFC 2104) with SHA-256 or SM3, as the key says, and Ed25519 (RFC 8032). A former key still checks what it made.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk_api.gateways.ciphers import mac
from kiosk_api.gateways.key_ring import KeyRing


class AuditKeys:
    """The Macs port of `domain.audit`."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def current(self) -> str:
        """The id of the key in use."""
        return self._ring.current("audit").id

    def mac(self, key_id: str, message: bytes) -> bytes | None:
        """32 bytes, by the family of the key; None where there is no such key."""
        key = self._ring.by_id("audit", key_id)
        return None if key is None else mac(key, message)


class AnchorKeys:
    """The Signatures port of `domain.anchors`."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def sign(self, message: bytes) -> tuple[str, bytes]:
        """(key id, signature of 64 bytes)."""
        key = self._ring.current("anchor")
        return key.id, Ed25519PrivateKey.from_private_bytes(key.value).sign(message)

    def is_genuine(self, key_id: str, message: bytes, signature: bytes) -> bool:
        """False also where there is no such key."""
        key = self._ring.by_id("anchor", key_id)
        if key is None:
            return False
        try:
            Ed25519PrivateKey.from_private_bytes(key.value).public_key().verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def public(self) -> str:
        """The public key in use, hexadecimal: whoever has it can check an anchor without this machine."""
        key = Ed25519PrivateKey.from_private_bytes(self._ring.current("anchor").value)
        return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
