"""The dialogue itself behind a page, without Rasa around it; petitions and drafts go to the application."""

from __future__ import annotations

from typing import Any

from flask import Flask

from kiosk_api.domain.routing import Reading
from kiosk_api.gateways.understanding import reading_of
from tests.bot.helpers import Citizen, reader
from tests.conversations.fake_api import FakeKiosk
from tests.factories import FakeAssistant, FakeUnderstanding

AT_THE_APPLICATION = ("/api/v1/petitions", "/internal/v1/drafts/")


class Connected(FakeKiosk):
    """Registers and keeps drafts at the application itself, so that pages get a real receipt and a real code."""

    def __init__(self, app: Flask, session: str) -> None:
        super().__init__()
        self.app, self.session = app, session

    def handle(self, method: str, path: str, body: dict[str, Any], key: str | None) -> tuple[int, dict[str, Any]]:
        if not path.startswith(AT_THE_APPLICATION):
            return super().handle(method, path, body, key)
        headers = {"X-Bot-Key": self.app.extensions["kiosk"].bot_key, "X-Chat-Session": self.session}
        answer = self.app.test_client().post(
            path, json=body, headers=headers | ({"Idempotency-Key": key} if key else {})
        )
        return answer.status_code, answer.get_json(silent=True) or {}


class Talking(FakeAssistant):
    """Each conversation has its own memory; `at` is the question that is open when it begins."""

    def __init__(self, app: Flask, at: str = "") -> None:
        super().__init__()
        self.app, self.at = app, at
        self.citizens: dict[str, Citizen] = {}

    def say(self, session_id: str, text: str) -> list[dict[str, Any]]:
        self.received.append((session_id, text))
        if session_id not in self.citizens:
            made = Citizen(Connected(self.app, session_id), session_id)
            self.citizens[session_id] = made.at(self.at) if self.at else made
        return [{"custom": one} for one in self.citizens[session_id].says(text).turn.replies]

    def forget(self, session_id: str) -> None:
        super().forget(session_id)
        self.citizens.pop(session_id, None)


class Trained(FakeUnderstanding):
    """The trained classifier, as the assistant would give its reading."""

    def read(self, text: str) -> Reading | None:
        found = reader().found(text)["matter"]
        return reading_of(found) if found else None
