"""Each kind of message and event at WeChat's door: asked, answered by ourselves, or taken in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.channels.fake_wechat import AWAY, FakeWechat, to_client
from tests.channels.wechat_app import HOME, account, heard
from tests.channels.wechat_calls import serving
from tests.factories import START


@pytest.fixture
def platform() -> Iterator[FakeWechat]:
    with serving(FakeWechat(lambda: START)) as running:
        yield running


@pytest.fixture
def app(tmp_path: Path, platform: FakeWechat) -> Flask:
    return account(tmp_path, platform)


KINDS: list[tuple[str, dict[str, Any], str]] = [
    ("text", {"Content": "  路灯坏了 "}, "路灯坏了"),
    ("voice", {"MediaId": "m", "Format": "amr", "Recognition": "路灯坏了"}, "路灯坏了"),
    ("event", {"Event": "CLICK", "EventKey": "找人工"}, "找人工"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "asked"), KINDS)
def test_what_holds_words_is_asked(
    app: Flask, platform: FakeWechat, kind: str, fields: dict[str, Any], asked: str
) -> None:
    assert platform.push(to_client(app.test_client()), platform.message(kind, **fields)).words == "您好。"
    assert heard(app) == [asked]


ANSWERED_BY_US: list[tuple[str, dict[str, Any], str]] = [
    ("voice", {"MediaId": "m", "Format": "amr"}, "打字"),
    ("voice", {"MediaId": "m", "Recognition": ""}, "打字"),
    ("text", {"Content": "  \n "}, "没有看到内容"),
    ("video", {"MediaId": "m", "ThumbMediaId": "t"}, "看不了"),
    ("shortvideo", {"MediaId": "m"}, "看不了"),
    ("link", {"Title": "文章", "Description": "", "Url": "https://other.example/"}, "看不了"),
    ("file", {"Title": "a.doc"}, "看不了"),
    ("sticker_of_next_year", {}, "看不了"),
    ("event", {"Event": "subscribe", "EventKey": ""}, "信访接待"),
    ("event", {"Event": "subscribe", "EventKey": "qrscene_poster7", "Ticket": "t"}, "信访接待"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "part"), ANSWERED_BY_US)
def test_other_kinds_get_a_sentence(
    app: Flask, platform: FakeWechat, kind: str, fields: dict[str, Any], part: str
) -> None:
    words = platform.push(to_client(app.test_client()), platform.message(kind, **fields)).words
    assert words is not None and part in words and words != AWAY
    assert heard(app) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"Event": "LOCATION", "Latitude": "39.9", "Longitude": "116.4", "Precision": "10"},
        {"Event": "VIEW", "EventKey": f"{HOME}/m"}, {"Event": "unsubscribe"}, {"Event": "event_of_next_year"},
        {"Event": "TEMPLATESENDJOBFINISH", "MsgID": 200163836, "Status": "success"},
    ],
    ids=lambda one: one["Event"],
)  # fmt: skip
def test_events_that_ask_nothing_are_taken_in_silence(app: Flask, platform: FakeWechat, fields: dict[str, Any]) -> None:
    answered = platform.push(to_client(app.test_client()), platform.message("event", **fields))
    assert (answered.status, answered.body) == (200, "success") and heard(app) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"MsgId": "", "CreateTime": ""},
        {"MsgId": "abc"},
        {"FromUserName": ""},
        {"FromUserName": "a b"},
        {"FromUserName": "汉"},
    ],
)
def test_a_message_of_nobody_or_without_an_id_is_no_message(
    app: Flask, platform: FakeWechat, fields: dict[str, Any]
) -> None:
    message = {**platform.message("text", Content="在吗"), **fields}
    assert platform.push(to_client(app.test_client()), message).status == 400
