"""Threads in lanes: a kind of request that may hang never takes the threads of another kind.

Within a lane, sources take turns, so that a source that sends a hundred requests at once delays only itself.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping
from typing import Any, Protocol

ALIVE, READY, CHAT, MESSENGERS, WORK = "alive", "ready", "chat", "messengers", "work"
# Chat waits for the bot, and the bot for threads of the work lane: never for each other. A platform sends the messages
# of everybody from a few addresses and waits for some seconds at the most: many threads that mostly wait.
THREADS = {ALIVE: 1, READY: 2, CHAT: 8, MESSENGERS: 24, WORK: 8}
SPARED = 2  # threads of a lane that no single source can hold
_LANE_OF = {
    "/healthz": ALIVE,
    "/readyz": READY,
    "/metrics": READY,
    "/api/v1/chat": CHAT,
    "/api/v1/chat/end": CHAT,
    "/channels/twilio": MESSENGERS,
    "/channels/wechat": MESSENGERS,
}


def lane_of(path: str) -> str:
    """The lane for a request's path."""
    return _LANE_OF.get(path.rstrip("/"), WORK)


class Task(Protocol):
    """A connection with a complete request."""

    source: str
    path: str

    def service(self) -> None: ...

    def cancel(self) -> None: ...


class Lane:
    """Some threads and a queue in which sources take turns."""

    def __init__(self, name: str, threads: int, failed: Callable[[BaseException], None]) -> None:
        self._failed = failed
        self._most = max(1, threads - SPARED)
        self._waiting: OrderedDict[str, deque[Task]] = OrderedDict()
        self._runs: Counter[str] = Counter()
        self._ready = threading.Condition()
        self._open = True
        for number in range(threads):
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True).start()

    def add(self, task: Task) -> None:
        """Append it to the queue of its source."""
        with self._ready:
            self._waiting.setdefault(task.source, deque()).append(task)
            self._ready.notify()

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
                for task in queue:
                    task.cancel()
            self._waiting.clear()
            self._ready.notify_all()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            source = task.source
            try:
                task.service()
            except BaseException as error:  # a failing request must not end its thread
                self._failed(error)
            finally:
                with self._ready:
                    self._runs[source] -= 1
                    self._runs += Counter()  # forget sources without running requests
                    self._ready.notify()

    def _next(self) -> Task | None:
        with self._ready:
            while (source := self._whose_turn()) is None:
                if not self._open:
                    return None
                self._ready.wait()
            queue = self._waiting.pop(source)
            task = queue.popleft()
            if queue:
                self._waiting[source] = queue  # behind all others
            self._runs[source] += 1
            return task

    def _whose_turn(self) -> str | None:
        """The source that has waited longest, among those below their share of threads."""
        return next((one for one in self._waiting if self._runs[one] < self._most), None)


class Lanes:
    """waitress's task dispatcher, in lanes."""

    def __init__(self, failed: Callable[[BaseException], None], threads: Mapping[str, int] | None = None) -> None:
        self._lanes = {name: Lane(name, count, failed)
                       for name, count in (threads or THREADS).items()}  # fmt: skip

    def add_task(self, task: Any) -> None:
        """Called by the loop with a connection whose next request is complete."""
        self._lanes[lane_of(task.path)].add(task)

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
