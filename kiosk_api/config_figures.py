"""Settings of the operator's figures: who may read them, and under which name a worker writes its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk_api.config_channels import secret

_NAME = re.compile(r"[a-z0-9-]{1,32}")
LEAST_TOKEN = 24  # characters


@dataclass(frozen=True)
class FigureSettings:
    """`token`: who sends it reads `/metrics` from elsewhere; without one only this machine does."""

    worker_name: str = "worker"
    token: str | None = None

    @classmethod
    def from_env(cls, source: Mapping[str, str], problems: list[str]) -> FigureSettings:
        """Read the environment; what is wrong is added to `problems`."""
        name = source.get("KIOSK_WORKER_NAME") or cls.worker_name
        token = secret(source, "KIOSK_METRICS_TOKEN")
        if not _NAME.fullmatch(name):
            problems.append("KIOSK_WORKER_NAME must be small letters, digits and -")
        if token is not None and len(token) < LEAST_TOKEN:
            problems.append(f"KIOSK_METRICS_TOKEN must have {LEAST_TOKEN} characters or more")
        return cls(name, token)
