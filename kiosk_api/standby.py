"""What a process takes over from the supervisor: the listening socket, its turn, its pulse.

Standard library only. Without a supervisor (a container, a shell) every function does the plain thing.
"""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

LISTEN_FD = "KIOSK_LISTEN_FD"  # the API's socket: people wait in its queue while the API starts
TURN_FD = "KIOSK_TURN_FD"      # a spare reads one byte here before it serves; no byte: it ends
BEAT_FD = "KIOSK_BEAT_FD"      # a process without a door writes here that its loop goes round
LOADING, WAITING = "spare-loading", "spare"  # what the process list calls it meanwhile
BACKLOG = 1024
_NAME = Path("/proc/self/comm")


def listening_socket(host: str, port: int) -> socket.socket:
    """The one handed over, else one of its own; raises OSError when the port is taken."""
    number = os.environ.pop(LISTEN_FD, None)
    if number is not None:
        return socket.socket(fileno=int(number))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def wait_for_turn() -> None:
    """Return when this process is to serve. A spare waits here with everything loaded."""
    number = os.environ.pop(TURN_FD, None)
    if number is None:
        return
    _call_it(WAITING)
    if not os.read(int(number), 1):
        raise SystemExit(0)
    os.close(int(number))
    _call_it("python")


def beat() -> None:
    """Tell the supervisor that the loop goes round; never waits."""
    number = os.environ.get(BEAT_FD)
    if number is not None:
        with contextlib.suppress(OSError):
            os.write(int(number), b".")


def _call_it(name: str) -> None:
    with contextlib.suppress(OSError):
        _NAME.write_text(name, encoding="utf-8")


if TURN_FD in os.environ:  # from the first import on, long before everything is loaded
    _call_it(LOADING)
