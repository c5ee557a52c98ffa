"""Two API processes and two workers over one database, forked from one loaded process and killed to order.

`python -m tests.postgresql.two_of_each FOLDER URL PLATFORM` prints the two ports, then reads orders, one a line:
`api 0`, `api 1`, `worker 0` or `worker 1` kills that process at once and forks another; each is answered by `done`. The
end of the input ends all. Connections wait in a listening socket while its process is gone, as under the supervisor.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from flask import Flask

from kiosk_api.gateways.notify import HANDLERS
from kiosk_api.server.limits import Limits
from kiosk_api.server.listener import Listener
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.cases.background import deliver, note_deadlines
from kiosk_api.services.notices.delivery import deliver_one
from kiosk_api.services.notices.planning import plan
from tests.factories import START, fresh_app
from tests.notices.platform import PlatformSender

FASTER = 20  # minutes of a lease pass in seconds


class Time:
    """One clock for all of them, in the office's hours."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return START + timedelta(seconds=(time.monotonic() - self._began) * FASTER)

    def today(self) -> date:
        return self.now().date()


def serve(app: Flask, listening: socket.socket) -> None:
    """An API process."""
    Listener(app, listening, Limits()).run()


def work(ctx: Context, sender: PlatformSender) -> None:
    """A worker: what is to be told, what waits in the outbox, what is late."""
    while True:
        try:
            busy = plan(ctx) | (deliver_one(ctx, sender.name, sender) is not None)
            busy |= deliver(ctx, HANDLERS) > 0
            busy |= note_deadlines(ctx, 100)
        except StoreBusy:
            busy = False
        if not busy:
            time.sleep(0.05)


def forked(run: Callable[[], None]) -> int:
    """The id of a process that runs this until it is killed."""
    child = os.fork()
    if child == 0:
        try:
            run()
        finally:
            os._exit(1)
    return child


def main(folder: Path, url: str, platform: str) -> None:
    """Fork, say where, and follow orders."""
    app = fresh_app(folder, KIOSK_DATABASE_URL=url, KIOSK_RATE_LIMITS="off")
    sender = PlatformSender(platform)
    ctx = replace(app.extensions["kiosk"], clock=Time(), senders={"sms": sender})
    app.extensions["kiosk"] = ctx
    ctx.store.close()
    sockets = [socket.create_server(("127.0.0.1", 0), backlog=256) for _ in range(2)]
    parts: dict[str, Callable[[], None]] = {
        "api 0": lambda: serve(app, sockets[0]),
        "api 1": lambda: serve(app, sockets[1]),
        "worker 0": lambda: work(ctx, sender),
        "worker 1": lambda: work(ctx, sender),
    }
    running = {name: forked(run) for name, run in parts.items()}
    print(json.dumps([one.getsockname()[1] for one in sockets]), flush=True)
    for line in sys.stdin:
        name = line.strip()
        end(running[name])
        running[name] = forked(parts[name])
        print("done", flush=True)
    for pid in running.values():
        end(pid)


def end(pid: int) -> None:
    """Kill it, wherever it is."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
