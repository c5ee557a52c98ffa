"""A store that is busy and a platform that drips: what was certainly not sent is tried again, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import httpx
import pytest

from kiosk_api.gateways import wechat_api
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.gateways.wechat_api import WechatApi, WechatAway, WechatHttp
from kiosk_api.gateways.wechat_sender import WechatSender
from kiosk_api.services.base.ports import Index, Store, StoreBusy
from kiosk_api.services.base.sending import NotSent, Outgoing
from kiosk_api.services.channels.window import HeardWindow
from tests.channels.fake_wechat import FakeWechat
from tests.channels.one_token import OneToken
from tests.channels.wechat_calls import PERSON, serving
from tests.factories import START


class BusyStore:
    """Lets nobody in."""

    @contextmanager
    def write(self) -> Iterator[Any]:
        raise StoreBusy("locked")
        yield

    read = write


class Marks:
    """One mark for all."""

    def mark(self, purpose: str, value: str) -> str:
        return f"{purpose}{len(value)}"


class Open:
    """A window that is open and cannot count."""

    def __init__(self, busy: HeardWindow) -> None:
        self.note = busy.note

    def why_not(self, to: str) -> str:
        return ""


def busy_window() -> HeardWindow:
    return HeardWindow("wechat", cast(Store, BusyStore()), SettableClock(START), cast(Index, Marks()))


def test_a_busy_store_before_sending_means_not_sent_and_after_it_changes_nothing() -> None:
    with serving(FakeWechat(lambda: START)) as platform:
        api = WechatApi(WechatHttp(platform.url), OneToken(platform))
        with pytest.raises(NotSent):
            WechatSender(api, {}, busy_window(), SettableClock(START)).send(PERSON, Outgoing("k", "有新进展"))
        platform.note(platform.message("text", Content="在吗"))
        assert (
            WechatSender(api, {}, Open(busy_window()), SettableClock(START)).send(PERSON, Outgoing("k", "有新进展"))
            == ""
        )


def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wechat_api, "WHOLE_S", 0.0)

    class Dripping(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            while True:
                yield b" "

    http = WechatHttp("http://wechat", httpx.MockTransport(lambda _: httpx.Response(200, stream=Dripping())))
    with pytest.raises(WechatAway):
        http.read("GET", "/", {}, None, 1 << 40)
