"""In-memory tracker store that forgets idle conversations: no personal data outlives its talk."""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakSet

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

_STORES: WeakSet[ShortMemoryTrackerStore] = WeakSet()


def forget(sender_id: str) -> None:
    """Forget one conversation now, also the turn of it that may still be under way."""
    for store in _STORES:
        store.forget(sender_id)


class ShortMemoryTrackerStore(InMemoryTrackerStore):
    """Drops a conversation after `idle_seconds`, and the longest idle beyond `most`."""

    def __init__(self, domain: Domain, event_broker: EventBroker | None = None,
                 idle_seconds: float = 1800, most: int = 2000, **kwargs: Any) -> None:
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
        await super().save(tracker)
        self._touched.pop(tracker.sender_id, None)
        self._touched[tracker.sender_id] = now
        for sender, at in list(self._touched.items()):
            if now - at <= self.idle_seconds and len(self._touched) <= self.most:
                break
            del self._touched[sender]
            self.store.pop(sender, None)
