"""A message that is sent again because its answer got lost on the way: it is answered as before, and heard once.

In memory, as the conversations themselves are, only the last message of each, and no longer than a repetition takes.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk_api.services.chat.chat import Turn

MOST = 2_000  # conversations
KEPT_S = 120.0  # an answer may hold a whole petition: it goes once nobody waits for it any more


@dataclass
class _Last:
    message_id: str
    at: float
    answer: Turn | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Repeats:
    """Safe to share between threads."""

    def __init__(self, most: int = MOST, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._now = most, now
        self._lock = threading.Lock()
        self._last: OrderedDict[str, _Last] = OrderedDict()

    def once(self, session_id: str | None, message_id: str | None, say: Callable[[], Turn]) -> Turn:
        """What `say` answers; a message with the id of the last one waits for its answer and gets that one.

        An answer that the assistant was away, and an error, are not kept: the message was not heard.
        """
        if not session_id or not message_id:
            return say()
        with self._lock:
            now = self._now()
            self._drop_before(now - KEPT_S)
            last = self._last.pop(session_id, None)
            if last is None or last.message_id != message_id:
                last = _Last(message_id, now)
            last.at = now
            self._last[session_id] = last
            while len(self._last) > self._most:
                self._last.popitem(last=False)
        with last.lock:
            if last.answer is None:
                turn = say()
                if turn.degraded:
                    return turn
                last.answer = turn
            return last.answer

    def forget(self, session_id: str) -> None:
        """Nothing of an ended conversation stays."""
        with self._lock:
            self._last.pop(session_id, None)

    def _drop_before(self, moment: float) -> None:
        """Those that were used longest ago come first."""
        while self._last and next(iter(self._last.values())).at < moment:
            self._last.popitem(last=False)
