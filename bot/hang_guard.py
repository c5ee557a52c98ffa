"""Ends this process when it hangs, so that the supervisor starts it again.

A match or a loop that runs away holds the interpreter: no thread and no coroutine of the process
can stop it, and none can even notice. The kernel can. While the event loop runs, it restarts two
timers again and again; when it no longer does, one of them expires and its signal, which
nobody handles, ends the process. One timer counts the process's own CPU time, so a starved or
suspended machine is no hang; the other counts real time, for a loop that waits for ever.
"""

from __future__ import annotations

import asyncio
import signal
from typing import Any

BUSY_S = 8.0  # CPU seconds without one turn of the event loop
WAITING_S = 30.0  # seconds
EVERY_S = 0.5
_TIMERS = ((signal.ITIMER_PROF, signal.SIGPROF), (signal.ITIMER_REAL, signal.SIGALRM))


async def guard(busy_s: float = BUSY_S, waiting_s: float = WAITING_S) -> None:
    """Run as a task of the event loop that serves, from when it serves; the timers end with it."""
    for _, number in _TIMERS:
        signal.signal(number, signal.SIG_DFL)
    try:
        while True:
            for (timer, _), seconds in zip(_TIMERS, (busy_s, waiting_s), strict=True):
                signal.setitimer(timer, seconds)
            await asyncio.sleep(EVERY_S)
    finally:
        for timer, _ in _TIMERS:
            signal.setitimer(timer, 0)


async def watch(app: Any, _loop: object = None) -> None:
    """A listener for Sanic: guard the server from now on."""
    app.add_task(guard())


def install_in_rasa() -> None:
    """Guard Rasa once its model is loaded, which takes longer than any turn may."""
    from rasa.core import run

    load = run.load_agent_on_start

    async def load_then_watch(*args: Any, **kwargs: Any) -> Any:
        agent = await load(*args, **kwargs)
        asyncio.get_running_loop().create_task(guard(), name="hang guard")
        return agent

    run.load_agent_on_start = load_then_watch
