"""JSON logs with an allow-list: what is not known to be harmless is not written."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "reason", "error", "place", "count", "topic",
        "seconds", "stage", "clock", "attempt",
    }
)  # fmt: skip


def keep_harmless(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list (deny by default)."""
    return {key: value for key, value in event.items() if key in _ALLOWED}


def configure_logging() -> None:
    """One JSON line an event on standard error; libraries only from WARNING up."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            keep_harmless,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
