"""An application with Twilio switched on, and a fake Twilio that calls it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from tests.channels.fake_twilio import ACCOUNT, NUMBER, TOKEN, FakeTwilio, fake_twilio
from tests.factories import fresh_app

HOME = "https://xinfang.example"
PLACE = re.compile(r"（[0-9]+/[0-9]+）")


@contextmanager
def with_twilio(folder: Path, **env: str) -> Iterator[tuple[Flask, FakeTwilio]]:
    """Both, until the block ends. Calls go to the application as they would come through its public address."""
    found: list[Flask] = []

    def post(url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Any:
        asked = urlsplit(url)
        path = f"{asked.path}?{asked.query}" if asked.query else asked.path
        return found[0].test_client().post(path, data=dict(form), headers=dict(headers))

    def now() -> Any:
        return found[0].extensions["kiosk"].clock.now()

    with fake_twilio(now, post=post, home=HOME) as twilio:
        settings = {
            "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_FROM": NUMBER,
            "TWILIO_WHATSAPP_FROM": NUMBER, "TWILIO_API_URL": twilio.url, "KIOSK_PUBLIC_URL": HOME,
            "KIOSK_RATE_LIMITS": "off",
        }  # fmt: skip
        found.append(fresh_app(folder, **(settings | env)))
        yield found[0], twilio


def texts(answer: Any) -> list[str]:
    """The messages of a TwiML answer."""
    assert (answer.status_code, answer.mimetype) == (200, "application/xml"), answer.status_code
    root = ET.fromstring(answer.text)  # noqa: S314 -- our own answer
    assert root.tag == "Response" and all(one.tag == "Message" for one in root)
    return ["".join(one.itertext()) for one in root]
