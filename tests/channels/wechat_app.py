"""An application whose account is at a fake platform, and what was said on either side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from kiosk_api.services.channels.late import send_answer
from tests.channels.fake_wechat import FakeWechat, environment
from tests.factories import fresh_app

HOME = "https://xinfang.example"


def account(folder: Path, platform: FakeWechat, **env: str) -> Flask:
    """An application whose account is at this platform."""
    made = fresh_app(folder, KIOSK_PUBLIC_URL=HOME, **environment(platform.url, **env))
    platform.now = made.extensions["kiosk"].clock.now
    return made


def says(app: Flask, text: str, options: list[dict[str, str]] | None = None, **more: Any) -> None:
    """What the assistant answers from now on."""
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": text, "options": options or [], **more}}]


def heard(app: Flask) -> list[str]:
    return [text for _, text in app.extensions["kiosk"].assistant.received]


def work(app: Flask) -> int:
    """Deliver what waits for the worker; how many it were."""
    ctx = app.extensions["kiosk"]
    with ctx.store.write() as records:
        waiting = records.claim_messages(ctx.clock.now(), 60, 20)
    for one in waiting:
        send_answer(ctx, one)
        with ctx.store.write() as records:
            records.message_done(one.id, ctx.clock.now())
    return len(waiting)


def shown(message: dict[str, Any]) -> str:
    """What a phone shows of a customer-service message."""
    if message["msgtype"] == "text":
        return str(message["text"]["content"])
    menu = message["msgmenu"]
    return "\n".join([menu["head_content"], *(one["content"] for one in menu["list"])])
