"""The one action: from a Rasa tracker to the pure dialogue and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue.reading.message import Clause, Message
from bot.dialogue.replies import reply
from bot.dialogue.talks.steps import turn as take_turn
from bot.dialogue.texts_zh import TEXT
from bot.dialogue.turn import Turn
from bot.kiosk_client import KioskClient
from bot.turn_deadline import ACTION_S

AT_ONCE = 32  # turns that may wait for the API side by side


class ActionTurn(Action):
    """Every message goes through the table of steps."""

    def name(self) -> str:
        return "action_turn"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        asked = tracker.get_slot("asked")
        state, message = dict(tracker.slots), last_message(tracker)
        done = await off_loop(take_turn, client(tracker), tracker.sender_id, state, message, asked=asked)
        send(dispatcher, done)
        return [*slot_events(done), SlotSet("seen", done.slots.get("seen", True)), SlotSet("asked", done.asks)]


@lru_cache(maxsize=1)
def _pool() -> KioskClient:
    """One connection pool for all actions."""
    return KioskClient()


def client(tracker: Tracker) -> KioskClient:
    """The API on behalf of this conversation."""
    return _pool().speaking_for(tracker.sender_id)


def last_message(tracker: Tracker) -> Message:
    """The last message with what the models made of it."""
    latest = tracker.latest_message or {}
    intent, matter, text = latest.get("intent") or {}, latest.get("matter") or {}, latest.get("text") or ""
    return Message(
        text,
        tuple(Clause(text[one["start"] : one["end"]], one["acts"]) for one in latest.get("acts") or ()),
        intent.get("name") or "",
        float(intent.get("confidence") or 0.0),
        kinds=matter.get("kind"),
        accuses=matter.get("accuses"),
        dangers=matter.get("danger"),
        since_s=_since_last(tracker),
    )


def _since_last(tracker: Tracker) -> float | None:
    """Seconds between the last message and the one before it."""
    times = [float(one["timestamp"]) for one in tracker.events if one.get("event") == "user" and one.get("timestamp")]
    return max(times[-1] - times[-2], 0.0) if len(times) > 1 else None


@lru_cache(maxsize=1)
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="turn")


async def off_loop(call: Callable[..., Turn], *args: Any, asked: str | None = None) -> Turn:
    """Run a blocking talk in a thread, so one slow answer holds up nobody else.

    Past the deadline the reply says so, and the question `asked` stays open. What the thread
    still does is safe to repeat: a petition is registered once, however often it is sent.
    """
    work = asyncio.get_running_loop().run_in_executor(_workers(), call, *args)
    try:
        return await asyncio.wait_for(work, ACTION_S)
    except asyncio.TimeoutError:
        text = TEXT["too_long_confirm" if asked == "confirm" else "too_long"]
        return Turn([reply(text, expects=asked)], asks=asked)


def send(dispatcher: CollectingDispatcher, turn: Turn) -> None:
    """Every reply goes out in the one `custom` form."""
    for one in turn.replies:
        if one["text"]:
            dispatcher.utter_message(json_message=one)


def slot_events(turn: Turn) -> list[EventType]:
    """SlotSets of the turn."""
    return [SlotSet(key, value) for key, value in turn.slots.items()]
