"""What a process inherits from the supervisor: the listening socket, orders to fork, a pipe for beats.

Standard library only. Without a supervisor (in a container or a shell) each function has a simple fallback.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import time
from pathlib import Path

from kiosk_api.service_manager import still_works

LISTEN_FD = "KIOSK_LISTEN_FD"  # the API's socket: connections wait in its queue while the API starts
ORDERS_FD = "KIOSK_ORDERS_FD"  # a warm process receives one byte here for each process it must fork
BEAT_FD = "KIOSK_BEAT_FD"  # a process without an address writes one byte here for each round of its loop
LOADING, WARM = "loading", "warm"  # its name in the process list
BACKLOG = 1024
_NAME = Path("/proc/self/comm")
_PR_SET_PDEATHSIG = 1  # Linux, prctl(2)
_LIBC = ctypes.CDLL(None)  # loaded now: no library may be loaded between fork and exec


def listening_socket(host: str, port: int) -> socket.socket:
    """The inherited socket, else a new one; raises OSError when the port is in use."""
    number = os.environ.pop(LISTEN_FD, None)
    if number is not None:
        return socket.socket(fileno=int(number))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def serve_on_order() -> None:
    """Return in a process that must serve. Call it with everything loaded, without threads and without
    open files of the store.

    Under the supervisor the loaded process stays in this function, warm: at each order it forks a process
    that serves and answers with its id. A fork takes a few milliseconds, and both share the memory of
    loaded objects. Raises RuntimeError when a thread runs: its locks would stay locked in the fork.
    """
    number = os.environ.pop(ORDERS_FD, None)
    if number is None:
        return
    if (threads := len(os.listdir("/proc/self/task"))) > 1:
        raise RuntimeError(f"{threads} threads run before the first order")
    supervisor = os.getppid()
    with socket.socket(fileno=int(number)) as orders:
        _set_process_name(WARM)
        while orders.recv(1):
            pid = fork_orphan()
            if not pid:
                break
            orders.send(str(pid).encode())
        else:
            raise SystemExit(0)  # the supervisor has gone
    _join_supervisor(supervisor)
    _set_process_name("python")


def fork_orphan() -> int:
    """Fork an orphan, which the supervisor adopts. Returns its id here and 0 in the orphan."""
    reader, writer = os.pipe()
    between = os.fork()
    if not between:
        pid = os.fork()
        if not pid:
            os.close(reader)
            os.close(writer)
            return 0
        os.write(writer, str(pid).encode())
        os._exit(0)
    os.close(writer)
    with open(reader, "rb") as answer:
        pid = int(answer.read() or b"-1")
    os.waitpid(between, 0)
    if pid < 0:
        raise RuntimeError("no process could be pid")
    return pid


def beat() -> None:
    """Report to the supervisor, or to systemd, that the loop works; never waits."""
    still_works()
    number = os.environ.get(BEAT_FD)
    if number is not None:
        with contextlib.suppress(OSError):
            os.write(int(number), b".")


def end_with_parent() -> None:
    """Ask Linux to send SIGTERM when the parent dies."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _join_supervisor(supervisor: int) -> None:
    """Start a session, wait until the supervisor has adopted this process, and end when it ends."""
    os.setsid()
    for _ in range(5_000):
        if os.getppid() == supervisor:
            break
        time.sleep(0.001)
    end_with_parent()
    if os.getppid() != supervisor:
        raise SystemExit(0)


def _set_process_name(name: str) -> None:
    with contextlib.suppress(OSError):
        _NAME.write_text(name, encoding="utf-8")


if ORDERS_FD in os.environ:  # at the first import, long before everything is loaded
    _set_process_name(LOADING)
