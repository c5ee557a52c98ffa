"""The assistant, asked over Rasa's REST channel on loopback.

That channel answers 200 with an empty list when anything failed inside Rasa, so an empty
list counts as no answer here. A bot that hangs makes a few people wait; then nobody is made to wait
until a watch of our own has had a real turn with it.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from typing import Any

import httpx

from kiosk_api.gateways.breaker import Breaker
from kiosk_api.gateways.local_http import local_client
from kiosk_api.services.base.ports import AssistantUnavailable

TURN_S = 5.5  # Rasa itself gives a turn up before (`bot.turn_deadline`)
LOOK_EVERY_S = 5.0  # while all is well; a citizen's answered turn counts as a look
TRY_EVERY_S = 1.0  # while it is away
MOST_TO_FORGET = 10_000
GREETING = "你好"  # a turn that touches no record of anybody


class RasaAssistant:
    """One pooled client; safe to share between threads."""

    def __init__(self, url: str, timeout_s: float = TURN_S, *, transport: httpx.BaseTransport | None = None) -> None:
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=16)
        self._client = local_client(url, httpx.Timeout(timeout_s, connect=0.5), limits=limits, transport=transport)
        self._breaker = Breaker()
        self._look_now = threading.Event()
        self._watched = False
        self._answered_at: float | None = None
        self._to_forget: dict[str, None] = {}

    @property
    def is_away(self) -> bool:
        """Whether it is known to answer nobody now; never asks it."""
        return self._breaker.is_open

    def say(self, session_id: str, text: str) -> list[dict[str, Any]]:
        """Send one message; returns Rasa's messages in order. Raises AssistantUnavailable."""
        if not self._breaker.admit(tries=not self._watched):
            raise AssistantUnavailable("away")
        return self._turn(session_id, text)

    def forget(self, session_id: str) -> None:
        """Drop what was said, or as soon as it can be reached; a new process remembers nothing."""
        if not self._breaker.is_open and self._forget(session_id):
            return
        self._to_forget[session_id] = None
        while len(self._to_forget) > MOST_TO_FORGET:
            self._to_forget.pop(next(iter(self._to_forget)), None)

    def is_up(self) -> bool:
        """Whether the latest turn was answered; without a watch, whether Rasa answers at all."""
        if self._watched:
            return self._answered_at is not None and not self._breaker.is_open
        try:
            return self._client.get("/", timeout=0.5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def watch(self) -> None:
        """Have a real turn with the bot now and then, on a thread of its own, from now on."""
        self._watched = True
        threading.Thread(target=self._keep_looking, name="bot-watch", daemon=True).start()

    def _turn(self, session_id: str, text: str) -> list[dict[str, Any]]:
        try:
            answer = self._client.post("/webhooks/rest/webhook", json={"sender": session_id, "message": text})
        except httpx.HTTPError as error:
            self._breaker.failed()
            self._look_now.set()
            raise AssistantUnavailable(type(error).__name__) from None
        try:
            messages = answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise AssistantUnavailable(type(error).__name__) from None
        # What is wrong with one message must not close the door for everybody: such an answer
        # comes at once and does not count as a bot that hangs.
        if not isinstance(messages, list) or not messages:
            raise AssistantUnavailable("empty answer")
        self._breaker.worked()
        self._answered_at = time.monotonic()
        return messages

    def _keep_looking(self) -> None:
        while True:
            well = self._look()
            self._look_now.wait(LOOK_EVERY_S if well else TRY_EVERY_S)
            if self._look_now.is_set():
                self._look_now.clear()
                time.sleep(TRY_EVERY_S)  # who was just refused is not asked again at once

    def _look(self) -> bool:
        """Whether the bot answers; one that comes back hears what it still has to forget."""
        now = time.monotonic()
        recent = self._answered_at is not None and now - self._answered_at < LOOK_EVERY_S
        if recent and not self._breaker.is_open:
            self._catch_up()
            return True
        probe = f"probe-{secrets.token_urlsafe(12)}"
        try:
            self._turn(probe, GREETING)
        except AssistantUnavailable:
            return False
        self._forget(probe)
        self._catch_up()
        return True

    def _catch_up(self) -> None:
        for session_id in list(self._to_forget):
            if not self._forget(session_id):
                return
            self._to_forget.pop(session_id, None)

    def _forget(self, session_id: str) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            answer = self._client.post("/webhooks/forget/conversation", json={"sender": session_id}, timeout=2.0)
            return answer.is_success
        return False
