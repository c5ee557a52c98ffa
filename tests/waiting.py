"""Waits for a condition instead of a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.stack import Stack

GIVE_UP_AFTER_S = 300  # only a failing test waits this long: a busy machine loads the assistant slowly


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until it holds, however slow the machine is; raises AssertionError when it never does."""
    deadline = time.monotonic() + GIVE_UP_AFTER_S
    while not condition():
        assert time.monotonic() < deadline, "the condition did not hold in time"
        time.sleep(0.3)


def talks(stack: Stack) -> bool:
    """Whether the assistant answers again."""
    return not stack.chat("你好")["degraded"]
