"""Deadlines of a turn: what takes too long is given up for that person, and the others go on.

Innermost the action server gives up (`bot.actions.common`), then Rasa's call to it, then the whole
turn in Rasa, and last the API's call to Rasa (`kiosk_api.gateways.rasa.TURN_S`). What holds the interpreter itself can only be
ended with its process: see `bot.hang_guard`.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

ACTION_S = 4.0  # the action server's own work, calls of the API included
CALL_S = 4.5  # Rasa waits so long for the action server
TURN_S = 5.0  # a whole turn in Rasa
ASKED = "asked"  # slot and metadata: the question that is open
READERS = 2  # messages read at a time


def install() -> None:
    """In Rasa: a deadline for each turn, and messages are read off the event loop."""
    from rasa.core.actions import action
    from rasa.core.agent import Agent
    from rasa.core.processor import MessageProcessor

    action.DEFAULT_REQUEST_TIMEOUT = CALL_S
    Agent.handle_message = _in_time(Agent.handle_message, TURN_S)
    MessageProcessor._handle_message_with_tracker = _read_off_loop(
        MessageProcessor._handle_message_with_tracker, ThreadPoolExecutor(READERS, thread_name_prefix="reading")
    )


def _in_time(handle: Any, seconds: float) -> Any:
    async def handle_in_time(self: Any, message: Any) -> Any:
        """None after the deadline: the channel then has no answer, and the API says so."""
        try:
            return await asyncio.wait_for(handle(self, message), seconds)
        except asyncio.TimeoutError:
            return None

    return handle_in_time


def _read_off_loop(handle: Any, readers: ThreadPoolExecutor) -> Any:
    async def handle_with_reading(self: Any, message: Any, tracker: Any) -> None:
        """A long message is read in a thread, so that other conversations go on."""
        # What is asked decides what the words of an answer do (bot.components.act_reader).
        message.metadata = {**(message.metadata or {}), ASKED: tracker.get_slot(ASKED) or ""}
        if not message.parse_data and not self.http_interpreter:
            message.parse_data = await asyncio.get_running_loop().run_in_executor(
                readers, lambda: asyncio.run(self.parse_message(message, tracker))
            )
        await handle(self, message, tracker)

    return handle_with_reading
