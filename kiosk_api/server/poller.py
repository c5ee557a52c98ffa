"""Which connections wait for which event, kept by the kernel (epoll): a thousand idle ones cost nothing.

waitress asks every connection before each wait; here only those that something happened to.
"""

from __future__ import annotations

import select
from collections import deque
from collections.abc import Mapping
from typing import Any

from waitress import wasyncore


class Poller:
    """The poller of one loop. `changed` may be called from any thread, the rest from the loop only."""

    def __init__(self, connections: Mapping[int, Any]) -> None:
        self._connections = connections
        self._epoll = select.epoll()
        self._known: dict[int, int] = {}  # file number → events it waits for
        self._changed: deque[Any] = deque()

    def changed(self, connection: Any) -> None:
        """Ask this connection for its events before the next wait."""
        self._changed.append(connection)

    def gone(self, number: int | None) -> None:
        """Must be called before its file is closed: another connection may get the same number."""
        if number is not None and self._known.pop(number, None) is not None:
            self._epoll.unregister(number)

    def wait(self, seconds: float) -> None:
        """Wait once and dispatch the events."""
        while self._changed:
            self._ask(self._changed.popleft())
        for number, happened in self._epoll.poll(seconds):
            connection = self._connections.get(number)
            if connection is not None:
                wasyncore.readwrite(connection, happened)
                self._changed.append(connection)

    def ask_all(self) -> None:
        """Ask every connection; called now and then."""
        self._changed.extend(list(self._connections.values()))

    def close(self) -> None:
        """Close the epoll file."""
        self._epoll.close()

    def _ask(self, connection: Any) -> None:
        number = connection._fileno
        known = None if number is None else self._connections.get(number)
        if known is None or known is not connection:  # closed, and its number may belong to another now
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
