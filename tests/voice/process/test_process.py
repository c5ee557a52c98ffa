"""The real voice process over HTTP: what it says is heard, what is wrong is refused, and who must wait is sent away."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack

import httpx
import numpy as np
import pytest

from tests.voice.running import for_hearing, heard, spoken
from voice.sound import HEARD_AT, to_wav

WAV = {"Content-Type": "audio/wav"}
SILENCE = to_wav(np.zeros(3 * HEARD_AT, np.float32), HEARD_AT)
EMPTY = to_wav(np.zeros(0, np.float32), HEARD_AT)
HISS = to_wav(np.random.default_rng(7).normal(0, 0.003, 3 * HEARD_AT).astype(np.float32), HEARD_AT)


@pytest.mark.parametrize(("said", "kind", "shown", "spelt"), [
    ("我想问一下，补偿款什么时候给？", "words", "补偿款什么时候给", []),
    ("13812345678", "phone", "13812345678", ["138", "1234", "5678"]),
    ("我叫王小明", "name", "王小明", ["王，国王的王", "小，大小的小", "明，明天的明"]),
])  # fmt: skip
def test_what_a_voice_says_is_heard_and_spelt_back(
    voice: httpx.Client, said: str, kind: str, shown: str, spelt: list[str]
) -> None:
    found = heard(voice, spoken(voice, said, voice="zm_yunxi", speed=1.0), kind)
    assert shown in found["text"] and found["spelt"] == spelt and found["seconds"] > 1


@pytest.mark.parametrize("sound", [SILENCE, HISS, EMPTY], ids=["silence", "hiss", "empty"])
def test_where_nobody_speaks_nothing_is_heard(voice: httpx.Client, sound: bytes) -> None:
    assert voice.post("/hear", content=sound, headers=WAV).json()["text"] == ""


@pytest.mark.parametrize(("path", "body"), [
    ("/say", b"{}"), ("/say", b"no json"), ("/say", b'{"text": ""}'), ("/say", b'{"text": "\xe5\xa5\xbd", "voice": "nobody"}'),
    ("/say", b'{"text": "\xe5\xa5\xbd", "speed": 9}'), ("/say", b'{"text": "%b"}' % (b"\xe5\xa5\xbd" * 601)), ("/say", b"[]"),
    ("/say", b"x" * 17_000), ("/hear", b""), ("/hear", b"RIFF of something"), ("/hear?kind=secret", SILENCE),
    ("/hear", to_wav(np.zeros(31 * HEARD_AT, np.float32), HEARD_AT)), ("/hear", to_wav(np.zeros(100, np.float32), 8_000)),
    ("/card", b"no picture"), ("/card", b"\xff\xd8\xff broken"),
])  # fmt: skip
def test_what_cannot_be_meant_is_refused(voice: httpx.Client, path: str, body: bytes) -> None:
    assert voice.post(path, content=body).status_code == 400


def test_no_other_address_is_answered(voice: httpx.Client) -> None:
    assert [voice.get("/say").status_code, voice.post("/health", content=b"x").status_code] == [404, 404]


def test_who_would_wait_too_long_is_asked_to_come_back(voice: httpx.Client) -> None:
    sound = for_hearing(spoken(voice, "村里修路占了我家一亩二分地。", voice="zf_xiaoyi"))
    answers: list[httpx.Response] = []
    many = [
        threading.Thread(target=lambda: answers.append(voice.post("/hear", content=sound, headers=WAV)))
        for _ in range(9)
    ]
    for one in many:
        one.start()
    for one in many:
        one.join()
    refused = [one for one in answers if one.status_code == 503]
    assert len(answers) == 9 and refused and all(one.headers["Retry-After"] == "2" for one in refused)
    assert {one.status_code for one in answers} == {200, 503}
    assert voice.post("/hear", content=sound, headers=WAV).status_code == 200  # the places are free again


def test_connections_that_say_nothing_keep_nobody_else_out(voice: httpx.Client) -> None:
    with ExitStack() as held:
        for _ in range(8):
            one = held.enter_context(socket.create_connection(("127.0.0.1", voice.base_url.port or 0)))
            one.sendall(b"POST /hear HTTP/1.1\r\nContent-Length: 100\r\n\r\nRI")
        assert voice.get("/health").status_code == 200
