"""The assistant, asked over Rasa's REST channel on loopback.

That channel answers 200 with an empty list when anything failed inside Rasa, so an empty
list counts as a failure here.
"""

from __future__ import annotations

import contextlib
from typing import Any

import httpx

from kiosk_api.services.ports import AssistantUnavailable


class RasaAssistant:
    """One pooled client; safe to share between threads."""

    def __init__(self, url: str, timeout_s: float = 8.0) -> None:
        self._client = httpx.Client(
            base_url=url, timeout=httpx.Timeout(timeout_s, connect=0.5), trust_env=False
        )

    def say(self, session_id: str, text: str) -> list[dict[str, Any]]:
        """Send one message; returns Rasa's messages in order. Raises AssistantUnavailable."""
        try:
            answer = self._client.post(
                "/webhooks/rest/webhook", json={"sender": session_id, "message": text}
            )
            answer.raise_for_status()
            messages = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise AssistantUnavailable(type(error).__name__) from None
        if not isinstance(messages, list) or not messages:
            raise AssistantUnavailable("empty answer")
        return messages

    def forget(self, session_id: str) -> None:
        """Drop what was said; one that cannot be reached forgets by itself when idle."""
        with contextlib.suppress(httpx.HTTPError):
            self._client.post(
                "/webhooks/forget/conversation", json={"sender": session_id}, timeout=2.0
            )

    def is_up(self) -> bool:
        """True when Rasa answers at all."""
        try:
            return self._client.get("/", timeout=0.5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False
