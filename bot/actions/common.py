"""From a Rasa tracker to the pure dialogue and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, Protocol

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue.ports import Message
from bot.dialogue.replies import reply
from bot.dialogue.texts_zh import TEXT
from bot.dialogue.turn import Turn
from bot.kiosk_client import KioskClient
from bot.turn_deadline import ACTION_S

SURE_OF_KIND = 0.6
AT_ONCE = 32  # turns that may wait for the API side by side

__all__ = ["Action", "ActiveLoop", "CollectingDispatcher", "EventType", "FollowupAction",
           "SlotSet", "Tracker", "client", "form_turn", "last_message", "off_loop", "send", "slot_events"]  # fmt: skip


class FormTalk(Protocol):
    """A dialogue that asks for one slot after the other."""

    def start(self, message: Message) -> Turn: ...

    def respond(self, slot: str, message: Message) -> Turn: ...


@lru_cache(maxsize=1)
def _pool() -> KioskClient:
    """One connection pool for all actions."""
    return KioskClient()


def client(tracker: Tracker) -> KioskClient:
    """The API on behalf of this conversation."""
    return _pool().speaking_for(tracker.sender_id)


def last_message(tracker: Tracker) -> Message:
    """The last message, its top intent, and what the matter classifier is sure of."""
    latest = tracker.latest_message or {}
    intent = latest.get("intent") or {}
    matter = latest.get("matter") or {}
    return Message(
        latest.get("text") or "",
        intent.get("name") or "",
        float(intent.get("confidence") or 0.0),
        kind=_sure(matter.get("kind"), SURE_OF_KIND) or "",
        dangers=matter.get("danger"),
    )


def _sure(shares: dict[str, float] | None, least: float) -> str | None:
    """The label that holds at least that share."""
    label = max(shares, key=lambda name: shares[name]) if shares else None
    return label if shares and label and shares[label] >= least else None


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


async def form_turn(talk: FormTalk, dispatcher: CollectingDispatcher, tracker: Tracker) -> Turn:
    """What a form makes of the message: an answer to what it asked last, or its beginning."""
    slot = tracker.get_slot("requested_slot")
    turn = await (
        off_loop(talk.respond, slot, last_message(tracker), asked=slot)
        if slot
        else off_loop(talk.start, last_message(tracker))
    )
    send(dispatcher, turn)
    return turn


def send(dispatcher: CollectingDispatcher, turn: Turn) -> None:
    """Every reply goes out in the one `custom` form."""
    for one in turn.replies:
        if one["text"]:
            dispatcher.utter_message(json_message=one)


def slot_events(turn: Turn) -> list[EventType]:
    """SlotSets of the turn."""
    return [SlotSet(key, value) for key, value in turn.slots.items()]
