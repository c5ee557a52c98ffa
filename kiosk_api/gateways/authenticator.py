"""Codes of an authenticator app with pyotp: RFC 6238 with the defaults that every app knows (SHA-1, 30 s, six digits)."""

from __future__ import annotations

from datetime import datetime

import pyotp
from pyotp.utils import strings_equal

_DRIFT = 1  # steps that a phone's clock may be ahead or behind


class TotpAuthenticator:
    """The Authenticator port."""

    def new_secret(self) -> str:
        """160 random bits in base 32, as long as the hash, as RFC 4226 recommends."""
        return pyotp.random_base32()

    def step_of(self, secret: str, typed: str, now: datetime, last: int) -> int | None:
        """The step that this code is of; None when it is wrong, too old, or not after the last one used."""
        app, code = pyotp.TOTP(secret), "".join(typed.split())
        current = app.timecode(now)
        for step in range(current - _DRIFT, current + _DRIFT + 1):
            if step > last and strings_equal(app.generate_otp(step), code):
                return step
        return None

    def address_of(self, secret: str, username: str, issuer: str) -> str:
        """What the QR code says to an app."""
        return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)
