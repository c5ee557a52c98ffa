"""Codes of an authenticator app: RFC 6238 with the defaults that every app knows (SHA-1, 30 seconds, six digits)."""

from __future__ import annotations

import hmac
from base64 import b32decode
from datetime import datetime
from urllib.parse import quote

SECRET_BYTES = 20  # as long as the hash, as RFC 4226 recommends
STEP_S = 30
_DRIFT = 1  # steps that a phone's clock may be ahead or behind


def code_of(secret: str, step: int) -> str:
    """The code of one step, from a secret in base 32."""
    mac = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    at = mac[-1] & 15
    return f"{(int.from_bytes(mac[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def step_of(secret: str, typed: str, now: datetime, last: int) -> int | None:
    """The step that this code is of; None when it is wrong, too old, or not after the last one used."""
    code = "".join(typed.split())
    current = int(now.timestamp()) // STEP_S
    for step in range(current - _DRIFT, current + _DRIFT + 1):
        if step > last and hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            return step
    return None


def address_of(secret: str, username: str, issuer: str) -> str:
    """What the QR code says to an app."""
    return f"otpauth://totp/{quote(issuer)}:{quote(username)}?secret={secret}&issuer={quote(issuer)}"
