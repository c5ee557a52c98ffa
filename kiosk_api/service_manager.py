"""Tells systemd that this process is ready and still works (sd_notify(3)), when it was started by a unit that asks.

Standard library only. Without systemd every function does nothing. The assistant's processes need none of this: they
end by themselves when they hang (bot/hang_guard.py), and a unit starts them again.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable

SOCKET, WATCHDOG = "NOTIFY_SOCKET", "WATCHDOG_USEC"
READY = "READY=1\nWATCHDOG=1"
ANSWER_WITHIN_S = 5.0
EVERY_S = 5.0  # when the unit has no watchdog


def still_works() -> None:
    """Tell systemd that this process is ready and works; never waits, never fails."""
    address = os.environ.get(SOCKET)
    if not address:
        return
    if address.startswith("@"):  # an abstract address
        address = "\0" + address[1:]
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.setblocking(False)
        to.connect(address)
        to.send(READY.encode())


def watch(url: str, stop: threading.Event) -> threading.Thread | None:
    """Ask `url` three times in each watchdog's period and tell systemd of each answer; None without systemd.

    A real request goes the way of a citizen's: through the socket, the loop, a thread and the application.
    """
    if not os.environ.get(SOCKET):
        return None
    return start(lambda: _answers(url), stop)


def start(works: Callable[[], bool], stop: threading.Event) -> threading.Thread:
    """Tell systemd for as long as `works` says so; a thread that ends with the process."""
    every = int(os.environ.get(WATCHDOG, "0")) / 3e6 or EVERY_S

    def run() -> None:
        while not stop.is_set():
            well = works()
            if well:
                still_works()
            stop.wait(every if well else min(every, 1.0))

    thread = threading.Thread(target=run, name="service-manager", daemon=True)
    thread.start()
    return thread


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_WITHIN_S) as answer:  # noqa: S310 - http, on this machine  # nosec B310
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
