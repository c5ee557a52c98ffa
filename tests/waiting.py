"""Waits for a condition instead of a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.stack import Stack


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not hold in time"
        time.sleep(0.3)


def talks(stack: Stack) -> bool:
    """Whether the assistant answers again."""
    return not stack.chat("你好")["degraded"]
