"""Threads in lanes: a kind of request that may hang, or comes in a burst, never takes the threads of another kind.

Within a lane, sources take turns, so that a source that sends a hundred requests at once delays only itself. A lane
has a bounded queue: what does not fit is refused at once, before anything of it is done, and so is what has waited
until its sender hardly waits any more.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping
from typing import Any, Protocol

ALIVE, READY, CHAT, MESSENGERS = "alive", "ready", "chat", "messengers"
FILING, LOOKUPS, STAFF, PARTS, WORK, REFUSED = "filing", "lookups", "staff", "parts", "work", "refused"
VOICE = "voice"  # each takes a second of one core: nobody else waits for it
# Chat waits for the bot, and the bot for threads of the other lanes: never for each other. A platform sends the messages
# of everybody from a few addresses and waits for some seconds at the most: many threads that mostly wait.
THREADS = {
    ALIVE: 1, READY: 2, CHAT: 8, MESSENGERS: 24, FILING: 6, LOOKUPS: 6, STAFF: 6, PARTS: 6, WORK: 8, VOICE: 4, REFUSED: 1,
}  # fmt: skip
SPARED = 2  # threads of a lane that no single source can hold
MOST_WAITING = 128  # requests of one lane: some seconds of work
PATIENCE_S = 10.0  # then a page has said that it takes long, and its reader may try again
GONE_S = 1.0  # what has waited for so long is looked after: has its sender hung up?
_NO_END = 1 << 30
_ITS_OWN_PATIENCE = {
    ALIVE,
    READY,
    CHAT,
    MESSENGERS,
    REFUSED,
}  # the first two are short; talk has an answer for "too late"
_LANE_OF = {
    "/healthz": ALIVE,
    "/readyz": READY,
    "/metrics": READY,
    "/api/v1/chat": CHAT,
    "/api/v1/chat/end": CHAT,
    **dict.fromkeys(("/api/v1/hearing", "/api/v1/speech", "/api/v1/card"), VOICE),
    "/channels/twilio": MESSENGERS,
    "/channels/wechat": MESSENGERS,
    "/api/v1/petitions": FILING,
    "/api/v1/callbacks": FILING,
    **dict.fromkeys((f"/api/v1/cases/{step}" for step in ("urge", "rate", "review", "withdraw")), FILING),
    **dict.fromkeys(("/api/v1/cases/lookup", "/api/v1/receipts/verify", "/r", "/status", "/verify"), LOOKUPS),
}
_LANE_BELOW = {"/desk/": STAFF, "/api/v1/desk/": STAFF, "/internal/": PARTS}


def lane_of(path: str) -> str:
    """The lane for a request's path."""
    path = path.rstrip("/")
    if found := _LANE_OF.get(path):
        return found
    return next((lane for start, lane in _LANE_BELOW.items() if f"{path}/".startswith(start)), WORK)


class Task(Protocol):
    """A connection with a complete request."""

    source: str
    path: str

    def service(self) -> None: ...

    def cancel(self) -> None: ...

    def refuse(self) -> None: ...

    def is_gone(self) -> bool: ...


class Lane:
    """Some threads and a queue of limited length in which sources take turns."""

    def __init__(
        self,
        name: str,
        threads: int,
        failed: Callable[[BaseException], None],
        most: int = MOST_WAITING,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._failed = failed
        self._most_of_one = max(1, threads - SPARED)
        self._most, self._patience_s = most, patience_s
        self._waiting: OrderedDict[str, deque[tuple[Task, float]]] = OrderedDict()
        self._runs: Counter[str] = Counter()
        self._ready = threading.Condition()
        self._open = True
        for number in range(threads):
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True).start()

    def add(self, task: Task) -> Task | None:
        """Append it to the queue of its source. Returns the one that has to be refused when the queue is full: the
        newest of the source that has most waiting, be it this one or another's."""
        with self._ready:
            self._waiting.setdefault(task.source, deque()).append((task, time.monotonic()))
            out = None
            if sum(len(queue) for queue in self._waiting.values()) > self._most:
                source = max(self._waiting, key=lambda one: (len(self._waiting[one]), one == task.source))
                out, _ = self._waiting[source].pop()
                if not self._waiting[source]:
                    del self._waiting[source]
            self._ready.notify()
        return out

    def busy(self) -> int:
        """How many requests run or wait."""
        with self._ready:
            return self._runs.total() + sum(len(queue) for queue in self._waiting.values())

    def state(self) -> tuple[int, int]:
        """How many requests run, and how many wait."""
        with self._ready:
            return self._runs.total(), sum(len(queue) for queue in self._waiting.values())

    def close(self) -> None:
        """End the threads when they are idle; waiting requests are dropped."""
        with self._ready:
            self._open = False
            for queue in self._waiting.values():
                for task, _ in queue:
                    task.cancel()
            self._waiting.clear()
            self._ready.notify_all()

    def _work(self) -> None:
        while (found := self._next()) is not None:
            task, since = found
            source = task.source
            try:
                self._serve(task, time.monotonic() - since)
            except BaseException as error:  # a failing request must not end its thread
                self._failed(error)
            finally:
                with self._ready:
                    self._runs[source] -= 1
                    self._runs += Counter()  # forget sources without running requests
                    self._ready.notify()

    def _serve(self, task: Task, waited_s: float) -> None:
        if waited_s > GONE_S and task.is_gone():
            task.cancel()
            return
        if waited_s > self._patience_s:
            task.refuse()
        task.service()

    def _next(self) -> tuple[Task, float] | None:
        with self._ready:
            while (source := self._whose_turn()) is None:
                if not self._open:
                    return None
                self._ready.wait()
            queue = self._waiting.pop(source)
            found = queue.popleft()
            if queue:
                self._waiting[source] = queue  # behind all others
            self._runs[source] += 1
            return found

    def _whose_turn(self) -> str | None:
        """The source that has waited longest, among those below their share of threads."""
        return next((one for one in self._waiting if self._runs[one] < self._most_of_one), None)


class Lanes:
    """waitress's task dispatcher, in lanes."""

    def __init__(self, failed: Callable[[BaseException], None], threads: Mapping[str, int] | None = None) -> None:
        self._lanes = {name: Lane(name, count, failed,
                                  most=_NO_END if name == REFUSED else MOST_WAITING,
                                  patience_s=_NO_END if name in _ITS_OWN_PATIENCE else PATIENCE_S)
                       for name, count in (threads or THREADS).items()}  # fmt: skip

    def add_task(self, task: Any) -> None:
        """Called by the loop with a connection whose next request is complete. What its lane has no place for is
        answered by a thread that does nothing else; there are never more of those than connections."""
        out = self._lanes[lane_of(task.path)].add(task)
        if out is not None:
            out.refuse()
            self._lanes[REFUSED].add(out)

    def busy(self) -> int:
        """Requests that run or wait, in all lanes."""
        return sum(lane.busy() for lane in self._lanes.values())

    def states(self) -> dict[str, tuple[int, int]]:
        """How many requests run and how many wait, by lane."""
        return {name: lane.state() for name, lane in self._lanes.items()}

    def shutdown(self, cancel_pending: bool = True, timeout: float = 0) -> None:
        """End the threads; the names are waitress's."""
        del cancel_pending, timeout
        for lane in self._lanes.values():
            lane.close()
