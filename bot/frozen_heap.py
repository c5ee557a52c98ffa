"""Loaded objects are frozen so that the garbage collector skips them: no long pauses.

Model, dictionary and libraries are some two million objects that live as long as the process. A
full collection looks at all of them, and every conversation waits meanwhile: 0.3 s and more on two
cores, seen as a group of slow turns. `gc.freeze` takes them out of collection; the objects of
conversations are collected as before.
"""

from __future__ import annotations

import gc
from typing import Any


def install() -> None:
    """Freeze the heap right after Rasa has loaded its model, before the first message."""
    from rasa.core import run

    load = run.load_agent_on_start

    async def load_then_freeze(*args: Any, **kwargs: Any) -> Any:
        agent = await load(*args, **kwargs)
        gc.collect()
        gc.freeze()
        return agent

    run.load_agent_on_start = load_then_freeze
