"""In-memory tracker store that forgets idle conversations: no personal data outlives its talk."""

from __future__ import annotations

import time
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker


class ShortMemoryTrackerStore(InMemoryTrackerStore):
    """Drops a conversation after `idle_seconds`, and the longest idle beyond `most`."""

    def __init__(self, domain: Domain, event_broker: EventBroker | None = None,
                 idle_seconds: float = 1800, most: int = 2000, **kwargs: Any) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.idle_seconds = float(idle_seconds)
        self.most = int(most)
        self._touched: dict[str, float] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        now = time.monotonic()
        await super().save(tracker)
        self._touched.pop(tracker.sender_id, None)
        self._touched[tracker.sender_id] = now
        for sender, at in list(self._touched.items()):
            if now - at <= self.idle_seconds and len(self._touched) <= self.most:
                break
            del self._touched[sender]
            self.store.pop(sender, None)
