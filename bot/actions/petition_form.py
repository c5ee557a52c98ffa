"""validate_petition_form: the whole turn of the petition form is decided here."""

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
from bot.dialogue.petition import PetitionTalk


class ValidatePetitionForm(Action):
    """Returns at least one SlotSet besides requested_slot, so Rasa never rejects the form."""

    def name(self) -> str:
        return "validate_petition_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        talk = PetitionTalk(client(tracker), tracker.sender_id, tracker.slots)
        turn = await form_turn(talk, dispatcher, tracker)
        seen = [] if "seen" in turn.slots else [SlotSet("seen", True)]
        return [*seen, *slot_events(turn), SlotSet("requested_slot", turn.asks)]
