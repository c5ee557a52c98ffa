"""Waits for the supervisor's order to serve, in the way that `kiosk_api/standby.py` explains.

Nothing is loaded before the fork: the models run threads, which no fork survives.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import time
from pathlib import Path

ORDERS_FD = "KIOSK_ORDERS_FD"
LOADING, WARM = "loading", "warm"
_NAME = Path("/proc/self/comm")
_PR_SET_PDEATHSIG = 1  # Linux, prctl(2)
_LIBC = ctypes.CDLL(None)


def serve_on_order() -> None:
    """Return in a process that is to serve; at once where there is no supervisor."""
    number = os.environ.pop(ORDERS_FD, None)
    if number is None:
        return
    supervisor = os.getppid()
    with socket.socket(fileno=int(number)) as orders:
        _call_it(WARM)
        while orders.recv(1):
            made = _make_one()
            if not made:
                break
            orders.send(str(made).encode())
        else:
            os._exit(0)  # the supervisor has gone
    os.setsid()
    for _ in range(5_000):
        if os.getppid() == supervisor:
            break
        time.sleep(0.001)
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != supervisor:
        os._exit(0)
    _call_it("python")


def _make_one() -> int:
    """Fork a process that the supervisor adopts: its number here, 0 in it."""
    reading_end, writing_end = os.pipe()
    between = os.fork()
    if not between:
        made = os.fork()
        if not made:
            os.close(reading_end)
            os.close(writing_end)
            return 0
        os.write(writing_end, str(made).encode())
        os._exit(0)
    os.close(writing_end)
    with open(reading_end, "rb") as answer:
        number = int(answer.read() or b"-1")
    os.waitpid(between, 0)
    if number < 0:
        raise RuntimeError("no process could be made")
    return number


def _call_it(name: str) -> None:
    with contextlib.suppress(OSError):
        _NAME.write_text(name, encoding="utf-8")
