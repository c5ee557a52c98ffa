"""A spare Rasa or action server: everything loaded, its port opened only when it is its turn.

The supervisor writes one byte when the process that served has gone; no byte, and the spare ends.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from sanic import Sanic

TURN_FD = "KIOSK_TURN_FD"
WAITING = "spare"  # what the process list calls it meanwhile
_NAME = Path("/proc/self/comm")


def install() -> None:
    """Let every server of this process wait for its turn after loading, before it listens."""
    number = os.environ.pop(TURN_FD, None)
    if number is None:
        return
    run = Sanic.run

    async def wait(_app: Sanic, _loop: Any) -> None:
        name = _NAME.read_text(encoding="utf-8").strip()
        _NAME.write_text(WAITING, encoding="utf-8")
        if not await asyncio.get_running_loop().run_in_executor(None, os.read, int(number), 1):
            os._exit(0)
        _NAME.write_text(name, encoding="utf-8")

    def run_in_turn(self: Sanic, *given: Any, **named: Any) -> None:
        self.register_listener(wait, "before_server_start")  # the last one: the model is loaded
        run(self, *given, **named)

    Sanic.run = run_in_turn
