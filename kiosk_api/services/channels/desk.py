"""Where messages wait for their turn: one at a time for each person, in the order they came, on a few threads."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection

import structlog

from kiosk_api.services.chat.repeats import Repeats
from kiosk_api.services.chat.sessions import ChatSessions

THREADS = 8  # side by side: with more turns at once the assistant gets slower for everybody, also in the hall
MOST_WAITING = 400
RENEWED_EVERY_S = 2.0  # a lease is some seconds; a turn that is over before the second look costs no write
Job = Callable[[], None]
Renew = Callable[[Collection[str]], None]


class Desk:
    """Safe to share between threads; its threads begin with the first message."""

    def __init__(
        self,
        sessions: ChatSessions,
        repeats: Repeats,
        *,
        threads: int = THREADS,
        most: int = MOST_WAITING,
        renewed_every_s: float = RENEWED_EVERY_S,
    ) -> None:
        self.sessions, self.repeats = sessions, repeats
        self._threads, self._most = threads, most
        self._renewed_every_s, self._renews = renewed_every_s, False
        self._started = 0
        self._idle = 0
        self._waiting: OrderedDict[str, deque[tuple[str, Job]]] = OrderedDict()
        self._running: set[str] = set()
        self._done: dict[str, threading.Event] = {}
        self._ready = threading.Condition()

    def add(self, person: str, message_id: str, job: Job, renew: Renew | None = None) -> bool:
        """Queue the job of a message behind the person's others. False when too much waits: it is not queued then.

        `renew` is called now and then with the ids of all messages that have been here for a while, until none is.
        """
        with self._ready:
            if len(self._done) >= self._most:
                return False
            self._done[message_id] = threading.Event()
            self._waiting.setdefault(person, deque()).append((message_id, job))
            if self._idle < len(self._waiting) and self._started < self._threads:
                self._started += 1
                threading.Thread(target=self._work, name=f"messenger-{self._started}", daemon=True).start()
            self._ready.notify()
            if renew and not self._renews:
                self._renews = True
                threading.Thread(target=self._renew, args=(renew,), name="messenger-leases", daemon=True).start()
        return True

    def wait(self, message_id: str, seconds: float) -> bool | None:
        """Whether the job of a message has ended, after so long at the most; None when it is none of this process."""
        with self._ready:
            event = self._done.get(message_id)
        return None if event is None else event.wait(max(seconds, 0.0))

    def turns_ahead(self) -> int:
        """How many turns, one after the other, a message waits that comes now."""
        return self.busy() // self._threads

    def busy(self) -> int:
        """Messages that wait or are worked on."""
        with self._ready:
            return len(self._done)

    def _renew(self, renew: Renew) -> None:
        before: set[str] = set()
        while True:
            time.sleep(self._renewed_every_s)
            with self._ready:
                here = set(self._done)
                if not here:
                    self._renews = False
                    return
            try:
                if old := here & before:
                    renew(old)
            except Exception as error:  # the store is busy: the next round comes before a lease is over
                structlog.get_logger("messenger").warning("lease_not_renewed", error=type(error).__name__)
            before = here

    def _work(self) -> None:
        while True:
            person, message_id, job = self._next()
            try:
                job()
            except Exception as error:  # the message is answered once its lease has passed
                structlog.get_logger("messenger").error("job_failed", error=type(error).__name__)
            finally:
                with self._ready:
                    self._running.discard(person)
                    self._done.pop(message_id).set()
                    self._ready.notify()

    def _next(self) -> tuple[str, str, Job]:
        with self._ready:
            while (person := self._whose_turn()) is None:
                self._idle += 1
                self._ready.wait()
                self._idle -= 1
            queue = self._waiting.pop(person)
            message_id, job = queue.popleft()
            if queue:
                self._waiting[person] = queue  # behind all others
            self._running.add(person)
            return person, message_id, job

    def _whose_turn(self) -> str | None:
        return next((one for one in self._waiting if one not in self._running), None)
