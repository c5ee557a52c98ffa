"""The assistant, asked over Rasa's REST channel on loopback.

That channel answers 200 with an empty list when anything failed inside Rasa, so an empty
list counts as no answer here. A bot that hangs makes a few people wait; then callers are refused at
once until a background check has had a real turn with it.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from typing import Any

import httpx
from prometheus_client import Counter, Gauge, Histogram

from kiosk_api.gateways.assistant_messages import is_message
from kiosk_api.gateways.breaker import Breaker
from kiosk_api.gateways.deadline import within
from kiosk_api.gateways.local_http import local_client, post_json
from kiosk_api.services.base.ports import AssistantUnavailable

TURN_S = 5.5  # Rasa itself gives up a turn before (`bot.turn_deadline`)
CHECK_EVERY_S = 5.0  # while all is well; a citizen's answered turn counts as a check
TRY_EVERY_S = 1.0  # while it is away
FORGET_S = 2.0
MOST_TO_FORGET = 10_000
GREETING = "你好"  # a turn that touches no record
TURNS = Counter("petition_bot_turns", "Turns asked of the assistant; checks are turns too", ["outcome"])
TURN_SECONDS = Histogram("petition_bot_turn_seconds", "Seconds of a turn that was answered",
                         buckets=(0.1, 0.25, 0.5, 1, 2, 3.5, 5.5))  # fmt: skip
_LATE = frozenset({"ReadTimeout", "WriteTimeout", "PoolTimeout"})
BREAKER = Gauge("petition_bot_breaker_open", "1 while callers are refused at once because the assistant is away")


class RasaAssistant:
    """One pooled client; safe to share between threads."""

    def __init__(self, url: str, timeout_s: float = TURN_S, *, transport: httpx.BaseTransport | None = None) -> None:
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=16)
        self._client = local_client(url, httpx.Timeout(timeout_s, connect=0.5), limits=limits, transport=transport)
        self._turn_s = timeout_s
        self._breaker = Breaker()
        self._check_now = threading.Event()
        self._watched = False
        self._answered_at: float | None = None
        self._to_forget: dict[str, None] = {}

    @property
    def is_away(self) -> bool:
        """Whether the bot is known not to answer; does not ask it."""
        return self._breaker.is_open

    def say(self, session_id: str, text: str) -> list[dict[str, Any]]:
        """Send one message; returns Rasa's messages in order. Raises AssistantUnavailable."""
        if not self._breaker.admit(tries=not self._watched):
            TURNS.labels("refused").inc()
            raise AssistantUnavailable("away")
        return self._turn(session_id, text)

    def forget(self, session_id: str) -> None:
        """Delete a conversation in the bot, later if it is away now; a new bot process remembers none."""
        if not self._breaker.is_open and self._forget(session_id):
            return
        self._to_forget[session_id] = None
        while len(self._to_forget) > MOST_TO_FORGET:
            self._to_forget.pop(next(iter(self._to_forget)), None)

    def is_up(self) -> bool:
        """Whether the latest turn was answered; without background checks, whether Rasa answers at all."""
        if self._watched:
            return self._answered_at is not None and not self._breaker.is_open
        try:
            with within(1.0):
                return self._client.get("/", timeout=0.5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def watch(self) -> None:
        """Start a background thread that has a real turn with the bot now and then."""
        self._watched = True
        threading.Thread(target=self._watch_bot, name="bot-watch", daemon=True).start()

    def _turn(self, session_id: str, text: str) -> list[dict[str, Any]]:
        began, outcome = time.monotonic(), "failed"
        try:
            messages = self._ask(session_id, text)
            outcome = "answered"
            TURN_SECONDS.observe(time.monotonic() - began)
            return messages
        except AssistantUnavailable as away:
            outcome = "late" if str(away) in _LATE else "failed"
            raise
        finally:
            TURNS.labels(outcome).inc()
            BREAKER.set(self._breaker.is_open)

    def _ask(self, session_id: str, text: str) -> list[dict[str, Any]]:
        try:
            answer = post_json(
                self._client, "/webhooks/rest/webhook", {"sender": session_id, "message": text}, self._turn_s
            )
        except httpx.HTTPError as error:
            self._breaker.failed()
            self._check_now.set()
            raise AssistantUnavailable(type(error).__name__) from None
        # A fault of one message must not open the breaker for everybody: such an answer comes at once
        # and does not count as a bot that hangs.
        messages = answer.value
        if not answer.is_ok or not isinstance(messages, list) or not messages:
            raise AssistantUnavailable("empty answer")
        if not all(is_message(one) for one in messages):
            raise AssistantUnavailable("not a message")
        self._breaker.worked()
        self._answered_at = time.monotonic()
        return messages

    def _watch_bot(self) -> None:
        while True:
            well = self._check()
            self._check_now.wait(CHECK_EVERY_S if well else TRY_EVERY_S)
            if self._check_now.is_set():
                self._check_now.clear()
                time.sleep(TRY_EVERY_S)  # a bot that has just failed is not asked again at once

    def _check(self) -> bool:
        """Whether the bot answers; if so, conversations that it still has to delete are deleted."""
        now = time.monotonic()
        recent = self._answered_at is not None and now - self._answered_at < CHECK_EVERY_S
        if recent and not self._breaker.is_open:
            self._forget_pending()
            return True
        probe = f"probe-{secrets.token_urlsafe(12)}"
        try:
            self._turn(probe, GREETING)
        except AssistantUnavailable:
            return False
        self._forget(probe)
        self._forget_pending()
        return True

    def _forget_pending(self) -> None:
        for session_id in list(self._to_forget):
            if not self._forget(session_id):
                return
            self._to_forget.pop(session_id, None)

    def _forget(self, session_id: str) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return post_json(
                self._client, "/webhooks/forget/conversation", {"sender": session_id}, FORGET_S, timeout=FORGET_S
            ).is_ok
        return False
