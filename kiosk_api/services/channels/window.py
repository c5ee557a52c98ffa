"""What is known of when a person last wrote, for platforms that let us write only for a while after it."""

from __future__ import annotations

from contextlib import suppress

from kiosk_api.domain.wechat_window import why_not
from kiosk_api.services.base.case_marks import person_mark
from kiosk_api.services.base.ports import Clock, Index, Store, StoreBusy


class HeardWindow:
    """The SendWindow of a channel, over the store."""

    def __init__(self, channel: str, store: Store, clock: Clock, marks: Index) -> None:
        self._channel, self._store, self._clock, self._marks = channel, store, clock, marks

    def why_not(self, to: str) -> str:
        """Of somebody who is not known here the platform itself says whether."""
        with self._store.read() as records:
            person = records.channel_users.find(person_mark(self._marks, self._channel, to))
        return why_not(person.heard_at, person.sent, self._clock.now()) if person else ""

    def note(self, to: str) -> None:
        """One was sent. That it is not counted must not make it look unsent: then the platform says when it is too many."""
        with suppress(StoreBusy), self._store.write() as records:
            records.channel_users.count_sent(person_mark(self._marks, self._channel, to))
