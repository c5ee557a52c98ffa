"""Actions outside the forms; the topic is decided by the intent."""

from __future__ import annotations

from typing import Any

from bot.actions.common import (
    Action,
    CollectingDispatcher,
    EventType,
    FollowupAction,
    Tracker,
    client,
    last_message,
    off_loop,
    send,
    slot_events,
)
from bot.dialogue.outside_forms import OutsideForms


class _OutsideForms:
    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        talk = OutsideForms(client(tracker), tracker.sender_id, tracker.slots)
        turn = await off_loop(talk.respond, last_message(tracker))
        send(dispatcher, turn)
        form = turn.slots.pop("start", None)
        follow = [FollowupAction(form)] if form else []
        return [*slot_events(turn), *follow]


class ActionSmallTalk(_OutsideForms, Action):
    """Greeting, thanks, farewell, help, what we cannot do."""

    def name(self) -> str:
        return "action_small_talk"


class ActionAskHandbook(_OutsideForms, Action):
    """A question about the rules."""

    def name(self) -> str:
        return "action_ask_handbook"


class ActionFindWindow(_OutsideForms, Action):
    """Which window a matter belongs to."""

    def name(self) -> str:
        return "action_find_window"


class ActionHuman(_OutsideForms, Action):
    """A person is wanted."""

    def name(self) -> str:
        return "action_human"


class ActionUnknown(_OutsideForms, Action):
    """Nothing was recognised."""

    def name(self) -> str:
        return "action_unknown"
