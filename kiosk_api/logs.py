"""JSON logs with an allow-list: a key that is not known to be harmless is not written.

Libraries put requests, parameters and values into their messages. Of their records only the place and
the class of the failure are kept.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

from kiosk_api.domain.errors import StartRefused

_ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "reason", "error", "place", "count", "topic",
        "seconds", "stage", "clock", "attempt", "channel", "state",
    }
)  # fmt: skip
MOST_FRAMES = 8


def keep_harmless(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list (deny by default)."""
    return {key: value for key, value in event.items() if key in _ALLOWED}


def configure_logging() -> None:
    """One JSON line per event on standard error; libraries only from WARNING up."""
    logging.setLogRecordFactory(_record)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            keep_harmless,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(_Stderr()),  # type: ignore[arg-type]
        cache_logger_on_first_use=True,
    )


class _Stderr:
    """Standard error at the time of writing, not at the time of the set-up (tests replace it)."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def keep_failures_quiet() -> None:
    """Also keep values out of warnings and uncaught exceptions. For our own processes, not for tests."""
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda failed: _uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)
    sys.unraisablehook = lambda failed: _uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)


def _record(*given: Any, **more: Any) -> logging.LogRecord:
    record = logging.LogRecord(*given, **more)
    failure = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if isinstance(failure, StartRefused):
        record.msg, record.args = str(failure), ()
    else:
        what = f" {describe(failure)}" if failure is not None else ""
        record.msg, record.args = f"({record.filename}:{record.lineno}){what}", ()
    record.exc_info = record.exc_text = record.stack_info = None
    return record


def describe(failure: BaseException) -> str:
    """Class and stack frames of an exception and of its causes; no message."""
    parts: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = failure
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        parts.append(" ".join([type(one).__name__, *_frames(one.__traceback__)]))
        one = one.__cause__ or one.__context__
    return " after ".join(parts)


def _frames(step: TracebackType | None) -> list[str]:
    frames = []
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{step.tb_lineno}:{code.co_name}")
        step = step.tb_next
    return frames[-MOST_FRAMES:]


def _uncaught(_kind: Any, failure: BaseException | None, _step: Any) -> None:
    sys.stderr.write(f"uncaught {describe(failure) if failure else ''}\n")
