"""Processes killed in the middle of a turn: each message is owned up to, none is answered twice."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk_api.app import build_context
from kiosk_api.domain.messenger_words import word
from kiosk_api.gateways.clock import SettableClock, SystemClock
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.channels.hear import LATE_TOPIC
from kiosk_api.services.channels.late import mend, send_answer
from tests.channels.api_process import FakeRasa, api_processes, signed_message
from tests.channels.messengers import KeptSender
from tests.factories import new_store, settings
from tests.waiting import wait_for

PEOPLE = 6


def send(url: str, person: int) -> str:
    """A message of somebody; "" when the process was killed before it answered."""
    number = f"+861390000{person:04}"
    form, headers = signed_message(
        {"From": number, "To": "+8613800000000", "Body": "你好", "MessageSid": f"SM{person}"}
    )
    with suppress(httpx.HTTPError):
        answer = httpx.post(f"{url}/channels/twilio", data=form, headers=headers, timeout=300, trust_env=False)
        return answer.text
    return ""


@pytest.mark.long
def test_messages_of_a_killed_process_get_an_honest_word_each_and_only_one(tmp_path: Path) -> None:
    (tmp_path / "kiosk.db").write_bytes(new_store(officers=False))
    sender, running, held = KeptSender(), list[subprocess.Popen[bytes]](), ThreadPoolExecutor(PEOPLE)

    def never(said: str) -> str:
        wait_for(lambda: running[0].poll() is not None)
        return said

    with FakeRasa(never) as rasa, api_processes(1, tmp_path, rasa.url, running) as (url,):
        asked = [held.submit(send, url, person) for person in range(PEOPLE)]
        wait_for(lambda: len(rasa.heard) == PEOPLE)
        running[0].kill()
        said: list[Any] = [one.result() for one in asked]
    later = SettableClock(SystemClock().now() + timedelta(minutes=5))
    ctx = replace(build_context(settings(tmp_path), clock=later), senders={"sms": sender})
    for _ in range(3):
        mend(ctx)
        deliver(ctx, {LATE_TOPIC: send_answer})
    assert not any("你好" in one for one in said)
    assert sorted(to for to, _ in sender.sent) == [f"+861390000{person:04}" for person in range(PEOPLE)]
    assert all(word("lost", "zh") in text for text in sender.texts)
