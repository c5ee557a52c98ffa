"""validate_case_form: progress, urging and rating of a registered case."""

from __future__ import annotations

from typing import Any

from bot.actions.common import (
    Action,
    CollectingDispatcher,
    EventType,
    SlotSet,
    Tracker,
    client,
    form_turn,
    slot_events,
)
from bot.dialogue.cases import CaseTalk


class ValidateCaseForm(Action):
    """One form for all three wishes: they identify the case in the same way."""

    def name(self) -> str:
        return "validate_case_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        talk = CaseTalk(client(tracker), tracker.sender_id, tracker.slots)
        turn = await form_turn(talk, dispatcher, tracker)
        return [
            SlotSet("op_id", turn.slots.get("op_id") or tracker.get_slot("op_id")),
            *slot_events(turn),
            SlotSet("requested_slot", turn.asks),
        ]
