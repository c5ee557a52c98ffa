"""In-memory tracker store that forgets idle conversations: no personal data outlives its talk.

Of a conversation that goes on, its current state and last few turns are kept; so the hundredth
turn costs no more than the tenth, and what was said an hour ago is kept nowhere but in the record.
"""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakSet

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

TURNS_KEPT = 4  # policies look three steps back, and each turn has at least two

_STORES: WeakSet[ShortMemoryTrackerStore] = WeakSet()


def forget(sender_id: str) -> None:
    """Forget one conversation now, also the turn of it that may still be under way."""
    for store in _STORES:
        store.forget(sender_id)


def shortened(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The same conversation with its last turns only: what came before is one state."""
    events = list(tracker.events)
    turns = [position for position, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= TURNS_KEPT:
        return tracker
    cut = turns[-TURNS_KEPT] - 1  # the action that listened for it
    before = tracker.init_copy()
    before.update_with_events(events[:cut], domain=None, override_timestamp=False)
    state: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    state += [
        SlotSet(name, slot.value) for name, slot in before.slots.items() if slot.has_been_set and slot.value is not None
    ]
    short = tracker.init_copy()
    short.update_with_events([*state, *events[cut:]], domain=None, override_timestamp=False)
    return short


class ShortMemoryTrackerStore(InMemoryTrackerStore):
    """Drops a conversation after `idle_seconds`, and the longest idle beyond `most`."""

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        idle_seconds: float = 1800,
        most: int = 2000,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.idle_seconds = float(idle_seconds)
        self.most = int(most)
        self._touched: dict[str, float] = {}
        self._ended: dict[str, float] = {}
        _STORES.add(self)

    def forget(self, sender_id: str) -> None:
        """Drop a conversation; ids are used once, so it is not taken up again for a while."""
        now = time.monotonic()
        self._ended[sender_id] = now
        for sender, at in list(self._ended.items()):
            if now - at <= self.idle_seconds and len(self._ended) <= self.most:
                break
            del self._ended[sender]
        self._touched.pop(sender_id, None)
        self.store.pop(sender_id, None)

    async def save(self, tracker: DialogueStateTracker) -> None:
        if tracker.sender_id in self._ended:
            return
        now = time.monotonic()
        await super().save(shortened(tracker))
        self._touched.pop(tracker.sender_id, None)
        self._touched[tracker.sender_id] = now
        for sender, at in list(self._touched.items()):
            if now - at <= self.idle_seconds and len(self._touched) <= self.most:
                break
            del self._touched[sender]
            self.store.pop(sender, None)
