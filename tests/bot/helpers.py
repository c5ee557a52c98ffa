"""The pure talks driven without Rasa, against the stand-in API through the real client."""

from __future__ import annotations

import atexit
import json
import subprocess
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx

from bot.dialogue.reading.message import Clause, Message
from bot.dialogue.talks.steps import turn
from bot.dialogue.turn import Turn
from bot.kiosk_client import KioskClient
from bot.petition_fields import ASKED_IN_TURN
from tests.conversations.fake_api import FakeKiosk

ROOT = Path(__file__).resolve().parents[2]
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


class Reader:
    """The trained models, asked through a process of the assistant's Python."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [ROOT / ".venv/bot/bin/python", "-W", "ignore", "-m", "tests.bot.read_messages"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        atexit.register(self._process.kill)

    def read(self, text: str, asked: str, intent: str, confidence: float) -> Message:
        """The message as Rasa's pipeline would hand it on."""
        found = self.found(text, asked)
        clauses = tuple(Clause(text[one["start"] : one["end"]], one["acts"]) for one in found["clauses"])
        return Message(
            text, clauses, intent, confidence, kinds=found["kinds"], accuses=found["accuses"], dangers=found["dangers"]
        )

    def found(self, text: str, asked: str = "none") -> dict[str, Any]:
        """What the models make of a text; one at a time."""
        assert self._process.stdin and self._process.stdout
        with self._turn:
            self._process.stdin.write(json.dumps({"text": text, "asked": asked}) + "\n")
            self._process.stdin.flush()
            return dict(json.loads(self._process.stdout.readline()))


@lru_cache(maxsize=1)
def reader() -> Reader:
    """One for all tests of a worker."""
    return Reader()


class Citizen:
    """Speaks to the assistant and keeps its slots, as Rasa would."""

    def __init__(self, kiosk: FakeKiosk | None = None, session: str = "session-0001") -> None:
        self.kiosk = kiosk or FakeKiosk()
        self.api = client_of(self.kiosk)
        self.session = session
        self.state: dict[str, Any] = {}
        self.asks: str | None = None
        self.said = ""
        self.turn = Turn()

    def says(self, text: str, intent: str = "nlu_fallback", confidence: float = 0.3) -> Citizen:
        """One message; `intent` is what Rasa's own classifier made of it."""
        return self._hears(reader().read(text, self.asks or "none", intent, confidence))

    def means(self, *clauses: tuple[str, str], mark: str = "，") -> Citizen:
        """A message of clauses, each with the acts that the reader should find: (“不是”, “no gives.phone”)."""
        last = len(clauses) - 1
        found = tuple(
            Clause(words + mark * (place < last), dict.fromkeys(acts.split(), 1.0))
            for place, (words, acts) in enumerate(clauses)
        )
        text = "".join(one.text for one in found)
        return self._hears(Message(text, found, "nlu_fallback", 0.3, kinds={}, dangers={}))

    def knows(self, asked: str, **known: Any) -> Citizen:
        """In the middle of a petition: what is known, and the question that is open."""
        self.state = {"seen": True, "draft_id": "0" * 32, "route_answers": {}, **known, "asked": asked}
        self.asks = asked
        return self

    def _hears(self, message: Message) -> Citizen:
        self.turn = turn(self.api, self.session, self.state, message)
        self.state.update(self.turn.slots)
        self.state["seen"] = self.turn.slots.get("seen", True)
        self.state["asked"] = self.asks = self.turn.asks
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
