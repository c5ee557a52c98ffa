"""Settings of what is kept: by which algorithms it is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk_api.domain.keys import AES, SM

CIPHERS = {"aes": AES, "sm4": SM}


@dataclass(frozen=True)
class DataSettings:
    """`algorithm` is that of keys made from now on."""

    algorithm: str = AES

    @classmethod
    def from_env(cls, source: Mapping[str, str], problems: list[str]) -> DataSettings:
        """KIOSK_CIPHER; what is wrong with them goes into `problems`."""
        cipher = source.get("KIOSK_CIPHER") or "aes"
        if cipher not in CIPHERS:
            problems.append(f"KIOSK_CIPHER must be {' or '.join(CIPHERS)}, not {cipher!r}")
        return cls(CIPHERS.get(cipher, AES))
