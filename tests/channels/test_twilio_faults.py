"""Calls of Twilio that go wrong on the way: slow pictures, signs that nobody sees, a store that is busy."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.policy import CHANNEL_WAITING_MOST
from kiosk_api.services.base.ports import StoreBusy, StoreFull
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.channels.hear import LATE_TOPIC
from kiosk_api.services.channels.late import send_answer
from kiosk_api.web.channels import twilio as door
from tests.channels.fake_twilio import ACCOUNT, FakeTwilio
from tests.channels.twilio_app import HOME, texts, with_twilio
from tests.waiting import wait_for

WHO = "+8613812345678"
SID = "MM" + "a" * 32
SLOW = CHANNEL_WAITING_MOST + 3


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Flask, FakeTwilio]]:
    with with_twilio(tmp_path) as running:
        yield running


class SlowMedia:
    """Has every picture, once `go` is set."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.asked: list[str] = []
        drawn = io.BytesIO()
        Image.new("RGB", (400, 300), "white").save(drawn, "JPEG")
        self._drawn = drawn.getvalue()

    def fetch(self, url: str) -> bytes:
        self.asked.append(url)
        assert self.go.wait(60)
        return self._drawn


def with_pictures(count: int) -> dict[str, str]:
    more = {"MessageSid": SID, "NumMedia": str(count)}
    for n in range(count):
        place = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{SID}/Media/ME{n:032x}"
        more |= {f"MediaUrl{n}": f"https://api.twilio.com{place}", f"MediaContentType{n}": "image/jpeg"}
    return more


def heard(app: Flask) -> list[str]:
    return [text for _, text in app.extensions["kiosk"].assistant.received]


def test_the_words_with_many_slow_pictures_are_heard(
    both: tuple[Flask, FakeTwilio], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, twilio = both
    media = app.extensions["twilio_media"] = SlowMedia()
    monkeypatch.setattr(door, "DIALOGUE_S", 0.0)
    assert texts(twilio.text("墙裂了", **with_pictures(SLOW))) == []
    assert texts(twilio.text("墙裂了", **with_pictures(SLOW))) == []  # a repetition is the same message
    assert word("too_fast", "zh") not in texts(twilio.text("在吗"))  # one call counts as one message
    media.go.set()
    wait_for(lambda: not app.extensions["channel_desk"].busy())
    assert heard(app) == ["墙裂了", "在吗"] and len(media.asked) == SLOW
    while deliver(app.extensions["kiosk"], {LATE_TOPIC: send_answer}):
        pass
    told = "".join(one["body"] for one in twilio.messages)
    assert told.count("照片收到了") == 1 and f"一共{SLOW}张" in told and told.count("您好。") == 2


def test_words_with_pictures_that_tell_of_danger_are_answered_at_once(
    both: tuple[Flask, FakeTwilio], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, twilio = both
    media = app.extensions["twilio_media"] = SlowMedia()
    monkeypatch.setattr(door, "DIALOGUE_S", 0.0)
    said = "".join(texts(twilio.text("家里着火了，有人困在里面", **with_pictures(SLOW))))
    assert "119" in said
    media.go.set()
    wait_for(lambda: not app.extensions["channel_desk"].busy())


@pytest.mark.parametrize("sent", ["路\x00坏了", "\x01路坏\x7f了\x00", "路坏了\ufffe\u200b"])
def test_signs_that_nobody_sees_keep_no_words_from_being_heard(both: tuple[Flask, FakeTwilio], sent: str) -> None:
    app, twilio = both
    assert texts(twilio.text(sent)) == ["您好。"] and heard(app) == ["路坏了"]
    assert texts(twilio.text("ST\x00OP")) == []
    unsigned = app.test_client().post("/channels/twilio", data=twilio.incoming(sent))
    assert unsigned.status_code == 403 and len(heard(app)) == 1


def test_bytes_that_are_no_text_are_refused(both: tuple[Flask, FakeTwilio]) -> None:
    form = "application/x-www-form-urlencoded"
    for path in ("/channels/twilio", "/channels/twilio/status"):
        assert both[0].test_client().post(path, data="Body=%ff", content_type=form).status_code == 422


def failing(times: int, error: Exception, tried: list[int]) -> Callable[..., bool]:
    def note(*_given: Any, **_named: Any) -> bool:
        tried.append(1)
        if len(tried) <= times:
            raise error
        return True

    return note


@pytest.mark.parametrize(("times", "error", "status", "tries"), [
    (2, StoreBusy("locked"), 204, 3), (99, StoreBusy("locked"), 503, 4), (99, StoreFull("full"), None, 1),
])  # fmt: skip
def test_a_callback_is_noted_once_the_store_is_free_again(
    both: tuple[Flask, FakeTwilio], monkeypatch: pytest.MonkeyPatch,
    times: int, error: Exception, status: int | None, tries: int,
) -> None:  # fmt: skip
    tried: list[int] = []
    monkeypatch.setattr(door, "note_report", failing(times, error, tried))
    monkeypatch.setattr(door, "REPORT_S", 600.0)
    monkeypatch.setattr(door, "_REPORT_PAUSE_S", 0.0)
    one = {"sid": both[1].sid(), "to": WHO, "callback": f"{HOME}/channels/twilio/status?key=k-1"}
    answer = both[1].report(one, "delivered")
    assert answer.status_code == status if status else answer.status_code >= 500
    assert len(tried) == tries


def test_nobody_tries_longer_than_twilio_waits(both: tuple[Flask, FakeTwilio], monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    monkeypatch.setattr(door, "note_report", failing(99, StoreBusy("locked"), tried))
    monkeypatch.setattr(door, "REPORT_S", 0.0)
    one = {"sid": both[1].sid(), "to": WHO, "callback": f"{HOME}/channels/twilio/status?key=k-1"}
    assert both[1].report(one, "delivered").status_code == 503 and len(tried) == 1
