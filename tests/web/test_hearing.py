"""POST /hearing: a piece of speech goes in, words come out to be checked; where nothing listens it is said."""

from __future__ import annotations

import io
import json
import wave
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from kiosk_api.domain.policy import HEARD
from kiosk_api.gateways.voice import VoiceProcess
from kiosk_api.gateways.voice_call import ASKED_AGAIN_S
from kiosk_api.services.base.terminal_ports import Heard, HearingBusy, HearingOff, NotSound
from tests.factories import fresh_app
from tests.voice.answering import answering

HEARING = "/api/v1/hearing"
WORDS = Heard("我要反映欠薪", ("138", "1234"))
WAV = {"content_type": "audio/wav"}


def sound(seconds: float = 1.0, rate: int = 16_000, channels: int = 1, width: int = 2) -> bytes:
    with io.BytesIO() as file:
        with wave.open(file, "wb") as out:
            out.setnchannels(channels)
            out.setsampwidth(width)
            out.setframerate(rate)
            out.writeframes(bytes(int(seconds * rate) * channels * width))
        return file.getvalue()


class FakeHearing:
    """Hears the given words, or fails in the given way."""

    def __init__(self, words: Heard | Exception) -> None:
        self.words, self.kinds = words, []

    def is_on(self) -> bool:
        return not isinstance(self.words, Exception)

    def has_gone(self) -> bool:
        return isinstance(self.words, HearingBusy)

    def hear(self, wav: bytes, kind: str) -> Heard:
        self.kinds.append(kind)
        if isinstance(self.words, Exception):
            raise self.words
        return self.words


def use(app: Flask, words: Heard | Exception) -> FlaskClient:
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], hearing=FakeHearing(words))
    return app.test_client()


def test_words_come_back_and_are_kept_nowhere(app: Flask) -> None:
    answer = use(app, WORDS).post(f"{HEARING}?kind=phone", data=sound(), **WAV)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.get_json() == {"text": WORDS.text, "spelt": list(WORDS.spelt)}
    assert app.extensions["kiosk"].hearing.kinds == ["phone"]


@pytest.mark.parametrize("is_on", [True, False])
def test_pages_ask_whether_anybody_listens(app: Flask, is_on: bool) -> None:
    client = use(app, WORDS if is_on else HearingOff())
    said = client.get(HEARING).get_json()
    assert said == {"available": is_on, "cards": False, "longest_s": 120, "piece_s": 28}
    assert client.get("/readyz").get_json()["parts"]["hearing"] == ("ok" if is_on else "off")


@pytest.mark.parametrize(("failure", "status", "code"), [
    (HearingOff(), 503, "hearing_off"), (HearingBusy(), 503, "hearing_busy"), (NotSound(), 422, "invalid_request"),
])  # fmt: skip
def test_what_fails_is_said_and_the_keyboard_named(app: Flask, failure: Exception, status: int, code: str) -> None:
    answer = use(app, failure).post(HEARING, data=sound(), **WAV)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    if status == 503:
        assert "打字" in answer.get_json()["detail"]
    assert (answer.headers.get("Retry-After") == "2") is (code == "hearing_busy")


@pytest.mark.parametrize("body", [
    b"", b"RIFF", sound(0), sound(30), sound(rate=8_000), sound(channels=2), sound(width=1), b"\xff\xd8\xff a photo", sound()[:30],
])  # fmt: skip
def test_what_is_no_piece_of_speech_is_refused_before_anybody_listens(app: Flask, body: bytes) -> None:
    answer = use(app, WORDS).post(HEARING, data=body, **WAV)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid_request")
    assert not app.extensions["kiosk"].hearing.kinds


def test_too_much_sound_and_an_unknown_field_are_refused(app: Flask) -> None:
    client = use(app, WORDS)
    answer = client.post(HEARING, data=bytes(1024 * 1024 + 1), **WAV)
    assert (answer.status_code, answer.get_json()["code"]) == (413, "sound_too_long")
    assert client.post(f"{HEARING}?kind=secret", data=sound(), **WAV).status_code == 422


