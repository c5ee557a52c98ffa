"""A spare Rasa or action server: everything loaded, its port opened only when it is its turn.

The supervisor writes one byte when the process that served has gone; no byte, and the spare ends.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sanic import Sanic

TURN_FD = "KIOSK_TURN_FD"
LOADING, WAITING = "spare-loading", "spare"  # what the process list calls it meanwhile
_NAME = Path("/proc/self/comm")


def install() -> None:
    """Let every server of this process wait for its turn after loading, before it listens."""
    number = os.environ.pop(TURN_FD, None)
    if number is None:
        return
    from sanic import Sanic

    run = Sanic.run

    async def wait(_app: Sanic, _loop: Any) -> None:
        _call_it(WAITING)
        if not await asyncio.get_running_loop().run_in_executor(None, os.read, int(number), 1):
            os._exit(0)
        _call_it("python")

    def run_in_turn(self: Sanic, *given: Any, **named: Any) -> None:
        self.register_listener(wait, "before_server_start")  # the last one: the model is loaded
        run(self, *given, **named)

    Sanic.run = run_in_turn


def _call_it(name: str) -> None:
    _NAME.write_text(name, encoding="utf-8")


if TURN_FD in os.environ:  # from the first import on, long before everything is loaded
    _call_it(LOADING)
