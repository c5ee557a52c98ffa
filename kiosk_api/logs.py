"""JSON logs with an allow-list: what is not known to be harmless is not written.

Libraries put requests, parameters and values into their messages. Of their records only place
and class of failure are kept.
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
        "seconds", "stage", "clock", "attempt",
    }
)  # fmt: skip
MOST_FRAMES = 8


def keep_harmless(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list (deny by default)."""
    return {key: value for key, value in event.items() if key in _ALLOWED}


def configure_logging() -> None:
    """One JSON line an event on standard error; libraries only from WARNING up."""
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
    """Standard error as it is when something is written, not when logging was set up."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def keep_failures_quiet() -> None:
    """For a process of our own: warnings and failures nobody caught show no value either."""
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda lost: _uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)
    sys.unraisablehook = lambda lost: _uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)


def _record(*given: Any, **more: Any) -> logging.LogRecord:
    record = logging.LogRecord(*given, **more)
    failure = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if isinstance(failure, StartRefused):
        record.msg, record.args = str(failure), ()
    else:
        what = f" {told(failure)}" if failure is not None else ""
        record.msg, record.args = f"({record.filename}:{record.lineno}){what}", ()
    record.exc_info = record.exc_text = record.stack_info = None
    return record


def told(failure: BaseException) -> str:
    """Class and way through the code of a failure and of what led to it; no message."""
    said: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = failure
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        said.append(" ".join([type(one).__name__, *_way(one.__traceback__)]))
        one = one.__cause__ or one.__context__
    return " after ".join(said)


def _way(step: TracebackType | None) -> list[str]:
    frames = []
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{step.tb_lineno}:{code.co_name}")
        step = step.tb_next
    return frames[-MOST_FRAMES:]


def _uncaught(_kind: Any, failure: BaseException | None, _step: Any) -> None:
    sys.stderr.write(f"uncaught {told(failure) if failure else ''}\n")