def test_outside_the_hall_pieces_are_counted(tmp_path: Path) -> None:
    client = use(fresh_app(tmp_path, rate_limits=True), WORDS)
    outside = {"REMOTE_ADDR": "203.0.113.7"}
    codes = [
        client.post(HEARING, data=sound(0.1), environ_base=outside, **WAV).status_code for _ in range(HEARD.most + 1)
    ]
    assert codes[:-1] == [200] * HEARD.most and codes[-1] == 429
    assert client.post(HEARING, data=sound(0.1), **WAV).status_code == 200  # the terminal in the hall


def test_the_process_is_asked_and_answers() -> None:
    with answering(200, json.dumps({"text": "您好", "spelt": ["一"], "hears": True, "says": False}).encode()) as url:
        process = VoiceProcess(url)
        assert process.hear(sound(), "words") == Heard("您好", ("一",))
        assert process.is_on() and not process.says()
    with answering(200, b"RIFF") as url:
        assert VoiceProcess(url).say("您好") == b"RIFF"


@pytest.mark.parametrize(("status", "body", "failure"), [
    (200, b"no json", HearingOff), (200, b"[]", HearingOff), (200, b'{"text": 1, "spelt": []}', HearingOff), (200, b'{"text": "x", "spelt": [1]}', HearingOff),
    (500, b"{}", HearingOff), (503, b"{}", HearingOff), (400, b"{}", NotSound), (200, b"[" * 20_000, HearingOff), (200, b"x" * 70_000, HearingOff),
])  # fmt: skip
def test_whatever_else_it_answers_is_no_words(status: int, body: bytes, failure: type[Exception]) -> None:
    with answering(status, body) as url, pytest.raises(failure):
        VoiceProcess(url).hear(sound(), "words")


def test_busy_is_told_apart_and_nobody_there_is_off() -> None:
    with answering(503, b"{}", {"Retry-After": "2"}) as url:
        with pytest.raises(HearingBusy):
            VoiceProcess(url).hear(sound(), "words")
        assert VoiceProcess(url).say("您好") is None
    process = VoiceProcess(url)  # it has gone
    with pytest.raises(HearingOff):
        process.hear(sound(), "words")
    assert process.say("您好") is None and not process.is_on() and not process.says()


def test_it_is_asked_again_after_some_seconds() -> None:
    now = [0.0]
    with answering(200, b'{"hears": true}') as url:
        process = VoiceProcess(url, lambda: now[0])
        assert process.is_on()
    assert process.is_on() and not process.has_gone()  # the same answer for a while
    now[0] = ASKED_AGAIN_S
    assert not process.is_on() and process.has_gone()


def test_who_has_never_heard_has_not_gone_and_who_has_is_degraded(app: Flask) -> None:
    with answering(404, b"{}") as url:
        assert not VoiceProcess(url).has_gone()
    parts = use(app, HearingBusy()).get("/readyz").get_json()["parts"]
    assert parts["hearing"] == "degraded"


@pytest.mark.parametrize("failure", [None, HearingOff(), HearingBusy(), NotSound()])
def test_nothing_that_is_heard_gets_into_a_log(
    app: Flask, failure: Exception | None, caplog: pytest.LogCaptureFixture
) -> None:
    client = use(app, failure or WORDS)
    with capture_logs() as logs, caplog.at_level(0):  # before the allow-list removes anything
        answer = client.post(f"{HEARING}?kind=phone", data=sound()[:-8] + b"CANARYXX", **WAV)
    logged = str(logs) + caplog.text
    assert WORDS.text not in logged and WORDS.spelt[1] not in logged and "CANARY" not in logged
    assert "CANARY" not in answer.get_data(as_text=True)
