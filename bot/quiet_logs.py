"""Logging of the bot's processes: never a word of what a citizen said.

Rasa, Sanic and rasa_sdk put messages, slots and whole trackers into log lines and exceptions,
in places that change with every release. So no text of a record is kept at all: a line says
level, logger, where it was written and the class of the failure with its stack frames.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import Any

MOST_FRAMES = 8


def install() -> None:
    """From now on, for every logger of this process, however it is set up later."""
    logging.setLogRecordFactory(_record)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda lost: _uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)
    sys.unraisablehook = lambda lost: _uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)


def _record(*given: Any, **more: Any) -> logging.LogRecord:
    record = logging.LogRecord(*given, **more)
    failure = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    record.msg = f"({record.filename}:{record.lineno})"
    if failure is not None:
        record.msg += f" {described(failure)}"
    record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
    return record


def described(failure: BaseException) -> str:
    """Class and stack frames of a failure and of its causes; no message."""
    said: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = failure
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        said.append(" ".join([type(one).__name__, *_frames(one.__traceback__)]))
        one = one.__cause__ or one.__context__
    return " after ".join(said)


def _frames(step: TracebackType | None) -> list[str]:
    frames = []
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{step.tb_lineno}:{code.co_name}")
        step = step.tb_next
    return frames[-MOST_FRAMES:]


def _uncaught(_kind: Any, failure: BaseException | None, _step: Any) -> None:
    sys.stderr.write(f"uncaught {described(failure) if failure else ''}\n")
