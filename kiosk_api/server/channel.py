"""One connection: its state, since when, and its deadline."""

from __future__ import annotations

import json
import socket
import time
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import Error, InternalServerError

from kiosk_api.server.busy_page import busy_page, is_for_people, page_headers
from kiosk_api.server.limits import Limits

if TYPE_CHECKING:
    from kiosk_api.server.listener import Listener

IDLE, HEADER, BODY, RUNNING, WRITING = "idle", "header", "body", "running", "writing"
_SENTENCES = {
    400: ("bad_request", "请求的内容读不懂。请再按一次；还不行，请找窗口工作人员帮忙。"),
    413: ("too_large", "内容太长了，请分几次提交，或先写要紧的部分，其余材料可以带到窗口。"),
    431: ("too_large", "请求的开头太长了，请回到首页重新操作。"),
    501: ("bad_request", "请求的内容读不懂。请再按一次；还不行，请找窗口工作人员帮忙。"),
    503: ("busy", "现在人多，系统正忙。您的内容还没有提交，请过几秒再试一次。"),
}
# The application has failed without an answer of its own, perhaps after it had stored everything.
_UNKNOWN = (
    "outcome_unknown",
    "系统出了点问题，还不知道您的内容存上了没有。您填的内容都在，请再按一次提交问一下：同一份内容不会重复登记。",
)
_SAFE = ("GET", "HEAD", "OPTIONS")
_OUR_FAULT = ("unavailable", "系统出了点问题，您的内容还没有提交，请留着页面稍后再试，或请窗口工作人员帮忙。")


class Busy(Error):
    """Too much is arriving at once."""

    code = 503
    reason = "Service Unavailable"


class TimedTask(WSGITask):
    """Passes to the application how long a request waited for its thread."""

    def get_environment(self) -> dict[str, Any]:
        """WSGI's environment and `kiosk.waited_s`."""
        environ: dict[str, Any] = super().get_environment()
        environ["kiosk.waited_s"] = time.monotonic() - self.channel.queued_at
        return environ


class ProblemTask(ErrorTask):
    """Answers requests that never reach the application, in the form of its own errors."""

    def execute(self) -> None:
        """One problem document; the connection ends with it."""
        error, asked = self.request.error, self.channel.requests[0]
        code, detail = _SENTENCES.get(error.code, _OUR_FAULT)
        if error.code == InternalServerError.code:
            error = Busy("")
            if asked.command not in _SAFE:
                code, detail = _UNKNOWN
        body = json.dumps({
            "type": f"urn:petition:error:{code}", "title": error.reason, "status": error.code,
            "code": code, "detail": detail, "errors": [],
        }, ensure_ascii=False).encode()  # fmt: skip
        self.channel.server.refused[self.request.error.code] += 1
        if error.code == Busy.code and is_for_people(asked):
            body = busy_page(asked, detail)
            self.response_headers += page_headers(asked)
        else:
            self.response_headers.append(("Content-Type", "application/problem+json"))
        self.status = f"{error.code} {error.reason}"
        if error.code == Busy.code:
            self.response_headers.append(("Retry-After", "5"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """waitress buffers head, body and answer; this adds deadlines by the monotonic clock."""

    task_class = TimedTask
    error_task_class = ProblemTask
    server: Listener
    request: Any  # waitress's parser of the request that is arriving, or None

    def __init__(self, server: Listener, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:
        self.source = str(addr[0])
        self.path = ""
        self.queued_at = self.moved_at = self.since = time.monotonic()
        self.served = 0  # requests answered; separates one idle period from the next
        self._last_seen: tuple[str, int] = (IDLE, -1)
        self._to_send = 0  # most bytes that waited to be fetched in the present state
        super().__init__(server, sock, addr, adj, map=map)
        server.poller.changed(self)

    def del_channel(self, map: Any = None) -> None:
        """Remove it from the loop."""
        self.server.poller.gone(self._fileno)
        super().del_channel(map)

    def write_soon(self, data: Any) -> int:
        """Called from a thread: bytes that cannot be sent at once are left to the loop."""
        written = int(super().write_soon(data))
        self.server.poller.changed(self)
        return written

    def state(self) -> str:
        """What the connection is waiting for."""
        request = self.request
        if self.total_outbufs_len:
            return WRITING
        if self.requests:
            return RUNNING
        if request is None:
            return IDLE if self.served else HEADER
        return BODY if request.headers_finished else HEADER

    def is_overdue(self, now: float, limits: Limits) -> bool:
        """Called by the loop about once a second; records when the state began."""
        seen = (self.state(), self.served)
        if seen != self._last_seen:
            self._last_seen, self.since, self._to_send = seen, now, 0
            if seen[0] in (BODY, WRITING):
                self.moved_at = now
        state, waited = seen[0], now - self.since
        if state == RUNNING:
            return False
        if state == IDLE:
            return waited > limits.idle_s
        if state == HEADER:
            return waited > limits.header_s
        if now - self.moved_at > limits.silence_s:
            return True
        if state == BODY:
            size = min(self.request.content_length or 0, limits.body_bytes)
            return waited > limits.body_s + size / limits.slow_bps
        self._to_send = max(self._to_send, self.total_outbufs_len)
        return waited > limits.write_s + self._to_send / limits.slow_bps

    def arriving_bytes(self) -> int:
        """Bytes of a body that are buffered before a thread handles it."""
        return self.request.body_bytes_received if self.request is not None else 0

    def received(self, data: bytes) -> bool:
        """Called in the loop: refuse a large body when too many bytes are arriving already."""
        self.moved_at = time.monotonic()
        done = bool(super().received(data))
        request = self.request
        if request is not None and self.server.is_too_much(self):
            with self.requests_lock:
                request.error, request.completed, self.request = Busy(""), True, None
                self.requests.append(request)
            self.server.add_task(self)
        return done

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Called in the loop or in a thread: sent bytes count as activity."""
        sent = int(super().send(data, do_close=do_close))
        if sent:
            self.moved_at = time.monotonic()
        return sent

    def cancel(self) -> None:
        """Close the connection without an answer; may be called from a thread."""
        super().cancel()
        self.server.poller.changed(self)
        self.server.pull_trigger()

    def refuse(self) -> None:
        """Let the next `service` answer that too many are waiting; the application never sees the request."""
        self.requests[0].error = Busy("")

    def is_gone(self) -> bool:
        """Whether the other side has ended the connection while its request waited: nobody would read the answer."""
        try:
            return not self.socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def service(self) -> None:
        """Called in a thread of a lane."""
        try:
            super().service()
        finally:
            self.served += 1
            if self.server.stopping:
                with self.requests_lock:
                    self.close_when_flushed = True
            self.server.poller.changed(self)
            self.server.pull_trigger()
