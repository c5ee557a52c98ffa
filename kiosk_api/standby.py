"""What a process takes over from the supervisor: the listening socket, the order to serve, its pulse.

Standard library only. Without a supervisor (a container, a shell) every function does the plain thing.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import time
from pathlib import Path

LISTEN_FD = "KIOSK_LISTEN_FD"  # the API's socket: people wait in its queue while the API starts
ORDERS_FD = "KIOSK_ORDERS_FD"  # a warm process gets one byte here for each process it is to make
BEAT_FD = "KIOSK_BEAT_FD"  # a process without a door writes here that its loop goes round
LOADING, WARM = "loading", "warm"  # what the process list calls it meanwhile
BACKLOG = 1024
_NAME = Path("/proc/self/comm")
_PR_SET_PDEATHSIG = 1  # Linux, prctl(2)
_LIBC = ctypes.CDLL(None)  # loaded here: between fork and exec nothing may be loaded


def listening_socket(host: str, port: int) -> socket.socket:
    """The one handed over, else one of its own; raises OSError when the port is taken."""
    number = os.environ.pop(LISTEN_FD, None)
    if number is not None:
        return socket.socket(fileno=int(number))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def serve_on_order() -> None:
    """Return in a process that is to serve; call it with everything loaded, no thread and no file
    of the store open.

    Under the supervisor the process that has loaded stays here, warm: at each order it makes one
    that serves and tells its number. Making one takes a few milliseconds, and both share the memory
    of what is loaded. Raises RuntimeError when a thread runs: a fork would leave its locks shut.
    """
    number = os.environ.pop(ORDERS_FD, None)
    if number is None:
        return
    if (threads := len(os.listdir("/proc/self/task"))) > 1:
        raise RuntimeError(f"{threads} threads run before the first order")
    supervisor = os.getppid()
    with socket.socket(fileno=int(number)) as orders:
        _call_it(WARM)
        while orders.recv(1):
            made = make_one()
            if not made:
                break
            orders.send(str(made).encode())
        else:
            raise SystemExit(0)  # the supervisor has gone
    _be_its_child(supervisor)
    _call_it("python")


def make_one() -> int:
    """Fork a process that belongs to nobody, so that the supervisor adopts it: its number here,
    0 in it."""
    told, tell = os.pipe()
    between = os.fork()
    if not between:
        made = os.fork()
        if not made:
            os.close(told)
            os.close(tell)
            return 0
        os.write(tell, str(made).encode())
        os._exit(0)
    os.close(tell)
    with open(told, "rb") as answer:
        made = int(answer.read() or b"-1")
    os.waitpid(between, 0)
    if made < 0:
        raise RuntimeError("no process could be made")
    return made


def beat() -> None:
    """Tell the supervisor that the loop goes round; never waits."""
    number = os.environ.get(BEAT_FD)
    if number is not None:
        with contextlib.suppress(OSError):
            os.write(int(number), b".")


def end_with_parent() -> None:
    """Ask Linux for SIGTERM should the parent be killed outright."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _be_its_child(supervisor: int) -> None:
    """In a group of its own, ended with the supervisor, which adopts it in a moment."""
    os.setsid()
    for _ in range(5_000):
        if os.getppid() == supervisor:
            break
        time.sleep(0.001)
    end_with_parent()
    if os.getppid() != supervisor:
        raise SystemExit(0)


def _call_it(name: str) -> None:
    with contextlib.suppress(OSError):
        _NAME.write_text(name, encoding="utf-8")


if ORDERS_FD in os.environ:  # from the first import on, long before everything is loaded
    _call_it(LOADING)
