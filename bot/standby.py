"""A preloaded Rasa or action server that does not serve itself: it forks the process that serves.

The supervisor sends one byte for each process it wants (`kiosk_api/standby.py` says how and why);
without a supervisor this process serves. The fork comes before the event loop and the port.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

ORDERS_FD = "KIOSK_ORDERS_FD"
LOADING, WARM = "loading", "warm"  # what the process list calls it meanwhile
_NAME = Path("/proc/self/comm")
_PR_SET_PDEATHSIG = 1  # Linux, prctl(2)
_LIBC = ctypes.CDLL(None)


def install() -> None:
    """Let every server of this process wait for its order before it listens."""
    if ORDERS_FD not in os.environ:
        return
    from sanic import Sanic

    run = Sanic.run

    def run_on_order(self: Sanic, *given: Any, **named: Any) -> None:
        gc.collect()
        gc.freeze()  # the collector skips what is loaded, so its memory stays shared
        serve_on_order()
        run(self, *given, **named)

    Sanic.run = run_on_order


def load_rasa(model: str, endpoints: str) -> None:
    """Load the model now; the server that Rasa starts later is given this one."""
    from rasa.core import agent
    from rasa.core.utils import AvailableEndpoints

    load = agent.load_agent
    loaded = asyncio.run(load(model_path=model, endpoints=AvailableEndpoints.read_endpoints(endpoints)))

    async def load_again(*given: Any, model_path: str | None = None, **named: Any) -> Any:
        if given or model_path != model:
            return await load(*given, model_path=model_path, **named)
        return loaded

    agent.load_agent = load_again


def serve_on_order() -> None:
    """Return in a process that is to serve; raises RuntimeError when a thread runs."""
    if (threads := len(os.listdir("/proc/self/task"))) > 1:
        raise RuntimeError(f"{threads} threads run before the first order")
    supervisor = os.getppid()
    with socket.socket(fileno=int(os.environ.pop(ORDERS_FD))) as orders:
        _NAME.write_text(WARM, encoding="utf-8")
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
    _NAME.write_text("python", encoding="utf-8")


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


if ORDERS_FD in os.environ:  # from the first import on, long before everything is loaded
    _NAME.write_text(LOADING, encoding="utf-8")
