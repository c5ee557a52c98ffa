"""Open conversations: the source of each, and how many one source may have.

In memory, because a conversation lives in the assistant's memory as well. The assistant keeps as
many as MOST allows and more (bot/endpoints.yml), so it never drops one to make room: what has to
go is chosen here, from the source with the most.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from kiosk_api.domain.errors import DomainError, FieldError

MOST = 1_500
MOST_OF_ONE = 150  # a hall with all its terminals, or the many phones behind one address
ENDED_KNOWN = 10_000
_SOURCES_KNOWN = 10_000
NEW_AT_ONCE, NEW_EVERY = 60, timedelta(seconds=5)
TURNS_AT_ONCE, TURNS_EVERY = 120, timedelta(seconds=0.5)
ENDED = "这次对话已经结束了，您写的话还在框里。请按“再试一次”，从头开始。"
_LATER = "从这里来的对话太多了，这句话没有收到。请过一会儿再说，或者点“自己填表”，也可以到窗口找工作人员。"


@dataclass
class _Talk:
    source: str
    on_page: bool


class _Pace:
    """So many at once for each source, then one every so often; the latest sources are known."""

    def __init__(self, at_once: int, every: timedelta) -> None:
        self._at_once, self._every = at_once, every.total_seconds()
        self._level: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, source: str, now: float) -> float:
        """Count one and return 0, or how many seconds until there is room for one."""
        level, at = self._level.pop(source, (0.0, now))
        level = max(level - (now - at) / self._every, 0.0)
        over = level + 1 - self._at_once
        self._level[source] = (level if over > 0 else level + 1, now)
        while len(self._level) > _SOURCES_KNOWN:
            self._level.popitem(last=False)
        return max(over, 0.0) * self._every


class ChatSessions:
    """Safe to share between threads."""

    def __init__(
        self,
        *,
        limited: bool = True,
        most: int = MOST,
        most_of_one: int = MOST_OF_ONE,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._limited, self._most, self._most_of_one, self._now = limited, most, most_of_one, now
        self._lock = threading.Lock()
        self._talks: OrderedDict[str, _Talk] = OrderedDict()
        self._held: Counter[str] = Counter()
        self._ended: OrderedDict[str, None] = OrderedDict()
        self._new = _Pace(NEW_AT_ONCE, NEW_EVERY)
        self._turns = _Pace(TURNS_AT_ONCE, TURNS_EVERY)

    def turn(self, session_id: str, source: str, *, on_page: bool = True) -> list[str]:
        """Note a turn; the conversations that must be forgotten to make room for it.

        Raises DomainError `too_many_chats` for a source that has had its share, `invalid_request`
        for a conversation that has ended: a turn that was still on its way begins it no more.
        """
        with self._lock:
            now = self._now()
            if session_id in self._ended:
                raise DomainError("invalid_request", ENDED, (FieldError("session_id", "invalid", ENDED),))
            if self._limited:
                _refuse(self._turns.wait(source, now))
                if session_id not in self._talks:
                    _refuse(self._new.wait(source, now))
            self._drop(session_id)
            self._talks[session_id] = _Talk(source, on_page)
            self._held[source] += 1
            return self._make_room(source)

    def source_of(self, session_id: str) -> str | None:
        """The source of a conversation."""
        with self._lock:
            found = self._talks.get(session_id)
            return found.source if found else None

    def is_on_page(self, session_id: str) -> bool:
        """Whether it is held on a page of ours (and not by SMS)."""
        with self._lock:
            found = self._talks.get(session_id)
            return found is not None and found.on_page

    def end(self, session_id: str) -> None:
        """End a conversation: nothing more of it is stored, also not by a late turn."""
        with self._lock:
            self._drop(session_id)
            self._ended[session_id] = None
            while len(self._ended) > ENDED_KNOWN:
                self._ended.popitem(last=False)

    def has_ended(self, session_id: str) -> bool:
        """True for the latest that ended."""
        with self._lock:
            return session_id in self._ended

    def __contains__(self, session_id: object) -> bool:
        with self._lock:
            return session_id in self._talks

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter(list(self._talks))

    def __len__(self) -> int:
        with self._lock:
            return len(self._talks)

    def _make_room(self, source: str) -> list[str]:
        gone = []
        while self._held[source] > self._most_of_one:
            gone.append(self._oldest_of(source))
        while len(self._talks) > self._most:
            gone.append(self._oldest_of(self._held.most_common(1)[0][0]))
        return gone

    def _oldest_of(self, source: str) -> str:
        """Remove and return the conversation of this source that has been silent for longest."""
        found = next(one for one, talk in self._talks.items() if talk.source == source)
        self._drop(found)
        return found

    def _drop(self, session_id: str) -> None:
        talk = self._talks.pop(session_id, None)
        if talk is not None:
            self._held[talk.source] -= 1
            if not self._held[talk.source]:
                del self._held[talk.source]


def _refuse(wait_s: float) -> None:
    if wait_s > 0:
        raise DomainError("too_many_chats", _LATER, retry_after_s=int(wait_s) + 1)
