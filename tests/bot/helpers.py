"""The pure talks driven without Rasa, against the stand-in API through the real client."""

from __future__ import annotations

import json
from typing import Any

import httpx

from bot.dialogue.cases import CaseTalk
from bot.dialogue.petition import PetitionTalk
from bot.dialogue.petition_fields import ASKED_IN_TURN
from bot.dialogue.ports import Message
from bot.dialogue.turn import Turn
from bot.kiosk_client import KioskClient
from tests.conversations.fake_api import FakeKiosk

ANSWERS = {
    "petitioner_name": "王小明",
    "phone": "13812345678",
    "address": "城关镇和平村3组12号",
    "facts": "去年三月村里修路占了我家一亩二分地，补偿款到现在没给。",
    "request": "要求把补偿款付清",
    "place": "城关镇和平村",
    "about_unit": "城关镇人民政府",
}


def client_of(kiosk: FakeKiosk) -> KioskClient:
    """The bot's client on a transport that never leaves the process."""

    def answer(request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content or b"{}")
        status, data = kiosk.handle(request.method, request.url.path, body, request.headers.get("Idempotency-Key"))
        return httpx.Response(status, json=data)

    return KioskClient("http://kiosk.test", transport=httpx.MockTransport(answer))


class Citizen:
    """Speaks to one form and keeps its slots, as Rasa would."""

    def __init__(self, kiosk: FakeKiosk | None = None, session: str = "session-0001") -> None:
        self.kiosk = kiosk or FakeKiosk()
        self.api = client_of(self.kiosk)
        self.session = session
        self.state: dict[str, Any] = {}
        self.asks: str | None = None
        self.said = ""
        self.turn = Turn()

    def says(
        self,
        text: str,
        intent: str = "nlu_fallback",
        confidence: float = 0.3,
        talk: type[PetitionTalk] | type[CaseTalk] = PetitionTalk,
    ) -> Citizen:
        one = talk(self.api, self.session, self.state)
        message = Message(text, intent, confidence)
        self.turn = one.respond(self.asks, message) if self.asks else one.start(message)
        self.state.update(self.turn.slots)
        self.state["seen"] = self.turn.slots.get("seen", True)
        self.asks = self.turn.asks
        self.said = "\n".join(reply["text"] for reply in self.turn.replies)
        return self

    def at(self, slot: str) -> Citizen:
        """Walk to an open question."""
        self.says("我要反映问题", "start_petition", 0.9)
        for _ in ASKED_IN_TURN:
            if self.asks == slot:
                break
            self.says(ANSWERS.get(str(self.asks), "跳过"))  # an optional field without an answer here is skipped
        assert self.asks == slot
        return self

    @property
    def case(self) -> dict[str, Any] | None:
        return next((r["case"] for r in self.turn.replies if r["case"]), None)
