"""Calls to WeChat's platform that send nothing: pictures, the menu, lists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk_api.gateways import wechat_api
from kiosk_api.gateways.wechat_api import WechatApi, WechatHttp, WechatRefused
from tests.channels.fake_wechat import FakeWechat
from tests.channels.one_token import OneToken
from tests.channels.wechat_calls import PNG, serving
from tests.factories import START


@pytest.fixture
def platform() -> Iterator[FakeWechat]:
    with serving(FakeWechat(lambda: START)) as running:
        yield running


def test_a_picture_is_fetched_within_its_limits(platform: FakeWechat, monkeypatch: pytest.MonkeyPatch) -> None:
    api = WechatApi(WechatHttp(platform.url), OneToken(platform))
    assert api.picture("media-1") == PNG
    platform.media["video"] = ("text/plain", b'{"video_url": "http://127.0.0.1:1/v.mp4"}')
    platform.media["page"] = ("text/html", b"<html>")
    monkeypatch.setattr(wechat_api, "PICTURE_MOST", len(PNG) - 1)
    for media_id in ("media-1", "video", "page", "unknown", "汉字&access_token=x"):
        with pytest.raises(OSError, match="no picture"):
            api.picture(media_id)


def test_the_menu_and_the_lists_are_read(platform: FakeWechat) -> None:
    api = WechatApi(WechatHttp(platform.url), OneToken(platform))
    assert api.menu() == []
    api.publish_menu([{"type": "click", "name": "查进度", "key": "progress"}])
    assert api.menu()[0]["name"] == "查进度"
    assert [one.id for one in api.forms(subscriptions=False)] == ["T-news"]
    assert [one.id for one in api.forms(subscriptions=True)] == ["S-news"]
    assert "101.226.103.0/25" in api.server_addresses()
    with pytest.raises(WechatRefused, match="40018"):
        api.publish_menu([{"type": "click", "name": "名字太长了的菜单", "key": "x"}])
