"""What tests of messengers share: a message, a Sender that keeps what it was given, an assistant that can be slow."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from flask import Flask

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.sending import Delivery, Lost, Outgoing, SendError
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.channels.incoming import Incoming, Kind
from tests.factories import START

WHO = "oInvented-0001"


def message(text: str, number: int | str = 1, *, kind: Kind = Kind.TEXT, user: str = WHO, **more: Any) -> Incoming:
    """One message of a person at a messenger."""
    return Incoming("wechat", user, f"{user}-{number}", kind, START, text, **more)


class KeptSender:
    """Keeps what it sends; `fails` is raised by the next calls, in order."""

    name = "wechat"

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self.sent: list[tuple[str, Outgoing]] = []
        self.fails: list[SendError] = []
        self.seen: dict[str, Delivery] = {}

    def is_on(self) -> bool:
        return self.on

    def send(self, to: str, message: Outgoing) -> str:
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append((to, message))
        self.seen[message.key] = Delivery.SENT
        return message.key

    def find(self, key: str, platform_id: str, lost: Lost | None = None) -> Delivery:
        return self.seen.get(key, Delivery.NEVER_SEEN)

    @property
    def texts(self) -> list[str]:
        return [one.text for _, one in self.sent]


class SlowAssistant:
    """Answers once `go` is set; keeps the order in which messages reached it."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.reached = threading.Semaphore(0)
        self.received: list[str] = []

    def say(self, session_id: str, text: str) -> list[dict[str, Any]]:
        self.received.append(text)
        self.reached.release()
        assert self.go.wait(60)
        return [{"custom": {"text": f"听到：{text}"}}]

    def forget(self, session_id: str) -> None:
        """Keeps nothing."""

    def is_up(self) -> bool:
        return True

    def watch(self) -> None:
        """Does nothing."""


def parts_of(app: Flask, **changes: Any) -> tuple[Context, Desk]:
    """The context of an application, changed, and its desk."""
    ctx: Context = replace(app.extensions["kiosk"], **changes)
    app.extensions["kiosk"] = ctx
    return ctx, app.extensions["channel_desk"]
