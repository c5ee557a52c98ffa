"""The account's access token: one for all threads and processes, renewed once."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.app import build_context
from kiosk_api.gateways import wechat_token
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.gateways.wechat_api import WechatApi, WechatAway, WechatHttp, WechatRefused
from kiosk_api.gateways.wechat_token import NAME, SharedToken
from kiosk_api.services.base.context import Context
from tests.channels.fake_wechat import FakeWechat
from tests.channels.wechat_calls import APP_ID, DROP, SECRET, STABLE_TOKEN, serving
from tests.factories import START, fresh_app, settings


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


@pytest.fixture
def clock(app: Flask) -> SettableClock:
    found = app.extensions["kiosk"].clock
    assert isinstance(found, SettableClock)
    return found


@pytest.fixture
def platform(clock: SettableClock) -> Iterator[FakeWechat]:
    with serving(FakeWechat(clock.now)) as running:
        yield running


def token_of(ctx: Context, url: str, secret: str = SECRET) -> SharedToken:
    return SharedToken(WechatHttp(url), ctx.store, ctx.clock, APP_ID, secret)


def test_it_is_asked_for_once_and_kept_sealed(app: Flask, platform: FakeWechat) -> None:
    ctx = app.extensions["kiosk"]
    first = token_of(ctx, platform.url).current()
    assert token_of(ctx, platform.url).current() == first == platform.access_token
    assert platform.calls == [STABLE_TOKEN]
    content = b"".join(one.read_bytes() for one in Path(ctx.store._engine.url.database).parent.glob("kiosk.db*"))
    assert first.encode() not in content and NAME.encode() in content


def test_many_threads_ask_once(app: Flask, platform: FakeWechat) -> None:
    ctx, found = app.extensions["kiosk"], []
    ready = threading.Barrier(12)

    def ask() -> None:
        token = token_of(ctx, platform.url)
        ready.wait()
        found.append(token.current())

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert set(found) == {platform.access_token} and len(found) == 12
    assert platform.calls == [STABLE_TOKEN] and platform.renewals == 1


def call_from_a_process(folder: str, url: str, go: object, said: object) -> None:
    """The whole of another process: builds its own store, waits, calls."""
    ctx = build_context(settings(Path(folder)), clock=SettableClock(START))
    go.wait()  # type: ignore[attr-defined]
    api = WechatApi(WechatHttp(url), token_of(ctx, url))
    said.put([one.id for one in api.forms(subscriptions=False)])  # type: ignore[attr-defined]


def test_two_processes_ask_once(app: Flask, platform: FakeWechat, tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    go, said = spawn.Event(), spawn.Queue()
    others = [spawn.Process(target=call_from_a_process, args=(str(tmp_path), platform.url, go, said)) for _ in range(2)]
    for one in others:
        one.start()
    go.set()
    assert [said.get(timeout=120) for _ in others] == [["T-news"], ["T-news"]]
    for one in others:
        one.join()
    assert platform.calls.count(STABLE_TOKEN) == 1


def test_one_that_ends_soon_is_renewed_before(app: Flask, platform: FakeWechat, clock: SettableClock) -> None:
    token = token_of(app.extensions["kiosk"], platform.url)
    first = token.current()
    clock.advance(timedelta(seconds=7200 - 301))
    assert token.current() == first and platform.calls == [STABLE_TOKEN]
    clock.advance(timedelta(seconds=301))
    assert token.current() != first and platform.renewals == 2


def test_one_that_the_platform_no_longer_takes_is_renewed_once_by_whoever_notices(
    app: Flask, platform: FakeWechat
) -> None:
    ctx = app.extensions["kiosk"]
    apis = [WechatApi(WechatHttp(platform.url), token_of(ctx, platform.url)) for _ in range(6)]
    apis[0].menu()
    platform.forget_token()
    threads = [threading.Thread(target=one.menu) for one in apis]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert platform.renewals == 2 and platform.calls.count(STABLE_TOKEN) == 2


def test_a_platform_that_gives_a_refused_token_again_is_made_to_give_another(app: Flask, platform: FakeWechat) -> None:
    token = token_of(app.extensions["kiosk"], platform.url)
    first = token.current()
    assert token.renewed(first) != first
    assert platform.renewals == 2 and platform.calls.count(STABLE_TOKEN) == 3


def test_a_wrong_secret_is_told_at_once_and_the_next_try_is_free(app: Flask, platform: FakeWechat) -> None:
    ctx = app.extensions["kiosk"]
    wrong = token_of(ctx, platform.url, secret="wrong")
    for _ in range(2):
        with pytest.raises(WechatRefused, match="40125"):
            wrong.current()
    assert token_of(ctx, platform.url).current() == platform.access_token
    platform.fail(STABLE_TOKEN, DROP)
    ctx.clock.advance(timedelta(hours=3))
    with pytest.raises(WechatAway):
        token_of(ctx, platform.url).current()
    assert token_of(ctx, platform.url).current() == platform.access_token


def test_a_process_that_died_while_asking_is_waited_for_no_longer_than_its_claim(
    app: Flask, platform: FakeWechat, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = app.extensions["kiosk"]
    monkeypatch.setattr(wechat_token, "_WAIT_S", 0.2)
    with ctx.store.write() as records:
        assert records.platform_tokens.claim(NAME, clock.now(), clock.now() + timedelta(seconds=10))
    with pytest.raises(WechatAway) as gone:
        token_of(ctx, platform.url).current()
    assert not gone.value.arrived
    clock.advance(timedelta(seconds=10))
    assert token_of(ctx, platform.url).current() == platform.access_token
