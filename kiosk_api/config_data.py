"""Settings of what is kept: how long, and by which algorithms it is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk_api.domain.keys import AES, SM

CIPHERS = {"aes": AES, "sm4": SM}
YEARS_LEAST, YEARS_MOST = 1, 100


@dataclass(frozen=True)
class DataSettings:
    """`algorithm` is that of keys made from now on; `keep_cases_years` None keeps every case."""

    algorithm: str = AES
    keep_cases_years: int | None = None

    @classmethod
    def from_env(cls, source: Mapping[str, str], problems: list[str]) -> DataSettings:
        """KIOSK_CIPHER and KIOSK_KEEP_CASES_YEARS; what is wrong with them goes into `problems`."""
        cipher = source.get("KIOSK_CIPHER") or "aes"
        if cipher not in CIPHERS:
            problems.append(f"KIOSK_CIPHER must be {' or '.join(CIPHERS)}, not {cipher!r}")
        years = source.get("KIOSK_KEEP_CASES_YEARS", "")
        if years and not (years.isascii() and years.isdigit() and YEARS_LEAST <= int(years[:4]) <= YEARS_MOST):
            problems.append(
                f"KIOSK_KEEP_CASES_YEARS must be whole years from {YEARS_LEAST} to {YEARS_MOST}, or empty, not {years!r}"
            )
            years = ""
        return cls(CIPHERS.get(cipher, AES), int(years) if years else None)
