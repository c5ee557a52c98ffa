"""One message, sent again and again to two processes at once: heard once, and answered with one answer."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.channels.api_process import FakeRasa, api_processes, signed_message
from tests.factories import new_store

THREADS, TIMES = 32, 1_000
FIELDS = {"From": "+8613900000000", "To": "+8613800000000", "Body": "你好", "MessageSid": "SM1", "NumMedia": "0"}


def slowly(said: str) -> str:
    """Long enough for repetitions to come while the first is worked on."""
    time.sleep(0.5)
    return f"听到：{said}"


@pytest.mark.long
def test_the_same_message_a_thousand_times_has_one_effect_and_one_answer(tmp_path: Path) -> None:
    (tmp_path / "kiosk.db").write_bytes(new_store(officers=False))
    form, headers = signed_message(FIELDS)
    with FakeRasa(slowly) as rasa, api_processes(2, tmp_path, rasa.url) as urls:
        with httpx.Client(trust_env=False, timeout=300, limits=httpx.Limits(max_connections=THREADS)) as client:

            def send(number: int) -> tuple[int, str]:
                answer = client.post(f"{urls[number % 2]}/channels/twilio", data=form, headers=headers)
                return answer.status_code, answer.text

            with ThreadPoolExecutor(THREADS) as pool:
                got = list(pool.map(send, range(TIMES)))
        assert rasa.heard == ["你好"]
    assert {status for status, _ in got} == {200} and len({text for _, text in got}) == 1
