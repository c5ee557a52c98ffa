"""Which connections wait for what, kept by the kernel: a thousand idle ones cost nothing.

waitress asks every connection before each wait; here only those that something happened to.
"""

from __future__ import annotations

import select
from collections import deque
from collections.abc import Mapping
from typing import Any

from waitress import wasyncore


class Poller:
    """One loop's waiting. `changed` may be called from any thread, the rest from the loop only."""

    def __init__(self, connections: Mapping[int, Any]) -> None:
        self._connections = connections
        self._epoll = select.epoll()
        self._known: dict[int, int] = {}  # file number → what it waits for
        self._changed: deque[Any] = deque()

    def changed(self, connection: Any) -> None:
        """Ask it before the next wait."""
        self._changed.append(connection)

    def gone(self, number: int | None) -> None:
        """Before its file is closed: another connection may be given the same number."""
        if number is not None and self._known.pop(number, None) is not None:
            self._epoll.unregister(number)

    def wait(self, seconds: float) -> None:
        """Wait once, and let the connections do what has become possible."""
        while self._changed:
            self._ask(self._changed.popleft())
        for number, happened in self._epoll.poll(seconds):
            connection = self._connections.get(number)
            if connection is not None:
                wasyncore.readwrite(connection, happened)
                self._changed.append(connection)

    def ask_all(self) -> None:
        """Everybody, once in a while."""
        self._changed.extend(list(self._connections.values()))

    def close(self) -> None:
        """The end."""
        self._epoll.close()

    def _ask(self, connection: Any) -> None:
        number = connection._fileno
        known = None if number is None else self._connections.get(number)
        if known is None or known is not connection:  # closed, and its number perhaps given to another
            return
        wanted = 0
        if known.readable():
            wanted |= select.EPOLLIN | select.EPOLLPRI
        if known.writable() and not known.accepting:
            wanted |= select.EPOLLOUT
        before = self._known.get(number, 0)
        if wanted == before:
            return
        if not wanted:
            self.gone(number)
            return
        if before:
            self._epoll.modify(number, wanted)
        else:
            self._epoll.register(number, wanted)
        self._known[number] = wanted
