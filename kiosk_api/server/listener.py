"""The loop: accepts, buffers, closes connections that are overdue or too many, and shuts down gracefully.

waitress reads heads and bodies in this one loop and hands a connection to a thread only when
its request has arrived whole; answers are fetched from memory. So nobody's slowness costs a thread.
"""

from __future__ import annotations

import logging
import resource
import socket
import time
from collections import Counter
from typing import Any

from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from kiosk_api.server.channel import BODY, HEADER, IDLE, RUNNING, WRITING, Channel
from kiosk_api.server.lanes import Lanes
from kiosk_api.server.limits import Limits
from kiosk_api.server.poller import Poller

BACKLOG = 1024
TICK_S = 1.0
_IN_MEMORY = 1 << 40  # requests and answers are never written to a temporary file
_LARGE = 256 * 1024
_ACCEPTS = 64  # connections per round, then the others have their turn
_FIRST_TO_GO = {IDLE: 0, HEADER: 1, BODY: 2, WRITING: 3}
_log = logging.getLogger("kiosk_api.server")


class Listener(TcpWSGIServer):
    """One listening socket, many connections, threads in lanes."""

    channel_class = Channel
    active_channels: dict[int, Channel]

    def __init__(self, application: Any, sock: socket.socket, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.stopping = self.ended = False
        self.refused: Counter[int] = Counter()  # requests that never reached the application, by status
        self.lanes = Lanes(lambda error: _log.error("request failed: %s", type(error).__name__))
        adjustments = Adjustments(
            sockets=[sock], ident=None, backlog=BACKLOG, asyncore_use_poll=True,
            max_request_header_size=self.limits.header_bytes,
            max_request_body_size=self.limits.body_bytes,
            inbuf_overflow=_IN_MEMORY, outbuf_overflow=_IN_MEMORY,
            outbuf_high_watermark=_IN_MEMORY, recv_bytes=65_536,
            clear_untrusted_proxy_headers=False, log_socket_errors=False,
        )  # fmt: skip
        connections: dict[int, Any] = {}
        self.poller = Poller(connections)
        super().__init__(
            application, connections, True, sock, dispatcher=self.lanes, adj=adjustments,
            sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()), bind_socket=False,
        )  # fmt: skip
        self.poller.ask_all()

    def add_task(self, task: Channel) -> None:
        """Hand a complete request, or one that could not be parsed, to its lane."""
        task.path = getattr(task.requests[0], "path", "")
        task.queued_at = time.monotonic()
        self.lanes.add_task(task)

    def readable(self) -> bool:
        """Not used: `run` checks deadlines by the monotonic clock."""
        return self.accepting and not self.stopping

    def handle_accept(self) -> None:
        """Accept waiting connections, up to a number; caps apply from the first byte on."""
        for _ in range(_ACCEPTS):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                break
            self._keep_to_caps()

    def run(self) -> None:
        """Serve until `stop`, then let running requests finish."""
        next_tick = 0.0
        while not self.stopping:
            self.poller.wait(TICK_S)
            if (now := time.monotonic()) >= next_tick:
                next_tick = now + TICK_S
                self.close_overdue(now)
                self.poller.ask_all()
        self._finish()

    def stop(self) -> None:
        """End the loop; may be called from a signal handler or another thread."""
        self.stopping = True
        self.pull_trigger()

    def pull_trigger(self) -> None:
        """Wake the loop, from any thread; a no-op after the end."""
        if not self.ended:
            super().pull_trigger()

    def close_overdue(self, now: float) -> None:
        """Close connections past their deadline."""
        for channel in list(self.active_channels.values()):
            if channel.is_overdue(now, self.limits):
                channel.handle_close()

    def is_too_much(self, channel: Channel) -> bool:
        """Whether this large body and all others that are arriving would exceed the buffer limit."""
        if channel.arriving_bytes() < _LARGE:
            return False
        arriving = sum(one.arriving_bytes() for one in self.active_channels.values())
        return arriving > self.limits.buffered_bytes

    def _keep_to_caps(self) -> None:
        """Keep the new connection and close the one that has been inactive longest, if a cap is exceeded."""
        newest = next(reversed(self.active_channels.values()))
        if not self.limits.is_exempt(newest.source):
            same = [one for one in self.active_channels.values() if one.source == newest.source]
            if len(same) > self.limits.per_source:
                _close_one(same)
        if len(self.active_channels) > self.limits.connections:
            counts = Counter(one.source for one in self.active_channels.values())
            most = max(counts.values())
            _close_one([one for one in self.active_channels.values()
                        if counts[one.source] == most])  # fmt: skip

    def _finish(self) -> None:
        """Accept what waits in the socket's queue, stop listening, answer every request, within `grace_s`."""
        for _ in range(BACKLOG // _ACCEPTS):
            self.handle_accept()
        self.poller.gone(self._fileno)
        self.del_channel()  # only out of the loop: the supervisor may hold the same socket
        self.socket.close()
        self.accepting = False
        deadline = time.monotonic() + self.limits.grace_s
        while time.monotonic() < deadline:
            self.poller.ask_all()
            self.poller.wait(0.05)  # read what has arrived before a connection counts as idle
            for channel in list(self.active_channels.values()):
                if channel.state() == IDLE or (channel.state() == HEADER and not channel.request):
                    channel.handle_close()
            if not self.active_channels and not self.lanes.busy():
                break
        for channel in list(self.active_channels.values()):
            channel.handle_close()
        self.ended = True
        if not self.lanes.busy():  # else a late thread could write to a reused file descriptor
            self.trigger.close()
        self.lanes.shutdown()
        self.poller.close()


def _close_one(channels: list[Channel]) -> None:
    """Close the oldest connection without a running request: idle first, then half heads, half bodies."""
    waiting = [one for one in channels if one.state() != RUNNING]
    going = min(waiting or channels[-1:], key=_rank)
    going.handle_close()


def _rank(channel: Channel) -> tuple[int, float]:
    return _FIRST_TO_GO.get(channel.state(), len(_FIRST_TO_GO)), channel.since


def allow_many_files(most: int) -> None:
    """Raise the soft limit of open files for `most` connections, as far as the hard limit allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most + 512
    if soft != resource.RLIM_INFINITY and soft < wanted:
        ceiling = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))
