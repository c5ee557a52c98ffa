"""A receipt of the hall, scanned or sent at WeChat: the person hears of that case there until they leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.services.base.case_marks import messenger_mark
from tests.channels.fake_wechat import FakeWechat, environment, to_client
from tests.channels.wechat_calls import PERSON, serving
from tests.factories import START, fresh_app, register

HOME = "https://xinfang.example"


@pytest.fixture
def platform() -> Iterator[FakeWechat]:
    with serving(FakeWechat(lambda: START)) as running:
        yield running


@pytest.fixture
def app(tmp_path: Path, platform: FakeWechat) -> Flask:
    return fresh_app(tmp_path, **environment(platform.url, KIOSK_PUBLIC_URL=HOME))


def bound(app: Flask) -> int:
    ctx = app.extensions["kiosk"]
    with ctx.store.read() as records:
        return len(records.case_links.of_user(messenger_mark(ctx, "wechat", PERSON)))


WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "scanned from our menu": ("event", {"Event": "scancode_waitmsg", "EventKey": "扫回执上的码", "ScanCodeInfo": {
        "ScanType": "qrcode", "ScanResult": f"{HOME}/r#TOKEN"}}),
    "scanned as the account's own code": ("event", {"Event": "SCAN", "EventKey": "TOKEN", "Ticket": "t"}),
    "scanned by somebody who then follows": ("event", {"Event": "subscribe", "EventKey": "qrscene_TOKEN", "Ticket": "t"}),
    "typed": ("text", {"Content": f"{HOME}/r#TOKEN"}),
    "shared as a card": ("link", {"Title": "查进度", "Description": "", "Url": f"{HOME}/r#TOKEN"}),
}  # fmt: skip


def with_token(value: Any, token: str) -> Any:
    if isinstance(value, dict):
        return {name: with_token(one, token) for name, one in value.items()}
    return value.replace("TOKEN", token)


@pytest.mark.parametrize("way", WAYS)
def test_a_receipt_binds_and_leaving_unbinds(app: Flask, platform: FakeWechat, way: str) -> None:
    case, (kind, fields), post = register(app), WAYS[way], to_client(app.test_client())
    message = platform.message(kind, **with_token(fields, case["lookup_token"]))
    answered = platform.push(post, message)
    assert answered.words is not None and case["case_number"] in answered.words and bound(app) == 1
    assert platform.push(post, message).words == answered.words and bound(app) == 1
    platform.event(post, "unsubscribe")
    assert bound(app) == 0


def test_a_code_that_opens_nothing_binds_nothing(app: Flask, platform: FakeWechat) -> None:
    register(app)
    answered = platform.event(to_client(app.test_client()), "SCAN", EventKey="x" * 32, Ticket="t")
    assert answered.words is not None and bound(app) == 0


def test_who_left_and_comes_back_is_heard_again(app: Flask, platform: FakeWechat) -> None:
    post = to_client(app.test_client())
    platform.text(post, "路灯坏了")
    platform.event(post, "unsubscribe")
    platform.event(post, "subscribe", EventKey="")
    assert platform.text(post, "还是路灯").words == "您好。"
    assert [text for _, text in app.extensions["kiosk"].assistant.received] == ["路灯坏了", "还是路灯"]
